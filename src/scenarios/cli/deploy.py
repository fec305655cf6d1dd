"""`scenarios deploy`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, write
from scenarios.cli.parameters import deployment_options
from scenarios.report.ledger import deployment_json, deployment_text


def run(options: argparse.Namespace) -> int:
    """Deploy one template and print what became of it; 2 where the template cannot be deployed at all."""
    from scenarios.run.judge import deploy_in_emulator
    from scenarios.run.opened import opened

    chosen = deployment_options(options)
    deployment = deploy_in_emulator(*opened(options.template, chosen))
    write(
        deployment_json(deployment) if options.format == "json" else deployment_text(deployment, style(options)),
        options,
    )
    return 0
