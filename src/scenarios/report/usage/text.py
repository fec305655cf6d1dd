"""Usage as text, with small bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from scenarios.finding import Severity
from scenarios.report.printable import printable
from scenarios.report.style import Style
from scenarios.report.usage.bar import BAR, bar
from scenarios.report.usage.section import Section
from scenarios.report.usage.sections import sections
from scenarios.report.usage.summary import headline
from scenarios.usage.usage import Usage

_COLOURS = {
    Severity.CRITICAL: ("red", "bold"),
    Severity.HIGH: ("red",),
    Severity.MEDIUM: ("yellow",),
    Severity.LOW: ("cyan",),
    Severity.INFO: ("dim",),
}


def usage_text(usage: Usage, style: Style, width: int) -> str:
    """The answers in their order: what is recorded, who called what, from where, findings, throttling."""
    lines = [*_head(usage, style)]
    for section in sections(usage):
        rows = _paragraphs(section, style, width) if section.wide else _rows(section, style, width)
        lines += ["", style.paint(section.title, "bold"), *rows]
        lines += [style.paint(f"  {printable(note)}", "dim") for note in section.notes]
    lines += ["", style.paint("findings", "bold"), *_findings(usage, style)]
    return "\n".join(lines) + "\n"


def _head(usage: Usage, style: Style) -> Iterator[str]:
    told, besides = headline(usage.counts)
    yield style.paint(told, "bold") + besides
    for problem in usage.counts.problems:
        salvaged = f"; {problem.salvaged:,} records salvaged" if problem.salvaged else ""
        yield style.paint(f"  ! {printable(problem.file)}: {printable(problem.problem)}{salvaged}", "yellow")


def _rows(section: Section, style: Style, width: int) -> Iterator[str]:
    if not section.rows:
        yield style.paint("  none", "dim")
        return
    cells = [[printable(str(cell)) for cell in row.cells] for row in section.rows]
    widths = [max(map(len, column)) for column in zip(section.heads, *cells, strict=True)]
    room = max(24, width - sum(widths[1:]) - 2 * len(widths) - (BAR + 2 if section.bars else 0))
    widths[0] = min(widths[0], room)
    yield style.paint("  " + _joined(section.heads, widths, section.numbers).rstrip(), "dim")
    most = max((row.weight for row in section.rows), default=0)
    for row, line in zip(section.rows, cells, strict=True):
        drawn = f"  {bar(row.weight, most)}" if section.bars else ""
        yield "  " + (_joined(line, widths, section.numbers) + drawn).rstrip()


def _paragraphs(section: Section, style: Style, width: int) -> Iterator[str]:
    """Long texts: the first cell stands before the others, each of which goes over as many lines as it takes."""
    first = max((len(str(row.cells[0])) for row in section.rows), default=0)
    for row in section.rows:
        head = str(row.cells[0]).ljust(first)
        for place, cell in enumerate(row.cells[1:]):
            for line in wrap(printable(str(cell)), max(30, width - first - 4)):
                yield "  " + (f"{head}  {line}" if place == 0 else style.paint(f"{head}  {line}", "dim"))
                head = " " * first


def _joined(cells: Sequence[str], widths: Sequence[int], numbers: Iterable[int]) -> str:
    right = set(numbers)
    parts = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        text = cell if len(cell) <= width else f"…{cell[-(width - 1) :]}"
        parts.append(text.rjust(width) if place in right else text.ljust(width))
    return "  ".join(parts)


def _findings(usage: Usage, style: Style) -> Iterator[str]:
    if not usage.findings:
        yield style.paint("  none", "dim")
    for one in usage.findings:
        about = "  ".join(printable(part) for part in (one.principal, one.model, one.account, one.region) if part)
        yield f"  {style.paint(one.severity.value, *_COLOURS[one.severity])}  {one.finding}  {about}".rstrip()
        yield f"      {printable(one.message)}"
        if one.count > 1:
            yield style.paint(f"      {one.count:,} calls, {one.first_seen} to {one.last_seen}", "dim")
