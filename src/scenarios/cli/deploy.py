"""`scenarios deploy`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, write
from scenarios.cli.parameters import parameters
from scenarios.report.ledger import deployment_json, deployment_text


def run(options: argparse.Namespace) -> int:
    """Deploy one template and print what became of it; 2 where the template cannot be deployed at all."""
    from scenarios.run.judge import deploy_in_emulator
    from scenarios.run.options import Options
    from scenarios.template import load

    chosen = Options(parameters=parameters(options), region=options.region, account_id=options.account_id)
    deployment = deploy_in_emulator(load(options.template), chosen)
    write(
        deployment_json(deployment) if options.format == "json" else deployment_text(deployment, style(options)),
        options,
    )
    return 0
