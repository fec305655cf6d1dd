"""Which calls are recorded at all, by the selectors of trails.

Beside `coverage.py`, since an account takes a quarter of a second to import, and logs are read without one.
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.account.trail import Trail
from scenarios.trail.calls import USAGE, Call
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import recorded
from scenarios.usage.answers.coverage import Coverage, service_of


def by_trails(trails: Iterable[Trail], doubt: str | None = None) -> list[Coverage]:
    """The coverage of every call by the trails that are switched on; `doubt` says why they are not surely these."""
    active = [trail for trail in trails if trail.logging is not False]
    return [_by_trails(active, call, doubt) for call in USAGE]


def _by_trails(active: list[Trail], call: Call, doubt: str | None) -> Coverage:
    recording = recorded(active, call)
    kind = (
        "a management event" if call.category == "Management" else f"a data event of {' or '.join(call.resource_types)}"
    )
    if recording.extent is Extent.NONE:
        because = f"{kind}, which no selector takes" if active else "there is no trail that is switched on"
        return Coverage(
            service_of(call), call.name, "unknown" if doubt else "no", f"{doubt}: {because}" if doubt else because
        )
    if doubt:
        return Coverage(service_of(call), call.name, "unknown", doubt)
    if recording.extent is Extent.PART:
        return Coverage(
            service_of(call), call.name, "unknown", f"{kind}, taken in part: narrowed by {recording.narrowed_by}"
        )
    return Coverage(service_of(call), call.name, "yes", f"{kind}, which a trail takes")
