"""Usage on one machine: no database, the same memory however much is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.usage.events.row import Row
from scenarios.usage.gather import Gathered, Progress, gather
from scenarios.usage.settle import Settled, settle
from scenarios.usage.sources.open import opened
from scenarios.usage.spool import Spool
from scenarios.usage.tally import tally
from scenarios.usage.usage import Counts, Known, Policy, Usage, answered
from scenarios.usage.wanted import Wanted


def answer_here(
    sources: Sequence[str],
    wanted: Wanted,
    policy: Policy,
    known: Known | None = None,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Usage:
    """Read the sources and answer.

    Raises InputError for a source that cannot be read at all.
    """
    with Spool() as spool:
        found = Gathered()
        for source in sources:
            gather(opened(source, wanted), spool, found, jobs=jobs, progress=progress)
        settled = Settled()
        groups = tally(_wanted(settle(spool, settled), wanted))
    counts = Counts(
        files=found.files,
        read=found.events,
        duplicates=settled.duplicates,
        usage=sum(group.total for group in groups["calls"]),
        problems=tuple(found.problems),
    )
    return answered(counts, groups, policy, known)


def _wanted(rows: Iterator[Row], wanted: Wanted) -> Iterator[Row]:
    return rows if wanted.everything else (row for row in rows if wanted.takes(row))
