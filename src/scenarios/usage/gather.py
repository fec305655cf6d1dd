"""All files of a source, read side by side; the rows go to a spool."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from scenarios.usage.reading.batch import Summary, Waiting, read_batch
from scenarios.usage.sources.delivery import Delivery, Source

_FETCHERS = 16
_AHEAD = 3
"""Batches a worker has waiting: enough to keep it busy, few enough to keep memory small."""
_BATCH = 8
"""Files in a batch: what workers and this process say to each other costs little beside reading so many."""


@dataclass(frozen=True)
class Problem:
    """A file that could not be read, or not whole: `salvaged` records were had of it."""

    file: str
    problem: str
    salvaged: int


@dataclass
class Gathered:
    """What all files hold: `files` and `events` count what was read; `amended` are events that others put right."""

    files: int = 0
    events: int = 0
    problems: list[Problem] = field(default_factory=list)
    amended: set[str] = field(default_factory=set)

    def add(self, file: Summary) -> None:
        """Count one more file."""
        self.files += 1
        self.events += file.count
        self.amended.update(file.amended)
        if file.problem is not None:
            self.problems.append(Problem(file.name, file.problem, file.salvaged))


Progress = Callable[[int, int], None]
"""Told the number of files and events so far."""


@dataclass(frozen=True)
class Reader:
    """Reads into the spool at `folder`, by so many workers; without any, in this process."""

    folder: str
    workers: Executor | None = None
    count: int = 1

    def batches(self, files: Iterator[Waiting]) -> Iterator[list[Summary]]:
        """The batches in their order, with some of them on the way at any time."""
        waiting: deque[Future[list[Summary]]] = deque()
        for batch in _batches(files):
            if self.workers is None:
                yield read_batch(batch, self.folder)
                continue
            waiting.append(self.workers.submit(read_batch, batch, self.folder))
            if len(waiting) > _AHEAD * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def gather(source: Source, reader: Reader, found: Gathered, progress: Progress | None = None) -> None:
    """Read all files of a source.

    They are counted into `found` in their order. Raises InputError as the source does.
    """
    for batch in reader.batches(_fetched(source.deliveries())):
        for file in batch:
            found.add(file)
        if progress is not None:
            progress(found.files, found.events)


def _batches(files: Iterator[Waiting]) -> Iterator[list[Waiting]]:
    batch: list[Waiting] = []
    for file in files:
        batch.append(file)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _fetched(deliveries: Iterator[Delivery]) -> Iterator[Waiting]:
    """The files in their order; those that lie elsewhere are on the way while others are read."""
    coming: deque[Future[Waiting]] = deque()
    with ThreadPoolExecutor(_FETCHERS) as fetchers:
        for delivery in deliveries:
            if delivery.path is not None and not coming:
                yield Waiting(delivery.name, delivery.path)
                continue
            coming.append(fetchers.submit(_fetch, delivery))
            if len(coming) > 2 * _FETCHERS:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def _fetch(delivery: Delivery) -> Waiting:
    if delivery.path is not None or delivery.fetch is None:
        return Waiting(delivery.name, delivery.path)
    try:
        return Waiting(delivery.name, packed=delivery.fetch())
    except OSError as error:
        return Waiting(delivery.name, problem=f"cannot be read: {error.strerror or error}")
