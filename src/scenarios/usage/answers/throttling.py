"""Where calls were throttled: who, which model, and in which minute most."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.usage.answers.table import Tables

_MINUTE = "event_time_16"


@dataclass
class HotSpot:
    """A principal and a model: how many calls were throttled, in how many minutes, and the worst of these."""

    principal: str
    model: str | None
    count: int = 0
    minutes: int = 0
    peak: int = 0
    peak_minute: str = ""


def hot_spots(tables: Tables) -> list[HotSpot]:
    """The most throttled first."""
    found: dict[tuple[str, str | None], HotSpot] = {}
    for line in tables["throttled"]:
        spot = found.setdefault((line["principal"], line["model"]), HotSpot(line["principal"], line["model"]))
        spot.count += line["count"]
        spot.minutes += 1
        if (line["count"], spot.peak_minute) > (spot.peak, line[_MINUTE]):
            spot.peak, spot.peak_minute = line["count"], line[_MINUTE]
    return sorted(found.values(), key=lambda spot: (-spot.count, spot.principal, spot.model or ""))
