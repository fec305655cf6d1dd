"""Sets of whole numbers as ranges: addresses, ports, and protocols with their ports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ranges:
    """A set of whole numbers: disjoint closed ranges, in order, with a gap between any two. Falsy where empty."""

    parts: tuple[Range, ...] = ()

    @classmethod
    def of(cls, *parts: Range) -> Ranges:
        """The numbers of these ranges, which may overlap and stand in any order."""
        return cls(tuple(_joined(sorted(part for part in parts if part[0] <= part[1]))))

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __contains__(self, number: int) -> bool:
        return any(low <= number <= high for low, high in self.parts)

    def __or__(self, other: Ranges) -> Ranges:
        if not self.parts or not other.parts:
            return self if self.parts else other
        return Ranges.of(*self.parts, *other.parts)

    def __and__(self, other: Ranges) -> Ranges:
        one, two = self.parts, other.parts
        if one == two or not one:
            return self
        if not two:
            return other
        if len(two) == 1 and two[0][0] <= one[0][0] and one[-1][1] <= two[0][1]:
            return self
        if len(one) == 1 and one[0][0] <= two[0][0] and two[-1][1] <= one[0][1]:
            return other
        return Ranges(tuple(_shared(one, two)))

    def __sub__(self, other: Ranges) -> Ranges:
        left = self.parts
        if not left or not other.parts or left[-1][1] < other.parts[0][0] or other.parts[-1][1] < left[0][0]:
            return self
        for low, high in other.parts:
            left = tuple(rest for part in left for rest in _without(part, low, high))
        return Ranges(left)

    def __le__(self, other: Ranges) -> bool:
        """Whether every number of this set is in the other."""
        return self.parts == other.parts or not self - other


def _joined(parts: Iterable[Range]) -> Iterator[Range]:
    """Ranges in order, made one where they overlap or follow each other."""
    held: Range | None = None
    for low, high in parts:
        if held is not None and low <= held[1] + 1:
            held = (held[0], max(held[1], high))
            continue
        if held is not None:
            yield held
        held = (low, high)
    if held is not None:
        yield held


def _shared(one: tuple[Range, ...], other: tuple[Range, ...]) -> Iterator[Range]:
    here, there = 0, 0
    while here < len(one) and there < len(other):
        low, high = max(one[here][0], other[there][0]), min(one[here][1], other[there][1])
        if low <= high:
            yield low, high
        if one[here][1] < other[there][1]:
            here += 1
        else:
            there += 1


def _without(part: Range, low: int, high: int) -> Iterator[Range]:
    if high < part[0] or part[1] < low:
        yield part
        return
    if part[0] < low:
        yield part[0], low - 1
    if high < part[1]:
        yield high + 1, part[1]
