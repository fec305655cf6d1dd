"""Matching with wildcards, in time that no pattern can blow up.

A *pattern* is a text in which `ANY` stands for any run of characters and `ONE` for exactly one; every other character
stands for itself. So a `*` that comes from a variable's value, or from the escape `${*}`, is no wildcard.
"""

from __future__ import annotations

from functools import lru_cache

ANY = "\ue000"
ONE = "\ue001"


def pattern_of(text: str) -> str:
    """The pattern of a text in which `*` and `?` are wildcards."""
    return literal(text).replace("*", ANY).replace("?", ONE)


def literal(text: str) -> str:
    """The pattern that matches this text alone."""
    if ANY in text or ONE in text:  # private-use characters: no policy that AWS accepts has them
        return text.replace(ANY, "\ufffd").replace(ONE, "\ufffd")
    return text


class Glob:
    """A compiled pattern; `matches` runs in time proportional to the text times the longest literal piece."""

    __slots__ = ("_first", "_last", "_middle", "_plain", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        pieces = pattern.split(ANY)
        self._plain = pattern if len(pieces) == 1 else None
        self._first, self._last = pieces[0], pieces[-1]
        self._middle = tuple(piece for piece in pieces[1:-1] if piece)

    @property
    def universal(self) -> bool:
        """Whether it matches every text."""
        return self._plain is None and not (self._first or self._last or self._middle)

    @property
    def exact(self) -> bool:
        """Whether it matches one text only: itself."""
        return self._plain is not None and ONE not in self.pattern

    def matches(self, text: str) -> bool:
        """Whether the whole of `text` matches."""
        if self._plain is not None:
            return len(text) == len(self._plain) and _at(self._plain, text, 0)
        first, last = self._first, self._last
        end = len(text) - len(last)
        if len(first) > end or not _at(first, text, 0) or not _at(last, text, end):
            return False
        start = len(first)
        for piece in self._middle:
            found = _find(piece, text, start, end)
            if found < 0:
                return False
            start = found + len(piece)
        return True


@lru_cache(maxsize=65536)
def glob(pattern: str) -> Glob:
    """The compiled pattern, from the cache where it was compiled before."""
    return Glob(pattern)


def _at(piece: str, text: str, start: int) -> bool:
    """Whether `piece` (without `ANY`) stands in `text` at `start`."""
    if ONE not in piece:
        return text.startswith(piece, start)
    if len(text) - start < len(piece):
        return False
    return all(one in (ONE, other) for one, other in zip(piece, text[start:], strict=False))


def _find(piece: str, text: str, start: int, end: int) -> int:
    """The first place at which `piece` stands within `text[start:end]`, or -1."""
    if ONE not in piece:
        return text.find(piece, start, end)
    return next((place for place in range(start, end - len(piece) + 1) if _at(piece, text, place)), -1)
