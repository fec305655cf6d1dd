"""What runs in worker processes: linting and judging one file each.

Both answers are plain data, so that they can cross a process boundary; nothing here raises for a user's input.
"""

from __future__ import annotations

from dataclasses import replace

from scenarios.errors import InputError
from scenarios.finding import Confidence, Finding, Severity, Verdict
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult


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
    from scenarios.lint import lint

    findings = lint(file, regions=(options.region,))
    return tuple(_finding(file, found) for found in findings if found.severity == "error")


def _finding(file: str, found: object) -> Finding:
    path = tuple(getattr(found, "path", ()) or ())
    resource = str(path[1]) if len(path) > 1 and path[0] == "Resources" else None
    return Finding(
        rule=f"cfn-lint/{found.rule}",
        scenario=None,
        verdict=Verdict.VIOLATED,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        resource=resource,
        path=path[2:] if resource else path,
        file=file,
        line=found.line,
        column=found.column,
        message=found.message,
    )
