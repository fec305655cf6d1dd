"""`scenarios deploy`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, write
from scenarios.cli.parameters import deployment_options
from scenarios.report.ledger import deployment_json, deployment_text
from scenarios.report.update import update_json, update_text
from scenarios.run.options import Options


def run(options: argparse.Namespace) -> int:
    """Deploy one template and print what became of it, or what an update of it would do.

    1 with `--strict` where the update is refused or loses something; 2 where a template cannot be deployed at all.
    """
    from scenarios.run.judge import deploy_in_emulator
    from scenarios.run.opened import opened

    chosen = deployment_options(options)
    if options.then is not None:
        return _update(options, chosen)
    deployment = deploy_in_emulator(*opened(options.template, chosen))
    write(
        deployment_json(deployment) if options.format == "json" else deployment_text(deployment, style(options)),
        options,
    )
    return 0


def _update(options: argparse.Namespace, chosen: Options) -> int:
    from scenarios.deployment.update import Action
    from scenarios.run.opened import opened
    from scenarios.run.updated import update_in_emulator

    old, chosen = opened(options.template, chosen)
    new, _ = opened(options.then, chosen)
    update = update_in_emulator(old, new, chosen)
    write(update_json(update) if options.format == "json" else update_text(update, style(options)), options)
    bad = any(change.loss or change.action is Action.REFUSED for change in update.changes)
    return 1 if options.strict and bad else 0
