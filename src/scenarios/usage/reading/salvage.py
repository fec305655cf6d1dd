"""The records of a file that is damaged, or written in another way than CloudTrail writes.

Taken are: a delivery (`{"Records": [...]}`), what `lookup-events` answers (`{"Events": [{"CloudTrailEvent": "..."}]}`),
a list of records, one record, and records one to a line.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_DECODER = json.JSONDecoder(strict=False)
_PART, _LONGEST_WORD = 1 << 13, len("-Infinity")
_LISTS = ("Records", "Events")
_OBJECT = re.compile(rf'\{{\s*"(?!(?:{"|".join(_LISTS)})")\w+"\s*:')
"""Where a record may begin: at any object that is no list of records, since tools write fields in any order."""
_OTHERS = ("digestStartTime", "insightDetails", "logFiles")
"""By what a digest and an Insights event are known."""


@dataclass
class Salvaged:
    """The records, and what is wrong. Digests and Insights events are left out, and nothing is wrong with them."""

    records: list[dict[str, Any]] = field(default_factory=list)
    problem: str | None = None


def salvage(data: bytes) -> Salvaged:
    """The records of a file, as many as can be decoded."""
    text, problem = _decoded(data)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return _one_by_one(text, problem or _cause(error))
    found = _taken(value)
    found.problem = problem or found.problem
    return found


def _decoded(data: bytes) -> tuple[str, str | None]:
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # what PowerShell writes
    encoding = "UTF-16" if wide else "UTF-8"
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        return data.decode(encoding, "replace"), f"byte {error.start} is not {encoding}"


def _taken(value: Any) -> Salvaged:
    """The records in a decoded file."""
    if isinstance(value, dict):
        items = _items(value)
        if items is not None:
            return _listed(items)
        if any(key in value for key in _OTHERS):
            return Salvaged()
        return _listed([value]) if _is_record(value) else Salvaged(problem="the file holds no records of CloudTrail")
    return _listed(value) if isinstance(value, list) else Salvaged(problem="the file holds no records of CloudTrail")


def _items(value: Any) -> list[Any] | None:
    """What a delivery lists."""
    return (
        next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None) if type(value) is dict else None
    )


def _spread(line: Any) -> list[Any]:
    """The records of one line: those of a delivery, or the one that it is."""
    items = _items(line)
    return [line] if items is None else items


def _listed(items: list[Any]) -> Salvaged:
    found = Salvaged()
    for item in items:
        record = _inner(item)
        if record is None:
            found.problem = "some items of the list are no records of CloudTrail"
        elif "insightDetails" not in record:
            found.records.append(record)
    return found


def _inner(item: Any) -> dict[str, Any] | None:
    """A record, which `lookup-events` returns as a text."""
    if isinstance(item, dict) and isinstance(item.get("CloudTrailEvent"), str):
        try:
            item = json.loads(item["CloudTrailEvent"])
        except (ValueError, RecursionError):
            return None
    return item if isinstance(item, dict) and (_is_record(item) or "insightDetails" in item) else None


def _is_record(value: dict[str, Any]) -> bool:
    return isinstance(value.get("eventSource"), str) or value.get("schemaType") == "ModelInvocationLog"


def _one_by_one(text: str, problem: str) -> Salvaged:
    """Records one to a line, or those of a broken file: each is decoded where one seems to begin."""
    lines, broken = [], False
    for line in text.split("\n"):
        if line.strip():
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                broken = True
                break
            lines.append(value)
    if lines and not broken:
        return _listed([item for line in lines for item in _spread(line)])
    records = [record for value in _decodable(text) if (record := _inner(value)) is not None and _is_record(record)]
    return Salvaged(records, problem)


def _decodable(text: str) -> Iterator[dict[str, Any]]:
    """Every record that can be decoded from where it begins; one within another is a part of it."""
    place = 0
    while (match := _OBJECT.search(text, place)) is not None:
        try:
            value, place = _from(text, match.start())
        except (ValueError, RecursionError):
            place = match.start() + 1
            continue
        if isinstance(value, dict):
            yield value


def _from(text: str, start: int) -> tuple[Any, int]:
    """What can be decoded from a place on, and where it ends. Raises ValueError or RecursionError where nothing can be.

    Python counts the lines up to every fault, so no more than a part of the text is given to it.
    """
    size = _PART
    while True:
        try:
            value, end = _DECODER.raw_decode(text[start : start + size])
        except json.JSONDecodeError as error:
            cut = error.pos > size - _LONGEST_WORD or error.msg.startswith("Unterminated string")
            if not cut or start + size >= len(text):
                raise
            size *= 8
        else:
            return value, start + end


def _cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return "not JSON: nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
