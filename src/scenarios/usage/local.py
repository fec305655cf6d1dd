"""Usage on one machine: no database, the same memory however much is read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat

from scenarios.usage.engines.duckdb import groups_of
from scenarios.usage.events.row import Row
from scenarios.usage.gather import Gathered, Progress, gather
from scenarios.usage.groupings import Groups
from scenarios.usage.parquet import read_rows, write_rows
from scenarios.usage.settle import Settled, settle
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.open import is_parquet, opened
from scenarios.usage.spool import Shelf, Spool
from scenarios.usage.tally import Found, Tally
from scenarios.usage.usage import Counts
from scenarios.usage.wanted import Wanted

_DEFAULT = Cloud()


def tallied(
    sources: Sequence[str],
    wanted: Wanted,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    cloud: Cloud = _DEFAULT,
) -> tuple[Counts, Groups]:
    """What was read, and the groups.

    Raises InputError for a source that cannot be read at all.
    """
    with Spool() as spool:
        found = _gathered(sources, wanted, spool, jobs, progress, cloud)
        tally, duplicates = _tally(spool.shelf(), wanted, jobs)
    groups = tally.groups()
    return replace(_counts(found, duplicates), usage=_usage(groups)), groups


def _tally(shelf: Shelf, wanted: Wanted, jobs: int) -> tuple[Tally, int]:
    """The tally of a shelf: by several processes if its parts lie on disk."""
    if jobs == 1 or shelf.folder is None:
        tally, settled = Tally(), Settled()
        tally.take(_wanted(settle(shelf, shelf.numbers, settled), wanted))
        return tally, settled.duplicates
    whole, duplicates = Tally(), 0
    with ProcessPoolExecutor(jobs) as pool:
        shares = [shelf.numbers[start::jobs] for start in range(jobs)]
        for part, count in pool.map(_tally_of, repeat(shelf), shares, repeat(wanted)):
            whole.add(part)
            duplicates += count
    return whole, duplicates


def _tally_of(shelf: Shelf, numbers: Sequence[int], wanted: Wanted) -> tuple[dict[str, Found], int]:
    tally, settled = Tally(), Settled()
    tally.take(_wanted(settle(shelf, numbers, settled), wanted))
    return tally.found(), settled.duplicates


def counted_by_duckdb(
    sources: Sequence[str],
    wanted: Wanted,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    cloud: Cloud = _DEFAULT,
) -> tuple[Counts, Groups]:
    """The same by DuckDB, over a Parquet file of the rows that is removed afterwards. Raises InputError likewise."""
    with tempfile.TemporaryDirectory(prefix="scenarios-usage-") as folder:
        path = os.path.join(folder, "events.parquet")
        counts, _ = exported(sources, wanted, path, jobs=jobs, progress=progress, cloud=cloud)
        groups = groups_of(path, wanted)
    return replace(counts, usage=_usage(groups)), groups


def exported(
    sources: Sequence[str],
    wanted: Wanted,
    path: str,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    cloud: Cloud = _DEFAULT,
) -> tuple[Counts, int]:
    """What was read, and how many rows were written to the Parquet file. Raises InputError likewise."""
    with Spool() as spool:
        found = _gathered(sources, wanted, spool, jobs, progress, cloud)
        shelf, settled = spool.shelf(), Settled()
        written = write_rows(_wanted(settle(shelf, shelf.numbers, settled), wanted), path)
    return _counts(found, settled.duplicates), written


def _gathered(
    sources: Sequence[str], wanted: Wanted, spool: Spool, jobs: int, progress: Progress | None, cloud: Cloud
) -> Gathered:
    found = Gathered()
    for source in sources:
        if is_parquet(source):
            _add_rows(source, spool, found)
        else:
            gather(opened(source, wanted, cloud), spool, found, jobs=jobs, progress=progress)
    return found


def _add_rows(path: str, spool: Spool, found: Gathered) -> None:
    """Take the rows of a Parquet file that was written before."""
    for rows in read_rows(path):
        spool.add(rows, [])
        found.events += len(rows)
    found.files += 1


def _counts(found: Gathered, duplicates: int) -> Counts:
    return Counts(files=found.files, read=found.events, duplicates=duplicates, problems=tuple(found.problems))


def _usage(groups: Groups) -> int:
    return sum(group.total for group in groups["calls"])


def _wanted(rows: Iterator[Row], wanted: Wanted) -> Iterator[Row]:
    return rows if wanted.everything else (row for row in rows if wanted.takes(row))
