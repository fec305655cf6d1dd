"""What the check of integrity finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["digest", "log"]


@dataclass(frozen=True)
class Entry:
    """A file, and what is said of it. `logs` is how many matching log files hang on a digest that is not verified."""

    kind: Kind
    file: str
    because: str
    logs: int = 0


@dataclass(frozen=True)
class Break:
    """A place where a chain of digests does not go on: from the `until` of the older one to the `since` of the newer.

    `older` is None where nothing older of the chain is there.
    """

    chain: str
    newer: str
    older: str | None
    until: str | None
    since: str


@dataclass
class Part:
    """How much of a chain there is: the digests that could be read, from when to when."""

    chain: str
    digests: int = 0
    since: str = ""
    until: str = ""


@dataclass
class Count:
    """Digests that were read, or logs that digests name. `matching` logs have the hash that an unverified one says."""

    total: int = 0
    verified: int = 0
    matching: int = 0


@dataclass
class Integrity:
    """Everything that was found. A file of `altered` or `missing` is no longer what CloudTrail delivered.

    `gaps` are digests that are missing between two others; `restarts` digests that begin a chain anew though older
    ones are there: logging or its validation was off in between. `beginnings` are the oldest digests that name one
    before them which is not there: the copy begins there, or what was before is gone.
    """

    digests: Count = field(default_factory=Count)
    logs: Count = field(default_factory=Count)
    altered: list[Entry] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    unverifiable: list[Entry] = field(default_factory=list)
    gaps: list[Break] = field(default_factory=list)
    restarts: list[Break] = field(default_factory=list)
    beginnings: list[Break] = field(default_factory=list)
    chains: list[Part] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether a file was altered or is missing."""
        return bool(self.altered or self.missing)
