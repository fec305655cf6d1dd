"""A finding about usage."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.finding import Severity


@dataclass(frozen=True)
class Notice:
    """Something that a reviewer should look at: `finding` is its kind, the rest is where and how often."""

    finding: str
    severity: Severity
    message: str
    principal: str | None = None
    model: str | None = None
    count: int = 0
    first_seen: str = ""
    last_seen: str = ""
    account: str | None = None
    region: str | None = None
