"""Template parameters from the command line."""

from __future__ import annotations

import argparse

from scenarios.errors import InputError


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
