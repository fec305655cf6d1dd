"""One log file, read: its rows, and what is wrong with it. This is what the worker processes do."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.usage.events.answer import Answer, answer
from scenarios.usage.events.normalise import normalise
from scenarios.usage.events.row import Row
from scenarios.usage.reading.records import contents
from scenarios.usage.reading.unpack import unpack

_LOG = "ModelInvocationLog"


@dataclass
class ReadFile:
    """What one file holds: `count` events in all, the `rows` of interest, and the `answers` of a model-invocation log.

    `salvaged` is how many records could be had of a file with a problem.
    """

    name: str
    count: int = 0
    rows: list[Row] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    problem: str | None = None
    salvaged: int = 0


def read_path(name: str, path: str) -> ReadFile:
    """Read a file on this machine; never raises."""
    try:
        with open(path, "rb") as file:
            packed = file.read()
    except OSError as error:
        return ReadFile(name, problem=f"cannot be read: {error.strerror or error}")
    return read_bytes(name, packed)


def read_bytes(name: str, packed: bytes) -> ReadFile:
    """Read a file's bytes; never raises."""
    try:
        return _read(name, packed)
    except MemoryError:
        return ReadFile(name, problem="is too large for this machine's memory")


def _read(name: str, packed: bytes) -> ReadFile:
    found = contents(*unpack(packed))
    answers = [record for record in found.records if record.get("schemaType") == _LOG]
    made = ReadFile(name, found.count - len(answers), problem=found.problem)
    made.answers = [one for record in answers if (one := answer(record)) is not None]
    made.rows = [row for record in found.records if (row := normalise(record)) is not None]
    made.salvaged = found.count if found.problem else 0
    return made
