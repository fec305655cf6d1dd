"""The integrity of the files as a table."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.report.usage.section import MOST, Line, Section, more
from scenarios.usage.integrity.found import Break, Entry, Integrity


def integrity_section(found: Integrity) -> Section:
    """The worst first; how much is verified, and of which times, stands below."""
    lines = list(_lines(found))
    notes = (*more(len(lines)), *_counts(found), *_chains(found))
    return Section("integrity", ("what", "file", "because"), tuple(lines[:MOST]), wide=True, notes=notes)


def _lines(found: Integrity) -> Iterator[Line]:
    for word, entries in (("altered", found.altered), ("missing", found.missing)):
        yield from (_entry(word, entry) for entry in entries)
    for gap in found.gaps:
        yield Line(("gap", gap.chain, f"no digests from {gap.until} to {gap.since}"))
    for restart in found.restarts:
        because = f"the chain ends {restart.until} and starts anew {restart.since}: logging or validation was off"
        yield Line(("restarted", restart.chain, because))
    yield from (_entry("unverifiable", entry) for entry in found.unverifiable)
    yield from (_beginning(one) for one in found.beginnings)


def _entry(word: str, entry: Entry) -> Line:
    hang = f"; {entry.logs:,} matching logs hang on it" if entry.logs else ""
    return Line((word, f"{entry.kind} {entry.file}", entry.because + hang))


def _beginning(one: Break) -> Line:
    return Line(("begins", one.chain, f"what CloudTrail delivered before {one.since} is not there"))


def _counts(found: Integrity) -> Iterator[str]:
    digests, logs = found.digests, found.logs
    yield f"verified: {digests.verified:,} of {digests.total:,} digests, {logs.verified:,} of {logs.total:,} logs"
    if logs.matching:
        yield f"{logs.matching:,} more logs match a digest that is not verified"


def _chains(found: Integrity) -> Iterator[str]:
    for one in found.chains[:MOST]:
        if one.digests:
            yield f"{one.chain}: {one.digests:,} digests, {one.since} to {one.until}"
