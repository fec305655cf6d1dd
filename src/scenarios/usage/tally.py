"""The engine of one machine: counts rows as they go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from scenarios.usage.events.row import COLUMNS, Row
from scenarios.usage.groupings import GROUPINGS, Group, Grouping, Groups, ordered

Found = dict[Any, list[Any]]
"""The count, the first and the last time by what rows are grouped by."""

_TIME = COLUMNS.index("event_time")


class Tally:
    """Counts rows for all groupings; tallies of parts add up to that of the whole."""

    def __init__(self) -> None:
        self._counters = [_Counter(grouping) for grouping in GROUPINGS]

    def take(self, rows: Iterable[Row]) -> None:
        """Count the rows."""
        takes = [counter.take for counter in self._counters]
        for row in rows:
            for take in takes:
                take(row)

    def add(self, other: dict[str, Found]) -> None:
        """Add what another tally has counted."""
        for counter in self._counters:
            counter.add(other[counter.name])

    def found(self) -> dict[str, Found]:
        """What was counted, for another tally to add."""
        return {counter.name: counter.found for counter in self._counters}

    def groups(self) -> Groups:
        """The groups of all groupings."""
        return {counter.name: counter.groups() for counter in self._counters}


class _Counter:
    """Counts the rows of one grouping."""

    def __init__(self, grouping: Grouping) -> None:
        self.name = grouping.name
        self._tests = [(COLUMNS.index(one.column), one.values) for one in grouping.conditions]
        self._key = _key(grouping)
        self.found: Found = {}

    def take(self, row: Row) -> None:
        """Count the row, if it is one of this grouping."""
        for place, values in self._tests:
            value = row[place]
            if value is None if values is None else value not in values:
                return
        time = row[_TIME]
        group = self.found.setdefault(self._key(row), [0, time, time])
        group[0] += 1
        if time < group[1]:
            group[1] = time
        elif time > group[2]:
            group[2] = time

    def add(self, other: Found) -> None:
        """Add what another counter of the same grouping has counted."""
        for key, (total, first, last) in other.items():
            group = self.found.setdefault(key, [0, first, last])
            group[0] += total
            group[1], group[2] = min(group[1], first), max(group[2], last)

    def groups(self) -> list[Group]:
        """What was counted."""
        return ordered([Group(key, *group) for key, group in self.found.items()])


def _key(grouping: Grouping) -> Callable[[Row], tuple[Any, ...]]:
    """What a row is grouped by; whole columns, which are most, are had at once."""
    places = [COLUMNS.index(key.column) for key in grouping.keys]
    if all(key.length is None for key in grouping.keys):
        return itemgetter(*places)
    parts = list(zip(places, (key.length for key in grouping.keys), strict=True))

    def of(row: Any) -> tuple[Any, ...]:
        return tuple(row[place] if length is None else row[place][:length] for place, length in parts)

    return of
