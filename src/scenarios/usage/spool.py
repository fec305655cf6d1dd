"""Rows on disk, in parts: what belongs together lies in one part, so that each part can be settled by itself.

Memory stays the same however many rows there are, and several processes write side by side. Events of one request,
their copies and their answer share a request id, and so a part; without one, an event is known by what it is a copy or
a correction of.
"""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.usage.events.answer import Answer
from scenarios.usage.events.row import Row

PARTS = range(64)
_HELD = 20_000


@dataclass
class Part:
    """Rows and answers of the same requests."""

    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


class Spool:
    """Takes rows and answers in any order and writes them into a folder; what is held is written by `flush`."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._held = [Part() for _ in PARTS]
        self._count = 0

    def add(self, rows: Iterable[Row], answers: Iterable[Answer]) -> None:
        """Take over what one file holds."""
        for row in rows:
            self._held[_part(row.request_id or row.copies or row.amends or row.event_id)].rows.append(row)
            self._count += 1
        for answer in answers:
            self._held[_part(answer.request_id)].answers.append(answer)
            self._count += 1
        if self._count > _HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held. Raises OSError where the disk is full."""
        for number in PARTS:
            part = self._held[number]
            if part.rows or part.answers:
                path = os.path.join(self._folder, f"{number}-{os.getpid()}.rows")
                with open(path, "ab") as file:
                    marshal.dump(([tuple(row) for row in part.rows], [tuple(one) for one in part.answers]), file)
                self._held[number] = Part()
        self._count = 0


@dataclass(frozen=True)
class Shelf:
    """A full spool, to be read by any process. `amended` are the ids of events that others put right."""

    folder: str
    amended: frozenset[str]

    def part(self, number: int) -> Part:
        """One part, as all processes wrote it."""
        part = Part()
        for path in sorted(Path(self.folder).glob(f"{number}-*.rows")):
            with suppress(EOFError), path.open("rb") as file:
                while True:
                    rows, answers = marshal.load(file)  # noqa: S302 (written above, in a folder of this command's own)
                    part.rows += [Row(*row) for row in rows]
                    part.answers += [Answer(*answer) for answer in answers]
        return part


def _part(key: str) -> int:
    return zlib.crc32(key.encode()) % len(PARTS)
