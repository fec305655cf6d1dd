"""Usage as JSON: `scenarios/usage/1`."""

from __future__ import annotations

from dataclasses import asdict

from scenarios.report.json import dump
from scenarios.usage.answers.days import days
from scenarios.usage.usage import Usage

_CALL = ("principal", "service", "api", "model", "outcome", "error_code", "count", "first_seen", "last_seen", "source")


def usage_json(usage: Usage) -> str:
    """`calls` is grouped by all its keys but the count and the two times, so its counts add up to `events.usage`."""
    counts = usage.counts
    return dump(
        {
            "schema": "scenarios/usage/1",
            "files": {"read": counts.files, "problems": [asdict(problem) for problem in counts.problems]},
            "events": {"read": counts.read, "duplicates": counts.duplicates, "usage": counts.usage},
            "coverage": [asdict(one) for one in usage.coverage],
            "calls": [{key: line[key] for key in _CALL} for line in usage.tables["calls"]],
            "findings": [asdict(one) for one in usage.findings],
            "days": [asdict(day) for day in days(usage.tables)],
            "origins": usage.tables["origins"],
            "regions": usage.tables["regions"],
            "messages": usage.tables["messages"],
            "throttling": [asdict(spot) for spot in usage.hot_spots],
            "integrity": None if usage.integrity is None else asdict(usage.integrity),
        }
    )
