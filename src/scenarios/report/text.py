"""The report that a person reads."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator

from scenarios.finding import Finding, Verdict
from scenarios.report.printable import printable
from scenarios.report.style import WORDS, Style
from scenarios.run.result import CheckResult, TemplateResult

_SHOWN = (Verdict.VIOLATED, Verdict.UNKNOWN)
_INDENT = "      "


def check_text(result: CheckResult, *, style: Style, everything: bool = False, width: int = 100) -> str:
    """The whole report: each template's scenarios with their findings, unusable inputs, and the summary."""
    writer = _Writer(style, everything, width)
    blocks = ["\n".join(writer.template(template)) for template in result.templates]
    if result.problems:
        blocks.append(
            "\n".join(f"{style.paint('unusable', 'red')} {printable(problem)}" for problem in result.problems)
        )
    blocks.append("\n".join(writer.summary(result)))
    return "\n\n".join(blocks) + "\n"


def lint_text(findings: Iterable[Finding], *, style: Style) -> str:
    """cfn-lint's findings, one line each."""
    lines = [
        f"{place(finding)}: {style.paint(finding.rule.removeprefix('cfn-lint/'), 'bold')} {printable(finding.message)}"
        for finding in findings
    ]
    return "".join(line + "\n" for line in lines)


def place(finding: Finding) -> str:
    """`file:line:column`, as editors and terminals follow it."""
    return ":".join(printable(part) for part in (finding.file, finding.line, finding.column) if part is not None)


class _Writer:
    def __init__(self, style: Style, everything: bool, width: int) -> None:
        self._style = style
        self._everything = everything
        self._width = width

    def template(self, result: TemplateResult) -> Iterator[str]:
        ledger = Counter(entry.status.value for entry in result.ledger)
        counts = ", ".join(f"{count} {status}" for status, count in ledger.items()) or "nothing deployed"
        yield f"{self._style.paint(printable(result.file), 'bold')}  {self._style.paint(counts, 'dim')}"
        if result.placeholders:
            names = ", ".join(printable(name) for name in result.placeholders)
            yield f"  no value given for {names}: what hangs on them is unknown"
        yield from self._group(result, None)
        for scenario in result.scenarios:
            yield ""
            mark = self._style.verdict(scenario.verdict)
            word = self._style.verdict(scenario.verdict, WORDS[scenario.verdict], bold=True)
            yield f"  {mark} {scenario.name}  {word}{self._aside(result, scenario.name)}"
            yield from self._group(result, scenario.name)
        for error in result.errors:
            yield f"  {self._style.paint('error of ours', 'red')} {printable(error)}"

    def _aside(self, result: TemplateResult, scenario: str) -> str:
        counts = Counter(finding.verdict for finding in result.findings if finding.scenario == scenario)
        if counts[Verdict.NOT_APPLICABLE] == sum(counts.values()):
            return ""
        parts = [f"{counts[verdict]} {WORDS[verdict]}" for verdict in Verdict if counts[verdict]]
        return self._style.paint(f"  ({', '.join(parts)})", "dim")

    def _group(self, result: TemplateResult, scenario: str | None) -> Iterator[str]:
        own = [finding for finding in result.findings if finding.scenario == scenario]
        for verdict in Verdict:
            for finding in own:
                if finding.verdict is verdict and (self._everything or verdict in _SHOWN):
                    yield from self._finding(result, finding)

    def _finding(self, result: TemplateResult, finding: Finding) -> Iterator[str]:
        style = self._style
        mark = style.verdict(finding.verdict)
        resource = f"  {printable(finding.resource)}" if finding.resource else ""
        if (construct := finding.evidence.get("construct")) is not None:
            resource += style.paint(f"  {printable(str(construct).removesuffix('/Resource'))}", "dim")
        severity = f"  {finding.severity.value}" if finding.verdict in _SHOWN else ""
        yield ""
        yield f"    {mark} {style.paint(printable(finding.rule), 'bold')}{style.paint(severity, 'dim')}{resource}"
        yield f"{_INDENT}{style.paint(place(finding), 'cyan')}"
        if finding.verdict in _SHOWN:
            yield from self._snippet(result, finding)
        yield from self._wrapped(finding.message)
        if finding.verdict is Verdict.VIOLATED and finding.remediation:
            yield from self._wrapped(finding.remediation, "fix: ")

    def _snippet(self, result: TemplateResult, finding: Finding) -> Iterator[str]:
        lines = result.source if finding.file == result.file else result.others.get(finding.file, ())
        if finding.line is None or not 0 < finding.line <= len(lines):
            return
        number = str(finding.line)
        room = self._width - len(_INDENT) - len(number) - 4
        column = (finding.column or 1) - 1
        start = max(0, column - room // 2) if column > room - 8 else 0
        source = printable(lines[finding.line - 1][start : start + room])
        yield f"{_INDENT}{self._style.paint(number + ' |', 'dim')} {source}"
        marker = self._style.verdict(finding.verdict, "^")
        yield f"{_INDENT}{' ' * len(number)} {self._style.paint('|', 'dim')} {' ' * (column - start)}{marker}"

    def _wrapped(self, text: str, label: str = "") -> Iterator[str]:
        lines = textwrap.wrap(
            label + printable(text),
            width=self._width,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT + " " * len(label),
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from lines or [_INDENT]

    def summary(self, result: CheckResult) -> Iterator[str]:
        style = self._style
        files = len(result.templates)
        verdicts = Counter(scenario.verdict for template in result.templates for scenario in template.scenarios)
        said = ", ".join(
            style.verdict(verdict, f"{verdicts[verdict]} {WORDS[verdict]}", bold=True)
            for verdict in Verdict
            if verdicts[verdict]
        )
        unusable = f", {style.paint(f'{len(result.problems)} unusable', 'red')}" if result.problems else ""
        yield f"{files} template{'s' * (files != 1)}{unusable}; scenarios: {said or 'none judged'}"
        counts = result.summary()
        findings = ", ".join(style.verdict(verdict, f"{counts[verdict]} {WORDS[verdict]}") for verdict in Verdict)
        yield f"findings: {findings}"
