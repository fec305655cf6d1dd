"""The Resource and NotResource elements: ARNs with wildcards and variables, compared with regard to case.

A `*` stays within its part of the ARN (the parts are separated by colons) unless it is the part's last character.
Whether one inside a part may still cross a colon of the resource's own name is not documented: then the match is
unknown.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from scenarios.access.algebra import FALSE, TRUE, Truth, unknown
from scenarios.access.facts import Facts
from scenarios.access.glob import ANY, ONE, glob
from scenarios.access.variables import Template, template

_CROSSING = "AWS does not say whether * inside a part of an ARN crosses a colon"


class ResourceElement:
    """Patterns of resource ARNs, or with `negated` (NotResource) of those that the statement leaves out."""

    def __init__(self, texts: tuple[str, ...], version: str, *, negated: bool, doubts: Mapping[int, str]) -> None:
        """`doubts` says why the texts at these places are uncertain."""
        self.negated = negated
        self._texts = tuple(text for index, text in enumerate(texts) if index not in doubts)
        self._version = version
        self._doubts = tuple(doubts.values())

    @property
    def texts(self) -> tuple[str, ...]:
        """The certain ones of its patterns, as written."""
        return self._texts

    @cached_property
    def _patterns(self) -> tuple[tuple[ArnPattern, ...], tuple[Template, ...]]:
        """Patterns, and apart those with variables. Most statements are about other actions and never need them."""
        templates = [template(text, self._version, wildcards=True) for text in self._texts]
        static = tuple(arn_pattern(one.static) for one in templates if one.static is not None)
        return static, tuple(one for one in templates if one.static is None)

    def matches(self, resource: str, facts: Facts) -> Truth:
        """Whether the statement is about `resource`."""
        static, variable = self._patterns
        reasons: tuple[str, ...] = self._doubts
        for pattern in static:
            matched = pattern.matches(resource)
            if matched is TRUE:
                return FALSE if self.negated else TRUE
            reasons += matched.reasons
        for one in variable:
            matched = self._resolved(one, resource, facts)
            if matched is TRUE:
                return FALSE if self.negated else TRUE
            reasons += matched.reasons
        if reasons:
            return unknown(*reasons, likely=self.negated)
        return TRUE if self.negated else FALSE

    def _resolved(self, one: Template, resource: str, facts: Facts) -> Truth:
        """A pattern with variables, filled in for this request."""
        resolved = one.resolve(facts)
        if resolved.pattern is None:
            # In Resource a variable without a value matches nothing; for NotResource AWS does not say.
            return unknown(f"AWS does not say what NotResource {one.text} leaves out") if self.negated else FALSE
        matched = ArnPattern(resolved.pattern).matches(resource)
        return unknown(*resolved.reasons, *matched.reasons) if resolved.reasons and matched is not FALSE else matched


class ArnPattern:
    """A resource pattern, ready to be held against ARNs (or `*`, the resource of actions that have none)."""

    __slots__ = ("_colons", "_glob", "_inner_star", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._glob = glob(pattern)
        self._inner_star = any(ANY in part[:-1] for part in pattern.split(":"))
        self._colons = pattern.count(":")

    def matches(self, arn: str) -> Truth:
        """Whether it matches; unknown where only a `*` that crosses a colon would make it match."""
        if not self._glob.matches(arn):
            return FALSE
        if not self._inner_star or self._colons == arn.count(":") or _matches_within_parts(self._pattern, arn):
            return TRUE
        return unknown(_CROSSING)


arn_pattern = lru_cache(maxsize=65536)(ArnPattern)


def _matches_within_parts(pattern: str, text: str) -> bool:
    """The strict reading: an inner `*` matches no colon. One pass over the text for each character of the pattern."""
    places = {0}
    for index, token in enumerate(pattern):
        if not places:
            return False
        if token == ANY:
            final = index + 1 == len(pattern) or pattern[index + 1] == ":"
            places = _spread(places, text, crossing=final)
        else:
            places = {at + 1 for at in places if at < len(text) and (token == ONE or text[at] == token)}
    return len(text) in places


def _spread(places: set[int], text: str, *, crossing: bool) -> set[int]:
    """Every place that a `*` can end at, beginning at one of `places`."""
    reached: set[int] = set()
    for start in sorted(places):
        at = start
        while at not in reached:
            reached.add(at)
            if at == len(text) or (text[at] == ":" and not crossing):
                break
            at += 1
    return reached
