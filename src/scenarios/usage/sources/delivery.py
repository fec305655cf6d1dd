"""One log file, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

_NO_EVENTS = ("CloudTrail-Digest", "CloudTrail-Insight", "CloudTrail-NetworkActivity-Insight")


@dataclass(frozen=True)
class Delivery:
    """A file of a source: its `name` for messages; its `path` on this machine, or `fetch`, which gets its bytes.

    `fetch` raises OSError with the cause where they cannot be had.
    """

    name: str
    path: str | None = None
    fetch: Callable[[], bytes] | None = None


class Source(Protocol):
    """What log files are read from."""

    def deliveries(self) -> Iterator[Delivery]:
        """The files, in the order of their names.

        Raises InputError where the source as a whole cannot be read. A part of it that cannot be is a Delivery whose
        bytes cannot be had.
        """
        ...


def holds_events(name: str) -> bool:
    """Whether a file of this path may hold events: digests and Insights lie beside them in the same tree."""
    return not any(f"/{folder}/" in f"/{name}" for folder in _NO_EVENTS)
