"""Texts in SQL."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(text: str) -> str:
    """A text as a literal; whatever stands in it stays text."""
    return "'" + text.replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Several texts, as `IN` takes them."""
    return ", ".join(quoted(text) for text in sorted(texts))
