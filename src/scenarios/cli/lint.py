"""`scenarios lint`."""

from __future__ import annotations

import argparse
import sys

from scenarios.cli.output import style, write
from scenarios.report.printable import printable
from scenarios.run.lint import lint_paths


def run(options: argparse.Namespace) -> int:
    """Print cfn-lint's findings."""
    findings, problems = lint_paths(options.paths, region=options.region)
    if options.format == "json":
        from scenarios.report.json import lint_json

        write(lint_json(findings, problems), options)
    else:
        from scenarios.report.text import lint_text

        write(lint_text(findings, style=style(options)), options)
        for problem in problems:
            print(f"scenarios: {printable(problem)}", file=sys.stderr)
    return 2 if problems else int(bool(findings))
