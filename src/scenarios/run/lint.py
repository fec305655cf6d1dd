"""A run of cfn-lint alone."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import InputError
from scenarios.finding import Finding
from scenarios.run.collect import collect
from scenarios.run.worker import lint_findings
from scenarios.scenario.names import NAMES


def lint_paths(paths: Sequence[str], *, region: str) -> tuple[list[Finding], list[InputError]]:
    """cfn-lint's findings over all templates of `paths`, and the inputs that are no templates."""
    from scenarios.template import load

    sources, problems = collect(paths, NAMES)
    findings: list[Finding] = []
    for file in (source.file for source in sources):
        try:
            load(file)
        except InputError as error:
            problems.append(error)
        else:
            findings += lint_findings(file, region)
    return findings, problems
