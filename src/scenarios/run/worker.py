"""What runs in worker processes: linting and judging one file each.

Both answers are plain data, so that they can cross a process boundary; nothing here raises for a user's input.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.errors import InputError
from scenarios.finding import Confidence, Finding, Severity, Verdict
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult
from scenarios.run.source import Source, adapted

if TYPE_CHECKING:
    from scenarios.lint import LintFinding
    from scenarios.run.links import Group


def judge_file(source: Source, options: Options) -> TemplateResult | InputError:
    """Judge one template file; an unusable one is an InputError as a value."""
    from scenarios.run.judge import judge
    from scenarios.template import load

    try:
        template = load(source.file, source.root)
        result = judge(template, adapted(options, source))
    except InputError as error:
        return error
    return replace(result, source=tuple(template.text.splitlines()))


def link_files(sources: Sequence[Source], options: Options) -> list[Group]:
    """Which of several templates are linked by exports and imports."""
    from scenarios.run.links import plan

    return plan(sources, options)


def judge_group(group: Group, options: Options) -> dict[str, TemplateResult | InputError]:
    """Judge linked templates in one account; the answers are by file."""
    from scenarios.run.linked import judge_linked

    return judge_linked(group, options)


def lint_file(source: Source, options: Options) -> tuple[Finding, ...]:
    """cfn-lint's errors as findings; its warnings do not keep a template from being deployed, so they are left out."""
    found = lint_findings(source.file, adapted(options, source).region)
    return tuple(finding for finding in found if finding.severity is Severity.MEDIUM)


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
