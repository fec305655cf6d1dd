"""`scenarios check`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from scenarios.cli.output import style, width, write
from scenarios.cli.parameters import deployment_options
from scenarios.finding import Severity
from scenarios.report.printable import printable
from scenarios.run.check import check


def run(options: argparse.Namespace) -> int:
    """Judge the templates and print the report."""
    chosen = replace(
        deployment_options(options),
        scenarios=tuple(options.scenario),
        min_severity=Severity(options.min_severity),
        strict=options.strict,
        lint=options.lint,
        jobs=options.jobs,
    )
    result = check(options.paths, chosen, _progress)
    if options.format == "json":
        from scenarios.report.json import check_json

        text = check_json(result, everything=options.all)
    else:
        from scenarios.report.text import check_text

        text = check_text(result, style=style(options), everything=options.all, width=width(options))
    write(text, options)
    return result.exit_code


def _progress(number: int, count: int, file: str) -> None:
    """One line that overwrites itself, only for a person at a terminal and only for more than one template."""
    if count < 2 or not sys.stderr.isatty():
        return
    sys.stderr.write(f"\r\x1b[K[{number}/{count}] {printable(file)[-70:]}" if number < count else "\r\x1b[K")
    sys.stderr.flush()
