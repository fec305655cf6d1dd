"""Which calls are recorded at all, by the selectors of trails.

Beside `coverage.py`, since an account takes a quarter of a second to import, and logs are read without one.
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.account.trail import Trail
from scenarios.trail.audited import Audited, audited
from scenarios.trail.calls import USAGE
from scenarios.usage.answers.coverage import Coverage, service_of


def by_trails(trails: Iterable[Trail], doubt: str | None = None) -> list[Coverage]:
    """The coverage of every call by the trails that are switched on; `doubt` says why they are not surely these."""
    trails = tuple(trails)
    found = ((call, _doubted(audited(trails, call), doubt)) for call in USAGE)
    return [Coverage(service_of(call), call.name, one.recorded, one.because) for call, one in found]


def _doubted(found: Audited, doubt: str | None) -> Audited:
    """Nothing is certain of trails that nobody knows; that none would take the call is worth saying all the same."""
    if doubt is None:
        return found
    return Audited("unknown", f"{doubt}: {found.because}" if found.recorded == "no" else doubt)
