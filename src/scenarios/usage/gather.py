"""All files of a source, read side by side; the rows go to a spool."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from scenarios.usage.reading.file import ReadFile, read_bytes, read_path
from scenarios.usage.sources.delivery import Delivery, Source
from scenarios.usage.spool import Spool

_FETCHERS = 16
_AHEAD = 4
"""Files a worker has waiting: enough to keep it busy, few enough to keep memory small."""


@dataclass(frozen=True)
class Problem:
    """A file that could not be read, or not whole: `salvaged` records were had of it."""

    file: str
    problem: str
    salvaged: int


@dataclass
class Gathered:
    """What all files hold: `files` and `events` count what was read."""

    files: int = 0
    events: int = 0
    problems: list[Problem] = field(default_factory=list)


Progress = Callable[[int, int], None]
"""Told the number of files and events so far."""


def gather(source: Source, spool: Spool, found: Gathered, *, jobs: int = 1, progress: Progress | None = None) -> None:
    """Read all files of a source with `jobs` processes (1: in this one), and count them into `found`.

    Raises InputError as the source does.
    """
    for file in _read(source, jobs):
        found.files += 1
        found.events += file.count
        if file.problem is not None:
            found.problems.append(Problem(file.name, file.problem, file.salvaged))
        spool.add(file.rows, file.answers)
        if progress is not None:
            progress(found.files, found.events)


def _read(source: Source, jobs: int) -> Iterator[ReadFile]:
    """The files in their order, with some of them on the way at any time."""
    with ExitStack() as stack:
        fetchers = stack.enter_context(ThreadPoolExecutor(_FETCHERS))
        readers = stack.enter_context(ProcessPoolExecutor(jobs)) if jobs > 1 else None
        waiting: deque[Callable[[], ReadFile]] = deque()
        for delivery in source.deliveries():
            waiting.append(_started(delivery, fetchers, readers))
            if len(waiting) > _AHEAD * max(jobs, _FETCHERS if delivery.fetch else 1):
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def _started(delivery: Delivery, fetchers: Executor, readers: Executor | None) -> Callable[[], ReadFile]:
    """The reading of a file, under way; the result is had by calling it."""
    name = delivery.name
    if delivery.path is not None:
        path = delivery.path
        return readers.submit(read_path, name, path).result if readers else lambda: read_path(name, path)
    future: Future[ReadFile] = fetchers.submit(_fetched, delivery, readers)
    return future.result


def _fetched(delivery: Delivery, readers: Executor | None) -> ReadFile:
    try:
        packed = delivery.fetch() if delivery.fetch else b""
    except OSError as error:
        return ReadFile(delivery.name, problem=f"cannot be read: {error.strerror or error}")
    return readers.submit(read_bytes, delivery.name, packed).result() if readers else read_bytes(delivery.name, packed)
