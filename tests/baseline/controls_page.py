"""docs/controls.md, made from the catalogue of rules and not_covered.yaml. Run this file to write it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from scenarios.rules.rule import Rule
from scenarios.scenario.catalogue import load, rules
from scenarios.scenario.names import NAMES

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "controls.md"

_HEAD = """\
# Controls of others

Which of our rules answers to a control of AWS Security Hub, checkov, cdk-nag or Prowler. A rule answers to a control by
what it means: it may know more than the control does (a condition, a Deny, a packet's way), and then the two can
differ. `scenarios explain SLUG` says what a rule asks. Rules with a star are judged only where their scenario is asked
for: `scenarios check --scenario baseline`.

This page is made from the rules' `controls` and `tests/baseline/not_covered.yaml` by `tests/baseline/controls_page.py`.
"""

PEERS = {
    "SecurityHub/": "AWS Security Hub",
    "CKV": "checkov",
    "cdk-nag/": "cdk-nag",
    "Prowler/": "Prowler",
}


def excluded() -> list[dict[str, str]]:
    """The controls that no rule answers to, each with the reason."""
    found: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "not_covered.yaml").read_text())
    return found


def render() -> str:
    """The page's text."""
    answers: dict[str, list[Rule]] = {}
    for rule in rules().values():
        for control in rule.controls:
            answers.setdefault(control, []).append(rule)
    parts = [_HEAD]
    for start, peer in PEERS.items():
        own = sorted((control for control in answers if control.startswith(start)), key=_order)
        if own:
            parts += [f"## {peer}\n", "| control | rule | what it asks |", "|---|---|---|"]
            parts += [line for control in own for line in _lines(control, answers[control])]
            parts.append("")
    parts += ["## Not covered, and why\n", "| control | why |", "|---|---|"]
    left = sorted(excluded(), key=lambda each: _order(each["control"]))
    parts += [f"| {_named(each['control'])} | {each['why']} |" for each in left]
    return "\n".join(parts) + "\n"


def _lines(control: str, answering: list[Rule]) -> Iterator[str]:
    usual = {rule.slug for name in NAMES for rule in load(name).rules}
    for rule in answering:
        yield f"| {_named(control)} | `{rule.slug}`{'' if rule.slug in usual else '*'} | {rule.title} |"


def _named(control: str) -> str:
    """The control's name at its peer."""
    return control.rpartition("/")[2]


def _order(control: str) -> list[tuple[int, str]]:
    """Numbers by their value: S3.9 before S3.14."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", control)]


if __name__ == "__main__":
    PAGE.write_text(render())
