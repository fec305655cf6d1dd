"""Template parameters from the command line."""

from __future__ import annotations

import argparse
from dataclasses import replace

from scenarios.errors import InputError
from scenarios.run.options import Options


def parameters(options: argparse.Namespace) -> dict[str, str]:
    """The parameters of --parameters-file, overridden by each -p.

    Raises InputError for a -p without `=` and for an unusable file.
    """
    given: dict[str, str] = {}
    if options.parameters_file:
        from scenarios.deployment.parameters_file import read_parameters_file

        given |= read_parameters_file(options.parameters_file)
    for argument in options.parameter:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            raise InputError(f"-p {argument}: a parameter is NAME=VALUE")
        given[name] = value
    return given


def deployment_options(options: argparse.Namespace) -> Options:
    """Parameters, region and account as the user gives them.

    Raises InputError as `parameters` does.
    """
    chosen = Options(parameters=parameters(options))
    if options.region is not None:
        chosen = replace(chosen, region=options.region, own_region=True)
    if options.account_id is not None:
        chosen = replace(chosen, account_id=options.account_id, own_account=True)
    return chosen
