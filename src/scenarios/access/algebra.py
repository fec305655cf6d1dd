"""Truth in three values, and the algebra over which the decision formula is written.

The formula (`formula.py`) asks only for what `Algebra` names. Here it runs over `Ternary`, whose unknowns carry their
reasons; another algebra, such as one that builds circuits for a prover, can run the very same formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Truth:
    """True, false, or unknown with reasons. Compare with `is TRUE` and `is FALSE`: anything else is unknown.

    `likely` is the better guess where AWS's pages leave something open. No verdict rests on it: it only answers bare
    cases, which have no word for unknown.
    """

    __slots__ = ("likely", "reasons", "value")

    def __init__(self, value: bool | None, reasons: tuple[str, ...] = (), *, likely: bool = False) -> None:
        self.value = value
        self.reasons = reasons
        self.likely = likely

    def __repr__(self) -> str:
        return "TRUE" if self.value else "FALSE" if self.value is False else f"unknown({'; '.join(self.reasons)})"


TRUE = Truth(True, likely=True)
FALSE = Truth(False)


def unknown(*reasons: str, likely: bool = False) -> Truth:
    """The truth that nobody can know here, because of `reasons`."""
    return Truth(None, tuple(dict.fromkeys(reasons)), likely=likely)


def known(value: bool) -> Truth:
    """The truth of something that is known."""
    return TRUE if value else FALSE


class Algebra(Protocol[T]):
    """What the decision formula needs: two constants and four connectives over some kind of truth."""

    @property
    def true(self) -> T: ...

    @property
    def false(self) -> T: ...

    def all_of(self, parts: Iterable[T]) -> T:
        """True where every part is; true of nothing."""
        ...

    def any_of(self, parts: Iterable[T]) -> T:
        """True where some part is; false of nothing."""
        ...

    def negate(self, part: T) -> T:
        """True where the part is false."""
        ...

    def choose(self, condition: T, then: T, otherwise: T) -> T:
        """`then` where the condition is true, `otherwise` where it is false."""
        ...


class Ternary:
    """Kleene's logic: an unknown stays unknown unless the other parts settle the whole; reasons travel along."""

    true = TRUE
    false = FALSE

    def all_of(self, parts: Iterable[Truth]) -> Truth:
        """False as soon as one part is; unknown for the reasons of the unknown parts."""
        open_: list[Truth] = []
        for part in parts:
            if part is FALSE:
                return FALSE
            if part is not TRUE:
                open_.append(part)
        return _all_open(open_) if open_ else TRUE

    def any_of(self, parts: Iterable[Truth]) -> Truth:
        """True as soon as one part is; unknown for the reasons of the unknown parts."""
        open_: list[Truth] = []
        for part in parts:
            if part is TRUE:
                return TRUE
            if part is not FALSE:
                open_.append(part)
        return _any_open(open_) if open_ else FALSE

    def negate(self, part: Truth) -> Truth:
        """The opposite; an unknown stays unknown."""
        if part.value is None:
            return Truth(None, part.reasons, likely=not part.likely)
        return FALSE if part is TRUE else TRUE

    def choose(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        """Where the condition is unknown the answer is still known if both ways agree."""
        if condition is TRUE or then is otherwise:
            return then
        if condition is FALSE:
            return otherwise
        chosen = then if condition.likely else otherwise
        return unknown(*condition.reasons, *then.reasons, *otherwise.reasons, likely=chosen.likely)


def _all_open(parts: list[Truth]) -> Truth:
    return parts[0] if len(parts) == 1 else unknown(*_reasons(parts), likely=all(part.likely for part in parts))


def _any_open(parts: list[Truth]) -> Truth:
    return parts[0] if len(parts) == 1 else unknown(*_reasons(parts), likely=any(part.likely for part in parts))


def _reasons(parts: list[Truth]) -> tuple[str, ...]:
    return tuple(reason for part in parts for reason in part.reasons)


TERNARY = Ternary()
