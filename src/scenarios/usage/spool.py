"""Rows on disk, in parts: what belongs together lies in one part, so that one part after the other can be settled.

Memory stays the same however many rows there are. Events of one request, their copies and their answer share a request
id, and so a part.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from collections.abc import Iterator
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


class Spool:
    """Takes rows and answers in any order; gives them back part by part, each within one `with` block."""

    def __init__(self) -> None:
        self._held = [Part() for _ in range(_PARTS)]
        self._count = 0
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.amended: set[str] = set()

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
                self.amended.add(row.amends)
        for answer in answers:
            self._held[_part(answer.request_id)].answers.append(answer)
        self._count += len(rows) + len(answers)
        if self._count > _HELD:
            self._write()

    def parts(self) -> Iterator[Part]:
        """The parts; one at a time is in memory."""
        for number in range(_PARTS):
            part = Part()
            for held in (*self._read(number), self._held[number]):
                part.rows += held.rows
                part.answers += held.answers
            yield part

    def _write(self) -> None:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="scenarios-usage-")
        for number, part in enumerate(self._held):
            if part.rows or part.answers:
                with open(self._path(number), "ab") as file:
                    pickle.dump(([tuple(row) for row in part.rows], [tuple(one) for one in part.answers]), file)
        self._held = [Part() for _ in range(_PARTS)]
        self._count = 0

    def _read(self, number: int) -> Iterator[Part]:
        if self._folder is None or not os.path.exists(self._path(number)):
            return
        with open(self._path(number), "rb") as file, suppress(EOFError):
            while True:
                rows, answers = pickle.load(file)  # noqa: S301 (written above, in a folder of this process's own)
                yield Part([Row(*row) for row in rows], [Answer(*one) for one in answers])

    def _path(self, number: int) -> str:
        return os.path.join(self._folder.name if self._folder else "", f"{number}.rows")


def _part(key: str) -> int:
    return zlib.crc32(key.encode()) % _PARTS
