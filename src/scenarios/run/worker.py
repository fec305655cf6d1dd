"""What runs in worker processes: linting and judging one file each.

Both answers are plain data, so that they can cross a process boundary; nothing here raises for a user's input.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.errors import InputError
from scenarios.finding import Confidence, Finding, Severity, Verdict
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult

if TYPE_CHECKING:
    from scenarios.lint import LintFinding


def judge_file(file: str, options: Options) -> TemplateResult | InputError:
    """Judge one template file; an unusable one is an InputError as a value."""
    from scenarios.run.judge import judge
    from scenarios.template import load

    try:
        template = load(file)
        result = judge(template, options)
    except InputError as error:
        return error
    return replace(result, source=tuple(template.text.splitlines()))


def lint_file(file: str, options: Options) -> tuple[Finding, ...]:
    """cfn-lint's errors as findings; its warnings do not keep a template from being deployed, so they are left out."""
    return tuple(finding for finding in lint_findings(file, options.region) if finding.severity is Severity.MEDIUM)


def lint_findings(file: str, region: str) -> list[Finding]:
    """All of cfn-lint's findings on one file: its errors are of medium severity, its warnings low."""
    from scenarios.lint import lint

    return [_finding(file, found) for found in lint(file, regions=(region,))]


def _finding(file: str, found: LintFinding) -> Finding:
    path = found.path
    resource = str(path[1]) if len(path) > 1 and path[0] == "Resources" else None
    return Finding(
        rule=f"cfn-lint/{found.rule}",
        scenario=None,
        verdict=Verdict.VIOLATED,
        severity=Severity.MEDIUM if found.severity == "error" else Severity.LOW,
        confidence=Confidence.HIGH,
        resource=resource,
        path=path[2:] if resource else path,
        file=file,
        line=found.line,
        column=found.column,
        message=found.message,
    )
