"""Reports as a whole, and what hostile text in a log can do to them: nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.cli.main import main
from scenarios.finding import Severity
from scenarios.report.printable import printable
from scenarios.report.style import Style
from scenarios.report.usage.html import usage_html
from scenarios.report.usage.markdown import escaped, usage_markdown
from scenarios.report.usage.text import usage_text
from scenarios.usage.answers.days import days
from scenarios.usage.answers.notice import Notice
from scenarios.usage.answers.throttling import hot_spots
from scenarios.usage.gather import Problem
from scenarios.usage.integrity.found import Break, Count, Entry, Integrity, Part
from scenarios.usage.local import tallied
from scenarios.usage.usage import Policy, Usage, answered
from scenarios.usage.wanted import Wanted
from usage.records import delivery, packed, record

SNAPSHOTS = Path(__file__).parent / "snapshots"
CHAIN = "111122223333_CloudTrail-Digest_us-east-1_main_us-east-1"
INTEGRITY = Integrity(
    Count(24, 22),
    Count(120, 110, 5),
    [Entry("log", "AWSLogs/1/changed.json.gz", "its hash is not the one that AWSLogs/1/digest.json.gz gives")],
    [Entry("digest", "AWSLogs/1/gone.json.gz", "AWSLogs/1/digest.json.gz names it as the one before")],
    [Entry("digest", "AWSLogs/1/newest.json.gz", "its signature is in S3 metadata", 5)],
    [Break(CHAIN, "newer", "older", "2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z")],
    [Break(CHAIN, "newer", "older", "2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z")],
    [Break(CHAIN, "newer", None, None, "2026-11-01T00:00:00Z")],
    [Part(CHAIN, 24, "2026-11-01T00:00:00Z", "2026-11-02T01:00:00Z")],
)
DENIED = {"errorCode": "AccessDenied", "errorMessage": "User: x is not authorized | `y` <z>"}
ROOT = {"type": "Root", "arn": "arn:aws:iam::111122223333:root"}
RECORDS = [
    *(record(number) for number in range(1, 9)),
    record(9, **DENIED),
    record(10, errorCode="ThrottlingException", eventTime="2026-11-02T10:00:00Z"),
    record(11, eventTime="2026-11-03T10:00:00Z", vpcEndpointId="vpce-1", userIdentity=ROOT),
    record(12, eventSource="s3.amazonaws.com", eventName="GetObject"),
]
FORMATS = {
    "txt": lambda usage: usage_text(usage, Style(), 100),
    "md": usage_markdown,
    "html": usage_html,
}


def usage(folder: Path, *records: dict[str, Any]) -> Usage:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1.json.gz").write_bytes(packed(delivery(*records)))
    return answered(*tallied([str(folder)], Wanted()), Policy(), None)


def full(folder: Path) -> Usage:
    """Something in every table."""
    found = usage(folder, *RECORDS)
    problems = (Problem("AWSLogs/1/broken.json.gz", "the gzip data end too early", 3),)
    return replace(found, counts=replace(found.counts, problems=problems), integrity=INTEGRITY)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", ["usage", "usage_none"])
def test_reports_as_a_whole(name: str, ending: str, tmp_path: Path) -> None:
    found = full(tmp_path) if name == "usage" else usage(tmp_path)
    assert FORMATS[ending](found) == (SNAPSHOTS / f"{name}.{ending}").read_text(encoding="utf-8")


VOID = {"meta", "rect"}
TAGS = set(
    "html head meta title style body main h1 h2 p strong section div table caption thead tbody tr th td ul li span svg"
    " rect".split()
)
ATTRIBUTES = set(
    "aria-hidden aria-labelledby charset class content focusable height http-equiv id lang name preserveaspectratio"
    " role scope tabindex viewbox width x".split()
)


class Page(HTMLParser):
    """Reads a page, and insists that elements are closed in their order, and are known with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refers: list[str] = []
        self.cells: list[str] = []
        self.counts: dict[str, int] = {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attrs} <= ATTRIBUTES
        found = dict(attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.ids += [found["id"] or ""] if "id" in found else []
        self.refers += [found["aria-labelledby"] or ""] if "aria-labelledby" in found else []
        if tag in ("td", "th"):
            self.cells.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            self.cells[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def test_a_page_is_well_formed_and_accessible(tmp_path: Path) -> None:
    text = usage_html(full(tmp_path))
    page = Page(text)
    assert text.isascii()
    assert page.counts["title"] == page.counts["h1"] == page.counts["main"] == 1
    assert page.counts["table"] == page.counts["caption"] == page.counts["thead"]
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.refers) == set(page.ids)
    assert page.counts["svg"] > 5


def test_a_page_takes_nothing_from_elsewhere(tmp_path: Path) -> None:
    text = usage_html(full(tmp_path))
    for sign in ("http:", "https:", "//", "url(", "@import", "<script", "<link", "<img", "href", "src=", "javascript"):
        assert sign not in text.lower()
    assert "default-src 'none'" in text
    assert "prefers-color-scheme: dark" in text


HOSTILE = (
    "<script>alert(1)</script>", "</td></tr></table><h1>x", '" onmouseover="x', "' onload='x", "&lt;b&gt;&#60;",
    "</style><script>", "<!--", "-->", "]]>", "| a | b |", "`x` ``", "\\|", "\\", "[x](javascript:x)", "![x](http://x)",
    "**x**", "~~x~~", "line\nbreak", "\r\n| x |", "\u202eevil", "\u2066x\u2069", "\x1b[2J", "\x00", "\ufeff", "\ud800",
    "$x$", "https://example.com", "www.example.com", "# x", "- x", "1. x", "@someone", "\u2028|", "\t|", "é ☃ 😀",
)  # fmt: skip
TEXTS = st.sampled_from(HOSTILE) | st.text(max_size=30) | st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join)
NOT_EMPTY = TEXTS.filter(bool)
PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")


def hostile(text: str) -> Usage:
    """The text wherever a log or a file's name has its say."""
    notice = Notice("root-use", Severity.HIGH, text, text, text, 2, text, text, text, text)
    entry = Entry("log", text, text, 1)
    at = Break(text, text, text, text, text)
    integrity = Integrity(Count(1), Count(1), [entry], [entry], [entry], [at], [at], [at], [Part(text, 1, text, text)])
    (base,) = BASE
    tables = {
        name: [
            {key: text if isinstance(value, str) and key not in TIMES else value for key, value in line.items()}
            for line in found
        ]
        for name, found in base.tables.items()
    }
    counts = replace(base.counts, problems=(Problem(text, text, 1),))
    spots = hot_spots(tables)
    return replace(base, counts=counts, tables=tables, hot_spots=spots, findings=[notice], integrity=integrity)


TIMES = ("first_seen", "last_seen")
BASE: list[Usage] = []


@pytest.fixture(scope="module", autouse=True)
def _base(tmp_path_factory: pytest.TempPathFactory) -> None:
    BASE[:] = [usage(tmp_path_factory.mktemp("base"), *RECORDS)]


@given(NOT_EMPTY)
@settings(max_examples=150, deadline=None)
def test_no_text_gets_out_of_its_place_in_a_page(text: str) -> None:
    made = usage_html(hostile(text))
    page = Page(made)
    assert made.isascii()
    assert printable(text) in page.cells
    assert page.counts == Page(usage_html(hostile("x"))).counts


def columns(line: str) -> int:
    return len(PIPE.findall(line))


@given(NOT_EMPTY)
@settings(max_examples=150, deadline=None)
def test_no_text_gets_out_of_its_place_in_markdown(text: str) -> None:
    lines, plain = (usage_markdown(hostile(one)).split("\n") for one in (text, "x"))
    assert len(lines) == len(plain)
    for line, expected in zip(lines, plain, strict=True):
        assert columns(line) == columns(expected)
        assert line[:2] == expected[:2]
        assert "<" not in line
        assert line == printable(line)


ESCAPED = [
    ("a|b", r"a\|b"),
    ("a\\|b", r"a\\\|b"),
    ("`x`", r"\`x\`"),
    ("<b>&", "&lt;b&gt;&amp;"),
    ("a\nb", r"a\\x0ab"),
    ("\u202e", r"\\u202e"),
    ("https://x", r"https\://x"),
    ("www.x.y", r"www\.x.y"),
    ("arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a"),
    ("amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"),
]


@pytest.mark.parametrize(("text", "expected"), ESCAPED)
def test_markdown_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_days_add_up(tmp_path: Path) -> None:
    found = days(usage(tmp_path, *RECORDS).tables)
    assert [(one.day, one.count, one.outcomes) for one in found] == [
        ("2026-11-01", 9, {"accepted": 8, "denied": 1}),
        ("2026-11-02", 1, {"throttled": 1}),
        ("2026-11-03", 1, {"accepted": 1}),
    ]


@pytest.mark.parametrize(("name", "start"), [("markdown", "# Who called Bedrock\n"), ("html", "<!DOCTYPE html>\n")])
def test_the_command_knows_the_formats(
    name: str, start: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "1.json.gz").write_bytes(packed(delivery(record(1))))
    assert main(["usage", str(tmp_path), "--format", name]) == 0
    assert capsys.readouterr().out.startswith(start)
    assert main(["usage", str(tmp_path), "--format", name, "--output", str(tmp_path / "report")]) == 0
    assert (tmp_path / "report").read_text(encoding="utf-8").startswith(start)
