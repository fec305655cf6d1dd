"""What a run found, ready to be reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from scenarios.deployment.ledger import Entry
from scenarios.errors import InputError
from scenarios.finding import Finding, Verdict


@dataclass(frozen=True)
class ScenarioResult:
    """One scenario's verdict on one template: the worst of its findings."""

    name: str
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True)
class TemplateResult:
    """One template's ledger, outputs, verdicts and findings.

    `lines` maps logical ids to lines, `source` is the text by lines, `others` those of further files that
    findings lie in; `errors` are errors of ours.
    """

    file: str
    ledger: tuple[Entry, ...] = ()
    outputs: dict[str, Any] = field(default_factory=dict)
    scenarios: tuple[ScenarioResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckResult:
    """All templates of a run, and the inputs that could not be judged."""

    templates: tuple[TemplateResult, ...]
    problems: tuple[InputError, ...] = ()
    strict: bool = False

    def findings(self) -> Iterator[Finding]:
        """Every finding of every template."""
        for template in self.templates:
            yield from template.findings

    def summary(self) -> Counter[Verdict]:
        """How many findings have each verdict."""
        return Counter(finding.verdict for finding in self.findings())

    @property
    def exit_code(self) -> int:
        """0 nothing violated, 1 something violated, 2 unusable input, 3 an error of ours; the gravest wins."""
        if any(template.errors for template in self.templates):
            return 3
        if self.problems:
            return 2
        summary = self.summary()
        return int(bool(summary[Verdict.VIOLATED] or (self.strict and summary[Verdict.UNKNOWN])))
