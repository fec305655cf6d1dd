"""Usage on one machine: no database, the same memory however much is read."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import repeat
from signal import SIG_DFL, SIGINT, signal

from scenarios.errors import InputError
from scenarios.usage.engines.duckdb import groups_of
from scenarios.usage.events.row import Row
from scenarios.usage.gather import Gathered, Progress, Reader, gather
from scenarios.usage.groupings import Groups
from scenarios.usage.parquet import read_rows, write_rows
from scenarios.usage.settle import Settled, settle
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.open import is_parquet, opened
from scenarios.usage.spool import PARTS, Shelf, Spool
from scenarios.usage.tally import Found, Tally
from scenarios.usage.usage import Counts
from scenarios.usage.wanted import Wanted


@dataclass(frozen=True)
class Means:
    """With what sources are read: so many processes (1: this one), AWS, and who is told how far it is."""

    jobs: int = 1
    cloud: Cloud = field(default_factory=Cloud)
    progress: Progress | None = None

    @property
    def processes(self) -> int:
        """How many there are; more than there are parts would only wait."""
        return min(self.jobs, len(PARTS))


_DEFAULT = Means()


def tallied(sources: Sequence[str], wanted: Wanted, means: Means = _DEFAULT) -> tuple[Counts, Groups]:
    """What was read, and the groups.

    Raises InputError for a source that cannot be read at all.
    """
    with _workers(means.processes) as workers, _spooled(sources, wanted, workers, means) as (found, shelf):
        tally, duplicates = _tally(shelf, wanted, workers, means.processes)
    groups = tally.groups()
    return replace(_counts(found, duplicates), usage=_usage(groups)), groups


def _tally(shelf: Shelf, wanted: Wanted, workers: Executor | None, count: int) -> tuple[Tally, int]:
    whole, duplicates = Tally(), 0
    shares = [PARTS[start::count] for start in range(count)]
    each = workers.map if workers else map
    for part, repeated in each(_tally_of, repeat(shelf), shares, repeat(wanted)):
        whole.add(part)
        duplicates += repeated
    return whole, duplicates


def _tally_of(shelf: Shelf, numbers: Sequence[int], wanted: Wanted) -> tuple[dict[str, Found], int]:
    tally, settled = Tally(), Settled()
    tally.take(_wanted(settle(shelf, numbers, settled), wanted))
    return tally.found(), settled.duplicates


def counted_by_duckdb(sources: Sequence[str], wanted: Wanted, means: Means = _DEFAULT) -> tuple[Counts, Groups]:
    """The same by DuckDB, over a Parquet file of the rows that is removed afterwards. Raises InputError likewise."""
    with tempfile.TemporaryDirectory(prefix="scenarios-usage-") as folder:
        path = os.path.join(folder, "events.parquet")
        counts, _ = exported(sources, wanted, path, means)
        groups = groups_of(path, wanted)
    return replace(counts, usage=_usage(groups)), groups


def exported(sources: Sequence[str], wanted: Wanted, path: str, means: Means = _DEFAULT) -> tuple[Counts, int]:
    """What was read, and how many rows were written to the Parquet file. Raises InputError likewise."""
    with _workers(means.processes) as workers, _spooled(sources, wanted, workers, means) as (found, shelf):
        settled = Settled()
        written = write_rows(_wanted(settle(shelf, PARTS, settled), wanted), path)
    return _counts(found, settled.duplicates), written


def _workers(count: int) -> AbstractContextManager[Executor | None]:
    """Some processes, all of which start at once.

    An interrupt ends them at once, and this process alone says so.
    """
    if count == 1:
        return nullcontext()
    return ProcessPoolExecutor(count, initializer=signal, initargs=(SIGINT, SIG_DFL))


@contextmanager
def _spooled(
    sources: Sequence[str], wanted: Wanted, workers: Executor | None, means: Means
) -> Iterator[tuple[Gathered, Shelf]]:
    """All rows of the sources on a shelf, which is gone with the end of the block."""
    found = Gathered()
    with tempfile.TemporaryDirectory(prefix="scenarios-usage-") as folder:
        reader = Reader(folder, workers, means.processes)
        try:
            for source in sources:
                if is_parquet(source):
                    _add_rows(source, folder, found)
                else:
                    gather(opened(source, wanted, means.cloud), reader, found, means.progress)
        except OSError as error:
            raise InputError(f"rows cannot be written there: {error.strerror or error}", file=folder) from error
        yield found, Shelf(folder, frozenset(found.amended))


def _add_rows(path: str, folder: str, found: Gathered) -> None:
    """Take the rows of a Parquet file that was written before."""
    spool = Spool(folder)
    for rows in read_rows(path):
        spool.add(rows, [])
        found.events += len(rows)
        found.amended.update(row.amends for row in rows if row.amends is not None)
    spool.flush()
    found.files += 1


def _counts(found: Gathered, duplicates: int) -> Counts:
    return Counts(files=found.files, read=found.events, duplicates=duplicates, problems=tuple(found.problems))


def _usage(groups: Groups) -> int:
    return sum(group.total for group in groups["calls"])


def _wanted(rows: Iterator[Row], wanted: Wanted) -> Iterator[Row]:
    return rows if wanted.everything else (row for row in rows if wanted.takes(row))
