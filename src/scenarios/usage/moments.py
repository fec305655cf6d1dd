"""Times as CloudTrail writes them."""

from __future__ import annotations

from datetime import datetime


def seconds_between(first: str, second: str) -> float | None:
    """The seconds from one time to another; None where one of them is no time."""
    try:
        return (_moment(second) - _moment(first)).total_seconds()
    except (ValueError, TypeError):  # TypeError: one with and one without a zone
        return None


def span(seconds: float) -> str:
    """A length of time in words: `3 d 4 h`, `5 h 12 min`, `40 s`."""
    units = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
    rest, said = int(seconds), []
    for name, size in units:
        if rest >= size:
            said.append(f"{rest // size} {name}")
            rest %= size
    return " ".join(said[:2]) or "0 s"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
