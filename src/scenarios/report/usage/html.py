"""Usage as one HTML file: no script, nothing from elsewhere, light or dark, and readable without colours or bars."""

from __future__ import annotations

import html
from collections.abc import Iterator

from scenarios.report.printable import printable
from scenarios.report.usage.page import page
from scenarios.report.usage.section import Line, Section
from scenarios.report.usage.sections import sections
from scenarios.report.usage.summary import TITLE, findings_section, headline, problems_section
from scenarios.usage.usage import Usage

_WIDTH = 100


def usage_html(usage: Usage) -> str:
    """The same tables as in the text, with bars; ASCII only, so that no encoding harms it."""
    told, besides = headline(usage.counts)
    parts = [f"<h1>{TITLE}</h1>", f"<p><strong>{told}</strong>{besides}</p>"]
    if usage.counts.problems:
        parts += _section(problems_section(usage), 0)
    parts += _section(findings_section(usage), 1)
    for number, section in enumerate(sections(usage), 2):
        parts += _section(section, number)
    return page(TITLE, "\n".join(parts)).encode("ascii", "xmlcharrefreplace").decode()


def escaped(text: object) -> str:
    """Text that is shown as it is, within an element or a quoted attribute."""
    return html.escape(printable(text))


def _section(section: Section, number: int) -> Iterator[str]:
    title = escaped(section.title[:1].upper() + section.title[1:])
    yield f'<section aria-labelledby="s{number}">'
    yield f'<h2 id="s{number}">{title}</h2>'
    if section.rows:
        yield from _legend(section)
        yield f'<div class="scroll" tabindex="0" role="region" aria-labelledby="s{number}">'
        yield f"<table>\n<caption>{title}: {_said(section)}</caption>"
        yield from _table(section)
        yield "</table>\n</div>"
    elif not section.notes:
        yield "<p>none</p>"
    if section.notes:
        yield f"<ul>{''.join(f'<li>{escaped(note)}</li>' for note in section.notes)}</ul>"
    yield "</section>"


def _said(section: Section) -> str:
    count = len(section.rows)
    return f"{count} row" if count == 1 else f"{count} rows"


def _table(section: Section) -> Iterator[str]:
    most = max(row.weight for row in section.rows)
    heads = "".join(
        f'<th scope="col"{_number(section, place)}>{escaped(head)}</th>' for place, head in enumerate(section.heads)
    )
    yield f"<thead><tr>{heads}{'<td></td>' if most else ''}</tr></thead>"
    yield "<tbody>"
    for row in section.rows:
        yield f"<tr>{''.join(_cells(row, section))}{_bar(row, most) if most else ''}</tr>"
    yield "</tbody>"


def _cells(row: Line, section: Section) -> Iterator[str]:
    for place, cell in enumerate(row.cells):
        text = escaped(cell)
        if place == 0:
            yield f'<th scope="row"{_word(text)}>{text}</th>'
        else:
            yield f"<td{_number(section, place)}>{text}</td>"


def _number(section: Section, place: int) -> str:
    """A class for what stays on one line: numbers and times."""
    if place in section.numbers:
        return ' class="number"'
    return ' class="when"' if section.heads[place] in _TIMES else ""


def _word(text: str) -> str:
    """A class for words that mean something bad or good, which the style knows; the word itself stays."""
    return f' class="w-{text}"' if text in _WORDS else ""


_TIMES = frozenset({"at", "day", "first", "last"})
_WORDS = frozenset({"critical", "high", "medium", "low", "altered", "missing"})


def _bar(row: Line, most: float) -> str:
    """The bar says again what the numbers say, so those who cannot see it lose nothing."""
    drawn, start = [], 0.0
    for place, part in enumerate(row.parts or (row.weight,)):
        width = part / most * _WIDTH
        if part:
            drawn.append(f'<rect class="p{place}" x="{start:.2f}" width="{max(width, 0.5):.2f}" height="10"/>')
        start += width
    box = f'viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none"'
    return f'<td class="bar"><svg {box} aria-hidden="true" focusable="false">{"".join(drawn)}</svg></td>'


def _legend(section: Section) -> Iterator[str]:
    if section.parts:
        names = "".join(
            f'<li><span class="key p{place}" aria-hidden="true"></span>{escaped(name)}</li>'
            for place, name in enumerate(section.parts)
        )
        yield f'<ul class="legend">{names}</ul>'
