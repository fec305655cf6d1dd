"""Which properties the emulated account does not show, measured: `fidelity.csv` beside this module.

The table is made by tests/fidelity from telling templates that are deployed and read back. A property that its row
calls unmapped is in the ledger of every resource that has it, so that no judgement rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

UNMAPPED = "unmapped"
_TABLE = Path(__file__).with_suffix(".csv")


def unshown(resource_type: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """Dotted paths of the properties given that are not shown, lists' items by their index."""
    return tuple(path for place in _unmapped().get(resource_type, ()) for path in _found(properties, place.split(".")))


def _found(value: Any, steps: Sequence[str], path: tuple[str, ...] = ()) -> Iterator[str]:
    if not steps:
        yield ".".join(path)
        return
    step, rest = steps[0], steps[1:]
    if step == "*" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _found(item, rest, (*path, str(index)))
    elif isinstance(value, Mapping):
        for key in value if step == "*" else [step] if step in value else []:
            yield from _found(value[key], rest, (*path, str(key)))


@cache
def _unmapped() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, place, status in rows():
        if status == UNMAPPED:
            found.setdefault(kind, []).append(place)
    return found


def rows() -> Iterator[tuple[str, str, str]]:
    """Type, dotted property with `*` for any index, and status."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines() if _TABLE.exists() else []
    for line in lines[1:]:
        kind, place, status = line.split(",")
        yield kind, place, status
