"""The reports that programs read; their shapes are a contract."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from scenarios.deployment.ledger import Entry
from scenarios.errors import InputError
from scenarios.finding import Finding, Verdict
from scenarios.run.result import CheckResult, TemplateResult

_SHOWN = (Verdict.VIOLATED, Verdict.UNKNOWN)


def check_json(result: CheckResult, *, everything: bool = False) -> str:
    """`scenarios/check/1`: findings are the violated and unknown ones; with `everything` all of them."""
    summary = result.summary()
    return dump(
        {
            "schema": "scenarios/check/1",
            "templates": [_template(template, everything) for template in result.templates],
            "problems": [problem_json(problem) for problem in result.problems],
            "summary": {verdict.value: summary[verdict] for verdict in Verdict},
        }
    )


def lint_json(findings: Iterable[Finding], problems: Iterable[InputError]) -> str:
    """`scenarios/lint/1`: cfn-lint's findings."""
    return dump(
        {
            "schema": "scenarios/lint/1",
            "findings": [finding_json(finding) for finding in findings],
            "problems": [problem_json(problem) for problem in problems],
        }
    )


def ledger_row(entry: Entry, line: int | None) -> dict[str, Any]:
    """One resource's row of a ledger."""
    return {
        "logical_id": entry.logical_id,
        "type": entry.type,
        "status": entry.status.value,
        "physical_id": entry.physical_id,
        "unmapped": list(entry.unmapped),
        "reason": entry.reason,
        "line": line,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding."""
    return {
        "rule": finding.rule,
        "scenario": finding.scenario,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "resource": finding.resource,
        "path": list(finding.path),
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "remediation": finding.remediation,
        "evidence": finding.evidence,
        "controls": list(finding.controls),
    }


def problem_json(problem: InputError) -> dict[str, Any]:
    """One unusable input."""
    return {"file": problem.file, "line": problem.line, "column": problem.column, "cause": problem.cause}


def dump(value: Any) -> str:
    """JSON as every command prints it: ASCII only, so that nothing in it steers a terminal."""
    return json.dumps(value, indent=2, default=str) + "\n"


def _template(result: TemplateResult, everything: bool) -> dict[str, Any]:
    shown = [finding for finding in result.findings if everything or finding.verdict in _SHOWN]
    return {
        "file": result.file,
        "ledger": [ledger_row(entry, result.lines.get(entry.logical_id)) for entry in result.ledger],
        "outputs": result.outputs,
        "placeholders": list(result.placeholders),
        "scenarios": [
            {"name": scenario.name, "verdict": scenario.verdict.value, "reason": scenario.reason}
            for scenario in result.scenarios
        ],
        "findings": [finding_json(finding) for finding in shown],
        "errors": list(result.errors),
    }
