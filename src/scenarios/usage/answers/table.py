"""The groups as the answers read them: by the names of their keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.usage.events.row import Outcome
from scenarios.usage.groupings import GROUPINGS, Group, Groups

SUCCEEDED = frozenset({Outcome.ACCEPTED.value, Outcome.QUEUED.value, Outcome.ANSWERED.value})
PERMITTED = SUCCEEDED | {Outcome.BLOCKED.value}
"""The caller may make the call, whatever a guardrail did to the answer."""
_NAMES = {
    grouping.name: tuple(key.column if key.length is None else f"{key.column}_{key.length}" for key in grouping.keys)
    for grouping in GROUPINGS
}


Tables = dict[str, list[dict[str, Any]]]
"""The groups by the grouping's name, each as a mapping: its keys, `count`, `first_seen`, `last_seen`."""


def tabled(groups: Groups) -> Tables:
    """The groups, by the names of their keys."""
    return {name: [_line(names, group) for group in groups[name]] for name, names in _NAMES.items()}


def _line(names: tuple[str, ...], group: Group) -> dict[str, Any]:
    line: dict[str, Any] = dict(zip(names, group.keys, strict=True))
    line["count"], line["first_seen"], line["last_seen"] = group.total, group.first_seen, group.last_seen
    return line


@dataclass
class Sum:
    """Events counted together, with the first and the last time."""

    count: int = 0
    first_seen: str = ""
    last_seen: str = ""

    def add(self, line: Mapping[str, Any]) -> None:
        """Count one more group."""
        self.count += line["count"]
        self.first_seen = min(filter(None, (self.first_seen, line["first_seen"])), default="")
        self.last_seen = max(self.last_seen, line["last_seen"])


def sums(found: Iterable[Mapping[str, Any]], *keys: str) -> dict[tuple[Any, ...], Sum]:
    """The groups added up by some of their keys, in the order in which they come."""
    totals: dict[tuple[Any, ...], Sum] = {}
    for line in found:
        totals.setdefault(tuple(line[key] for key in keys), Sum()).add(line)
    return totals
