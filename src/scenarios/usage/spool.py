"""Rows on disk, in parts: what belongs together lies in one part, so that each part can be settled by itself.

Memory stays the same however many rows there are. Events of one request, their copies and their answer share a request
id, and so a part.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType

from scenarios.usage.events.answer import Answer
from scenarios.usage.events.row import Row

_PARTS = 64
_HELD = 20_000


@dataclass
class Part:
    """Rows and answers of the same requests."""

    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Shelf:
    """A full spool, to be read by any process: its parts lie in `folder`, or are `held` if there are few rows.

    `amended` are the ids of events that others put right.
    """

    folder: str | None
    held: tuple[Part, ...]
    amended: frozenset[str]

    @property
    def numbers(self) -> range:
        """The numbers of the parts."""
        return range(_PARTS)

    def part(self, number: int) -> Part:
        """One part."""
        if self.folder is None:
            return self.held[number]
        part = Part()
        with suppress(FileNotFoundError, EOFError), open(_path(self.folder, number), "rb") as file:
            while True:
                rows, answers = pickle.load(file)  # noqa: S301 (written below, in a folder of this process's own)
                part.rows += [Row(*row) for row in rows]
                part.answers += [Answer(*answer) for answer in answers]
        return part


class Spool:
    """Takes rows and answers in any order, within a `with` block, and gives them back as a shelf."""

    def __init__(self) -> None:
        self._held = [Part() for _ in range(_PARTS)]
        self._count = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._amended: set[str] = set()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def add(self, rows: list[Row], answers: list[Answer]) -> None:
        """Take over what one file holds."""
        for row in rows:
            self._held[_part(row.request_id or row.event_id)].rows.append(row)
            if row.amends is not None:
                self._amended.add(row.amends)
        for answer in answers:
            self._held[_part(answer.request_id)].answers.append(answer)
        self._count += len(rows) + len(answers)
        if self._count > _HELD:
            self._write()

    def shelf(self) -> Shelf:
        """All that was taken; it is gone with the end of the block."""
        if self._folder is not None:
            self._write()
        return Shelf(self._folder.name if self._folder else None, tuple(self._held), frozenset(self._amended))

    def _write(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="scenarios-usage-")
        for number, part in enumerate(self._held):
            if part.rows or part.answers:
                with open(_path(self._folder.name, number), "ab") as file:
                    pickle.dump(([tuple(row) for row in part.rows], [tuple(one) for one in part.answers]), file)
        self._held = [Part() for _ in range(_PARTS)]
        self._count = 0


def _path(folder: str, number: int) -> str:
    return os.path.join(folder, f"{number}.rows")


def _part(key: str) -> int:
    return zlib.crc32(key.encode()) % _PARTS
