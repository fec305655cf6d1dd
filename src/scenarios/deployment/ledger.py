"""The ledger: what became of each resource of a template."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a resource."""

    DEPLOYED = "deployed"
    RECORDED = "recorded"  # no API call was made; plausible Ref and attributes only
    PARTIAL = "partial"  # created, but some properties could not be mapped
    UNSUPPORTED = "unsupported"
    FAILED = "failed"
    SKIPPED = "skipped"  # its condition is false, or it waits on a failed one


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource's line. `unmapped` are dotted property paths that the emulated account does not show."""

    logical_id: str
    type: str
    status: Status
    physical_id: str | None = None
    unmapped: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def absent(self) -> bool:
        """Whether there is no such resource, since its condition is false."""
        return self.status is Status.SKIPPED and self.reason is None
