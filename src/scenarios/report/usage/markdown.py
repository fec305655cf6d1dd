"""Usage as Markdown with GitHub's tables.

Source: "GitHub Flavored Markdown Spec", https://github.github.com/gfm/: a backslash takes ASCII punctuation as it is,
in a table's cells too; bare addresses become links where `://` or `www.` stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scenarios.report.printable import printable
from scenarios.report.usage.bar import bar
from scenarios.report.usage.section import Line, Section
from scenarios.report.usage.sections import sections
from scenarios.report.usage.summary import TITLE, findings_section, headline, problems_section
from scenarios.usage.usage import Usage

_SPECIAL = re.compile(r"[\\`*_{}\[\]()#|~!$^@]|(?<=www)\.|:(?=//)", re.IGNORECASE)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def usage_markdown(usage: Usage) -> str:
    """The same tables as in the text."""
    told, besides = headline(usage.counts)
    lines = [f"# {TITLE}", "", f"**{told}**{besides}"]
    if usage.counts.problems:
        lines += _section(problems_section(usage))
    for section in sections(usage):
        lines += _section(section)
    lines += _section(findings_section(usage))
    return "\n".join(lines) + "\n"


def escaped(text: object) -> str:
    """Text that is shown as it is, in a cell of a table or elsewhere within a line."""
    plain = _SPECIAL.sub(lambda found: f"\\{found[0]}", printable(text))
    return "".join(_ENTITIES.get(char, char) for char in plain)


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"## {escaped(section.title[:1].upper() + section.title[1:])}", "")
    if section.rows:
        yield from _table(section)
    elif not section.notes:
        yield "none"
    if section.notes:
        yield ""
        yield from (f"- *{escaped(note).strip()}*" for note in section.notes)


def _table(section: Section) -> Iterator[str]:
    most = max(row.weight for row in section.rows)
    yield _row((*map(escaped, section.heads), *([""] if section.bars else [])))
    rules = ["---:" if place in section.numbers else "---" for place in range(len(section.heads))]
    yield _row((*rules, *(["---"] if section.bars else [])))
    for line in section.rows:
        yield _row(_cells(line, section, most))


def _cells(line: Line, section: Section, most: float) -> Iterator[str]:
    yield from map(escaped, line.cells)
    if section.bars:
        yield bar(line.weight, most)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
