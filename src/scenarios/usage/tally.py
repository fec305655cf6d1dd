"""The engine of one machine: counts rows as they go by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from scenarios.usage.events.row import COLUMNS, Row
from scenarios.usage.groupings import GROUPINGS, Group, Grouping, Groups, ordered

_TIME = COLUMNS.index("event_time")


def tally(rows: Iterable[Row]) -> Groups:
    """The groups of all groupings."""
    counters = [_Counter(grouping) for grouping in GROUPINGS]
    takes = [counter.take for counter in counters]
    for row in rows:
        for take in takes:
            take(row)
    return {counter.name: counter.groups() for counter in counters}


class _Counter:
    """Counts the rows of one grouping."""

    def __init__(self, grouping: Grouping) -> None:
        self.name = grouping.name
        self._tests = [(COLUMNS.index(one.column), one.values) for one in grouping.conditions]
        self._key = _key(grouping)
        self._found: dict[Any, list[Any]] = {}

    def take(self, row: Row) -> None:
        """Count the row, if it is one of this grouping."""
        for place, values in self._tests:
            value = row[place]
            if value is None if values is None else value not in values:
                return
        time = row[_TIME]
        group = self._found.setdefault(self._key(row), [0, time, time])
        group[0] += 1
        if time < group[1]:
            group[1] = time
        elif time > group[2]:
            group[2] = time

    def groups(self) -> list[Group]:
        """What was counted."""
        return ordered([Group(key, *group) for key, group in self._found.items()])


def _key(grouping: Grouping) -> Callable[[Row], tuple[Any, ...]]:
    """What a row is grouped by; whole columns, which are most, are had at once."""
    if all(key.length is None for key in grouping.keys):
        places = [COLUMNS.index(key.column) for key in grouping.keys]
        return itemgetter(*places)
    return lambda row: tuple(key.of(row) for key in grouping.keys)
