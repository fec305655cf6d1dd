"""A table of a report, for every format to write in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST = 20
"""The rows of a table at most; JSON has all of them."""


@dataclass(frozen=True)
class Line:
    """One line of a table; `weight` is what its bar shows, in `parts` where the section has names for them."""

    cells: tuple[Any, ...]
    weight: float = 0
    parts: tuple[float, ...] = ()


@dataclass(frozen=True)
class Section:
    """A table with a title. `numbers` are the places of columns that hold numbers, `notes` what is to be added; a
    `wide` one has long texts. `parts` are the names of the parts of its bars."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Line, ...]
    numbers: tuple[int, ...] = ()
    bars: bool = False
    wide: bool = False
    notes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


def more(count: int) -> tuple[str, ...]:
    """What is said of the rows beyond those that are shown."""
    return (f"and {count - MOST:,} more, in the JSON",) if count > MOST else ()
