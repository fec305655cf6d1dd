"""Run cfn-lint's rules over a template.

Four things could switch findings off, or load code, and none of them is read here: the template's own metadata
(`Metadata: cfn-lint`), metadata of single resources, a `.cfnlintrc` in the working or home directory, and
a newer set of schemas in the user's cache folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from scenarios.finding import PropertyPath

_NOWHERE = os.devnull + "/none"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One of cfn-lint's findings; `rule` is its id (`E3002`), `severity` is error, warning or informational."""

    rule: str
    severity: str
    message: str
    line: int
    column: int
    path: PropertyPath = ()


def lint(file: str, regions: Sequence[str] = ("us-east-1",), text: str | None = None) -> list[LintFinding]:
    """cfn-lint's errors and warnings on a template, in the order of their places.

    `text` stands in for the file's content. A region that cfn-lint does not know is linted as us-east-1. A crash inside
    cfn-lint on odd input is itself a finding, E0002.
    """
    with _without_user_cache():
        if text is None:
            with open(file, encoding="utf-8-sig", errors="replace") as source:
                text = source.read()
        try:
            matches = list(_matches(text, regions))
        except Exception as error:
            return [LintFinding("E0002", "error", f"cfn-lint failed: {type(error).__name__}: {error}", 1, 1)]
    findings = {_finding(match) for match in matches}
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.rule, finding.message))


def _matches(text: str, regions: Sequence[str]) -> Iterator[Any]:
    from cfnlint.decode.decode import decode_str
    from cfnlint.helpers import REGIONS
    from cfnlint.runner.template.runner import run_template_by_data

    template, errors = decode_str(text)
    if errors or not isinstance(template, dict):
        yield from errors or ()
        return
    _forget_directives(template)
    known = [region for region in regions if region in REGIONS] or ["us-east-1"]
    yield from run_template_by_data(template, _config(tuple(known)), _rules())


def _forget_directives(template: dict[str, Any]) -> None:
    """Take cfn-lint's own settings out of the metadata of the template and of each resource."""
    resources = template.get("Resources")
    holders = [template, *(resources.values() if isinstance(resources, dict) else ())]
    for holder in holders:
        metadata = holder.get("Metadata") if isinstance(holder, dict) else None
        if isinstance(metadata, dict):
            metadata.pop("cfn-lint", None)


def _config(regions: tuple[str, ...]) -> Any:
    """A configuration that reads no file: every search for a `.cfnlintrc` finds nothing."""
    from cfnlint.config import ConfigMixIn

    class Config(ConfigMixIn):  # type: ignore[misc]  # cfn-lint is untyped here
        def _find_config(self) -> tuple[str, str]:
            return _NOWHERE, _NOWHERE

        def set_template_args(self, template: Any) -> None:  # noqa: ARG002 - cfn-lint calls it
            self._template_args: dict[str, Any] = {}

    return Config([], regions=list(regions))


@cache
def _rules() -> Any:
    """cfn-lint's own rules, errors and warnings; loaded once in a process."""
    from cfnlint.core import get_rules

    return get_rules([], [], [])


@contextmanager
def _without_user_cache() -> Iterator[None]:
    """Schemas come from the installed package: cfn-lint looks for newer ones below this folder when it is imported."""
    names = ("XDG_CACHE_HOME", "LOCALAPPDATA")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, _NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _finding(match: Any) -> LintFinding:
    path = tuple(step if isinstance(step, int) else str(step) for step in (getattr(match, "path", None) or ()))
    return LintFinding(
        rule=str(match.rule.id),
        severity=str(match.rule.severity).lower(),
        message=str(match.message),
        line=int(match.linenumber),
        column=int(match.columnnumber),
        path=path,
    )
