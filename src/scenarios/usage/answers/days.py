"""What became of the calls, day by day."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.usage.answers.table import Tables

_HOUR, _DAY = "event_time_13", 10


@dataclass
class Day:
    """A day (UTC): its calls by their outcome."""

    day: str
    count: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)


def days(tables: Tables) -> list[Day]:
    """The days that have calls, in their order."""
    found: dict[str, Day] = {}
    for line in tables["hours"]:
        name = line[_HOUR][:_DAY]
        day = found.setdefault(name, Day(name))
        day.count += line["count"]
        day.outcomes[line["outcome"]] = day.outcomes.get(line["outcome"], 0) + line["count"]
    return sorted(found.values(), key=lambda day: day.day)
