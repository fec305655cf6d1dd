"""The records of one unpacked file that have to do with Bedrock, and how many there are in all.

simdjson checks the whole file and finds the records; only those whose `eventSource` may be of interest become Python's
own. What simdjson refuses (lone surrogates, integers beyond 64 bits, damage) and what is no delivery of CloudTrail
takes the slow way: Python's own decoder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import simdjson

from scenarios.usage.reading.salvage import salvage

_WANTED = ("bedrock", "sagemaker", "runtime.sagemaker", "cloudtrail")
"""How the sources of interest begin; `normalise` looks closer."""
_MAJOR = "1"


@dataclass
class Contents:
    """What a file holds: `records` of interest, `count` of all, and what is wrong."""

    records: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0
    problem: str | None = None


def contents(data: bytes, problem: str | None = None) -> Contents:
    """What an unpacked file holds; `problem` is what was wrong with it before."""
    if problem is None:
        try:
            found = _SIMD.contents(data)
        except (ValueError, RuntimeError, KeyError, AttributeError, TypeError):  # refused, or no record
            found = None
        if found is not None:
            return _checked(found)
    return _checked(_slow(data, problem))


class _Simd:
    """simdjson's parser of this process: its memory is used again for every file, which saves a third of the time."""

    def __init__(self) -> None:
        self._parser = simdjson.Parser()

    def contents(self, data: bytes) -> Contents | None:
        """The records of interest of a delivery; None for any other file.

        Raises ValueError or RuntimeError for what simdjson refuses, KeyError or AttributeError for records that are
        none.
        """
        try:
            return self._contents(data)
        except Exception:
            self._parser = simdjson.Parser()  # what went wrong may still hold on to the old one
            raise

    def _contents(self, data: bytes) -> Contents | None:
        document: Any = self._parser.parse(data)
        records: Any = document.get("Records") if isinstance(document, simdjson.Object) else None
        if type(records) is not simdjson.Array:
            return None
        found = Contents(count=len(records))
        record: Any
        for record in records:
            if record["eventSource"].startswith(_WANTED):
                found.records.append(record.as_dict())
        return found


_SIMD = _Simd()


def _slow(data: bytes, problem: str | None) -> Contents:
    """Whatever can be made of the file, by Python's own decoder."""
    found = salvage(data)
    return Contents(found.records, len(found.records), problem or found.problem)


def _checked(found: Contents) -> Contents:
    """With a word on records of versions that nobody here knows; they are read all the same."""
    versions = {str(record.get("eventVersion")) for record in found.records if "eventVersion" in record}
    strange = sorted(version for version in versions if version.partition(".")[0] != _MAJOR)
    if strange and found.problem is None:
        found.problem = f"event version {', '.join(strange)} is not known; read all the same"
    return found
