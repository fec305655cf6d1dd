"""What is counted: each question about usage is a grouping of rows, written once for every engine.

The tally (`tally.py`) counts them as rows go by; `sql/report.py` writes them as SQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from scenarios.trail.calls import CHANGES
from scenarios.usage.events.row import Kind, Outcome

_MINUTE, _HOUR = 16, 13


@dataclass(frozen=True)
class Key:
    """One thing that rows are grouped by: a column, or the first `length` letters of one."""

    column: str
    length: int | None = None


@dataclass(frozen=True)
class Condition:
    """Which rows are counted: those whose column is one of `values`, or is there at all where `values` is None."""

    column: str
    values: frozenset[str] | None = None


@dataclass(frozen=True)
class Grouping:
    """Rows that meet all conditions, counted by their keys, with the first and the last time of each."""

    name: str
    keys: tuple[Key, ...]
    conditions: tuple[Condition, ...] = ()


class Group(NamedTuple):
    """The rows of one combination of keys."""

    keys: tuple[Any, ...]
    total: int
    first_seen: str
    last_seen: str


Groups = dict[str, list[Group]]
"""The groups by the grouping's name, the largest first, then by their keys."""


def _keys(*columns: str) -> tuple[Key, ...]:
    return tuple(Key(column) for column in columns)


_USAGE = Condition("kind", frozenset({Kind.USAGE.value}))

GROUPINGS: tuple[Grouping, ...] = (
    Grouping("calls", _keys("principal", "service", "api", "model", "outcome", "error_code", "source"), (_USAGE,)),
    Grouping(
        "messages", _keys("principal", "model", "error_code", "error_message"), (_USAGE, Condition("error_message"))
    ),
    Grouping("origins", _keys("source_kind", "source", "service", "outcome"), (_USAGE,)),
    Grouping("regions", _keys("region", "inference_region", "model"), (_USAGE,)),
    Grouping("callers", _keys("principal", "principal_type", "mfa", "bearer_key", "outcome"), (_USAGE,)),
    Grouping("hours", (*_keys("account", "region"), Key("event_time", _HOUR), *_keys("outcome")), (_USAGE,)),
    Grouping(
        "throttled",
        (*_keys("principal", "model"), Key("event_time", _MINUTE)),
        (_USAGE, Condition("outcome", frozenset({Outcome.THROTTLED.value}))),
    ),
    Grouping(
        "changes",
        _keys("event_time", "account", "region", "principal", "service", "api", "error_code", "event_id", "details"),
        (Condition("api", CHANGES),),
    ),
)


def ordered(groups: list[Group]) -> list[Group]:
    """The largest first, then by their keys; what is not there comes first."""
    return sorted(groups, key=lambda group: (-group.total, tuple(_sortable(key) for key in group.keys)))


def _sortable(value: str | bool | None) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value
