"""Which calls are recorded at all, by what the files show.

That no file shows a call does not say that nobody made it. Only selectors say that it is not recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.trail.calls import INFERENCE, USAGE, Call
from scenarios.usage.answers.table import Tables
from scenarios.usage.wanted import Wanted

_RUNTIME = "runtime."
"""SageMaker's events have been seen under the name of its endpoint, too."""
Recorded = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Coverage:
    """Whether a call of a service is recorded, and why that is known or not."""

    service: str
    call: str
    recorded: Recorded
    because: str


def service_of(call: Call) -> str:
    """The service of a call, as rows name it."""
    return call.source.removesuffix(".amazonaws.com")


def by_files(tables: Tables, wanted: Wanted) -> list[Coverage]:
    """The coverage of every call, as far as the files show it; of calls that were not asked for, they show nothing."""
    seen = {(line["service"].removeprefix(_RUNTIME), line["api"]) for line in tables["calls"]}
    none = "no file holds one" if wanted.everything else "none is among those that were asked for"
    return [_by_files(seen, call, none) for call in USAGE]


def _by_files(seen: set[tuple[str, str]], call: Call, none: str) -> Coverage:
    service = service_of(call)
    if (service, call.name) in seen:
        return Coverage(service, call.name, "yes", "the files hold such events")
    kin = [other.name for other in USAGE if _kin(call, other) and (service, other.name) in seen]
    if kin:
        return Coverage(service, call.name, "yes", f"{kin[0]}, which the same selectors take, is in the files")
    return Coverage(service, call.name, "unknown", f"{none}: not made, or not recorded")


def _kin(call: Call, other: Call) -> bool:
    """Whether whatever records the one records the other."""
    if call.source != other.source or call.category != other.category:
        return False
    return call in INFERENCE if call.category == "Management" else call.resource_types == other.resource_types
