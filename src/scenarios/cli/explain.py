"""`scenarios explain`."""

from __future__ import annotations

import argparse
from difflib import get_close_matches

from scenarios.cli.output import style, write
from scenarios.errors import InputError
from scenarios.report.catalogue import rule_json, rule_text
from scenarios.scenario.catalogue import rules


def run(options: argparse.Namespace) -> int:
    """Print one rule's page."""
    catalogue = rules()
    rule = catalogue.get(options.rule)
    if rule is None:
        close = get_close_matches(options.rule, catalogue, 1)
        hint = f"; did you mean {close[0]}?" if close else " (see 'scenarios rules')"
        raise InputError(f"there is no rule {options.rule!r}{hint}")
    write(rule_json(rule) if options.format == "json" else rule_text(rule, style(options)), options)
    return 0
