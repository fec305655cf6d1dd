"""The claim that a call is audited: whether it is recorded, by the selectors of trails, and why.

What the rules about trails judge and what is said of logs rest on the same table of calls and the same evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scenarios.account.trail import Trail
from scenarios.trail.calls import Call
from scenarios.trail.fields import Extent, Receiver
from scenarios.trail.selectors import logging_trails, recorded


@dataclass(frozen=True, slots=True)
class Audited:
    """Whether a call is recorded: yes, no, or unknown where some of its events are, and why."""

    recorded: Literal["yes", "no", "unknown"]
    because: str


def audited(trails: Iterable[Trail], call: Call, receiver: Receiver | None = None) -> Audited:
    """Whether the trails that are switched on record every event of `call`: to whichever resource, or to `receiver`."""
    active = logging_trails(trails)
    found = recorded(active, call, receiver)
    if not active:
        return Audited("no", "there is no trail that is switched on")
    if found.extent is Extent.NONE:
        return Audited("no", f"{_kind(call)}, which no selector takes")
    if found.extent is Extent.PART:
        return Audited("unknown", f"{_kind(call)}, taken in part: narrowed by {found.narrowed_by}")
    return Audited("yes", f"{_kind(call)}, which a trail takes")


def _kind(call: Call) -> str:
    kinds = {"Management": "a management event", "NetworkActivity": "a network activity event"}
    return kinds.get(call.category) or f"a data event of {' or '.join(call.resource_types)}"
