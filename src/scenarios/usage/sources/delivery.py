"""One log file, wherever it lies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

ENDINGS = (".json", ".json.gz", ".gz", ".jsonl", ".ndjson")
_NO_EVENTS = ("CloudTrail-Digest", "CloudTrail-Insight", "CloudTrail-NetworkActivity-Insight")
_BODIES = re.compile(r"/BedrockModelInvocationLogs/(?:[^/]+/)*data/")


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


def is_log(name: str) -> bool:
    """Whether a file's name ends as those of logs do."""
    return name.lower().endswith(ENDINGS)


def holds_events(name: str) -> bool:
    """Whether a file of this path may hold events: digests and Insights lie beside them in the same tree, and large
    bodies in a `data` folder beside the log of model invocations.

    https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
    """
    path = f"/{name}"
    return not any(f"/{folder}/" in path for folder in _NO_EVENTS) and _BODIES.search(path) is None


def unreadable(name: str, cause: str) -> Delivery:
    """A part of a source that cannot be had."""

    def fetch() -> bytes:
        raise OSError(cause)

    return Delivery(name, fetch=fetch)
