"""Actions: those that policies name, with the Action and NotAction elements, and those that requests are for.

Actions are compared without regard to case.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from __future__ import annotations

import re

from scenarios.access.algebra import FALSE, TRUE, Truth, unknown
from scenarios.access.glob import glob, pattern_of
from scenarios.errors import InputError

_ONE = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9]+\Z")


def one_action(action: str) -> str:
    """The action of a request: one operation of one service, in any case.

    Raises InputError for a pattern, and for a name without a service: a request is never for several actions, and what
    statements say of a pattern is not what they say of each action that it stands for.
    """
    if not _ONE.match(action):
        raise InputError(f"action {action!r} is not one action of a service, such as s3:GetObject")
    return action


class ActionElement:
    """Patterns of actions, or with `negated` (NotAction) of those that the statement leaves out."""

    __slots__ = ("_doubts", "_exact", "_globs", "negated", "patterns")

    def __init__(self, patterns: tuple[str, ...], *, negated: bool, doubts: dict[int, str]) -> None:
        self.patterns = patterns
        self.negated = negated
        self._doubts = tuple(doubts.values())
        sure = [glob(pattern_of(text.lower())) for index, text in enumerate(patterns) if index not in doubts]
        self._exact = frozenset(one.pattern for one in sure if one.exact)
        self._globs = tuple(one for one in sure if not one.exact)

    def matches(self, action: str) -> Truth:
        """Whether the statement is about `action` (lower case)."""
        if action in self._exact or any(one.matches(action) for one in self._globs):
            return FALSE if self.negated else TRUE
        if self._doubts:
            return unknown(*self._doubts)
        return TRUE if self.negated else FALSE
