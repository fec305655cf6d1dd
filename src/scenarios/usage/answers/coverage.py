"""Which calls are recorded at all: by the selectors of trails, or by what the files show.

That no file shows a call does not say that nobody made it. Only selectors say that it is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scenarios.account.trail import Trail
from scenarios.trail.calls import INFERENCE, USAGE, Call
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import recorded
from scenarios.usage.answers.table import lines
from scenarios.usage.groupings import Groups

Recorded = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Coverage:
    """Whether a call of a service is recorded, and why that is known or not."""

    service: str
    call: str
    recorded: Recorded
    because: str


def by_trails(trails: Iterable[Trail], doubt: str | None = None) -> list[Coverage]:
    """The coverage of every call by the trails that are switched on; `doubt` says why they are not surely these."""
    active = [trail for trail in trails if trail.logging is not False]
    return [_by_trails(active, call, doubt) for call in USAGE]


def by_files(groups: Groups) -> list[Coverage]:
    """The coverage of every call, as far as the files show it."""
    seen = {(line["service"], line["api"]) for line in lines(groups, "calls")}
    return [_by_files(seen, call) for call in USAGE]


def _service(call: Call) -> str:
    return call.source.removesuffix(".amazonaws.com")


def _by_trails(active: list[Trail], call: Call, doubt: str | None) -> Coverage:
    recording = recorded(active, call)
    kind = (
        "a management event" if call.category == "Management" else f"a data event of {' or '.join(call.resource_types)}"
    )
    if recording.extent is Extent.NONE:
        because = f"{kind}, which no selector takes" if active else "there is no trail that is switched on"
        return Coverage(
            _service(call), call.name, "unknown" if doubt else "no", f"{doubt}: {because}" if doubt else because
        )
    if doubt:
        return Coverage(_service(call), call.name, "unknown", doubt)
    if recording.extent is Extent.PART:
        return Coverage(
            _service(call), call.name, "unknown", f"{kind}, taken in part: narrowed by {recording.narrowed_by}"
        )
    return Coverage(_service(call), call.name, "yes", f"{kind}, which a trail takes")


def _by_files(seen: set[tuple[str, str]], call: Call) -> Coverage:
    service = _service(call)
    if (service, call.name) in seen:
        return Coverage(service, call.name, "yes", "the files hold such events")
    kin = [other.name for other in USAGE if _kin(call, other) and (service, other.name) in seen]
    if kin:
        return Coverage(service, call.name, "yes", f"{kin[0]}, which the same selectors take, is in the files")
    return Coverage(service, call.name, "unknown", "no file holds one: not made, or not recorded")


def _kin(call: Call, other: Call) -> bool:
    """Whether whatever records the one records the other."""
    if call.source != other.source or call.category != other.category:
        return False
    return call in INFERENCE if call.category == "Management" else call.resource_types == other.resource_types
