"""What stands before and after the tables: how much was read, problems with files, and findings."""

from __future__ import annotations

from scenarios.report.usage.section import Line, Section
from scenarios.usage.answers.notice import Notice
from scenarios.usage.usage import Counts, Usage

TITLE = "Who called Bedrock"


def headline(counts: Counts) -> tuple[str, str]:
    """What was read, and what is to be said besides."""
    told = f"{counts.usage:,} calls in {counts.read:,} events of {counts.files:,} files"
    return told, f"; {counts.duplicates:,} were there twice" if counts.duplicates else ""


def problems_section(usage: Usage) -> Section:
    """The files that could not be read, or not whole."""
    rows = tuple(Line((problem.file, problem.problem, f"{problem.salvaged:,}")) for problem in usage.counts.problems)
    return Section("files with a problem", ("file", "problem", "records salvaged"), rows, numbers=(2,))


def findings_section(usage: Usage) -> Section:
    """The findings, the worst first."""
    heads = ("severity", "finding", "about", "message", "calls", "first", "last")
    return Section("findings", heads, tuple(_finding(one) for one in usage.findings), numbers=(4,))


def _finding(one: Notice) -> Line:
    about = "  ".join(part for part in (one.principal, one.model, one.account, one.region) if part)
    count = f"{one.count:,}" if one.count else ""
    return Line((one.severity.value, one.finding, about, one.message, count, one.first_seen, one.last_seen))
