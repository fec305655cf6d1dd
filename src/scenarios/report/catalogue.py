"""The catalogue of scenarios and rules, as text and as JSON."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from scenarios.finding import Severity
from scenarios.report.json import dump
from scenarios.report.style import Style
from scenarios.rules.rule import Rule
from scenarios.scenario.scenario import Scenario

_COLOURS = {Severity.CRITICAL: "red", Severity.HIGH: "red", Severity.MEDIUM: "yellow"}


def scenarios_text(scenarios: Sequence[Scenario], style: Style) -> str:
    """Each scenario with its question and how many rules answer it."""
    blocks = [
        f"{style.paint(scenario.name, 'bold')}  ({len(scenario.rules)} rules)\n  {scenario.question}\n"
        for scenario in scenarios
    ]
    return "\n".join(blocks)


def scenarios_json(scenarios: Sequence[Scenario]) -> str:
    """`scenarios/list/1`."""
    rows = [
        {"name": scenario.name, "question": scenario.question, "rules": [rule.slug for rule in scenario.rules]}
        for scenario in scenarios
    ]
    return dump({"schema": "scenarios/list/1", "scenarios": rows})


def rules_text(scenarios: Sequence[Scenario], style: Style) -> str:
    """Each rule on a line, under the first scenario that uses it."""
    seen: set[str] = set()
    lines: list[str] = []
    for scenario in scenarios:
        own = [rule for rule in scenario.rules if rule.slug not in seen]
        seen |= {rule.slug for rule in own}
        width = max((len(rule.slug) for rule in own), default=0)
        lines += ["", style.paint(scenario.name, "bold")] if lines else [style.paint(scenario.name, "bold")]
        lines += [f"  {rule.slug:{width}}  {_severity(rule, style)}  {rule.title}" for rule in own]
    return "\n".join(lines) + "\n"


def rules_json(scenarios: Sequence[Scenario]) -> str:
    """`scenarios/rules/1`."""
    rules = {rule.slug: rule for scenario in scenarios for rule in scenario.rules}
    rows = [
        {**_row(rule), "scenarios": [scenario.name for scenario in scenarios if rule in scenario.rules]}
        for rule in rules.values()
    ]
    return dump({"schema": "scenarios/rules/1", "rules": rows})


def rule_text(rule: Rule, style: Style) -> str:
    """One rule's page: its docstring, then the fix and the controls that it meets."""
    page = inspect.cleandoc(rule.page)
    title, _, body = page.partition("\n")
    lines = [
        f"{style.paint(rule.slug, 'bold')}  {_severity(rule, style).strip()}, confidence {rule.confidence.value}",
        "",
        title,
        body,
        "",
        f"Fix: {rule.remediation}",
    ]
    if rule.controls:
        lines.append(f"Controls: {', '.join(rule.controls)}")
    return "\n".join(lines) + "\n"


def rule_json(rule: Rule) -> str:
    """`scenarios/rule/1`."""
    return dump({"schema": "scenarios/rule/1", **_row(rule), "page": inspect.cleandoc(rule.page)})


def _row(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.slug,
        "title": rule.title,
        "severity": rule.severity.value,
        "confidence": rule.confidence.value,
        "controls": list(rule.controls),
        "remediation": rule.remediation,
    }


def _severity(rule: Rule, style: Style) -> str:
    colour = _COLOURS.get(rule.severity)
    text = f"{rule.severity.value:8}"
    return style.paint(text, colour) if colour else text
