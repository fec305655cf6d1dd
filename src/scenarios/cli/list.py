"""`scenarios list`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, write
from scenarios.report.catalogue import scenarios_json, scenarios_text
from scenarios.scenario.catalogue import load
from scenarios.scenario.names import ALL


def run(options: argparse.Namespace) -> int:
    """Print every scenario with its question."""
    scenarios = [load(name) for name in ALL]
    write(scenarios_json(scenarios) if options.format == "json" else scenarios_text(scenarios, style(options)), options)
    return 0
