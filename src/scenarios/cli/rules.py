"""`scenarios rules`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, write
from scenarios.report.catalogue import rules_json, rules_text
from scenarios.scenario.catalogue import load
from scenarios.scenario.names import ALL


def run(options: argparse.Namespace) -> int:
    """Print the catalogue of rules."""
    scenarios = [load(name) for name in ALL]
    write(rules_json(scenarios) if options.format == "json" else rules_text(scenarios, style(options)), options)
    return 0
