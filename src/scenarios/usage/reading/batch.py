"""Some files, read one after the other into a spool. This is what the worker processes do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.usage.reading.file import ReadFile, read_bytes, read_path
from scenarios.usage.spool import Spool


@dataclass(frozen=True)
class Waiting:
    """A file to be read: its `path` on this machine, or its bytes, or why they cannot be had."""

    name: str
    path: str | None = None
    packed: bytes = b""
    problem: str | None = None


@dataclass(frozen=True)
class Summary:
    """What is said of a file that was read: its events, what is wrong, and the ids of events that it puts right."""

    name: str
    count: int
    problem: str | None
    salvaged: int
    amended: tuple[str, ...]


def read_batch(files: Iterable[Waiting], folder: str) -> list[Summary]:
    """Read the files; their rows go into `folder`. Raises OSError where the disk is full."""
    spool = Spool(folder)
    summaries = []
    for file in files:
        found = _read(file)
        spool.add(found.rows, found.answers)
        amended = tuple(row.amends for row in found.rows if row.amends is not None)
        summaries.append(Summary(found.name, found.count, found.problem, found.salvaged, amended))
    spool.flush()
    return summaries


def _read(file: Waiting) -> ReadFile:
    if file.problem is not None:
        return ReadFile(file.name, problem=file.problem)
    return read_path(file.name, file.path) if file.path is not None else read_bytes(file.name, file.packed)
