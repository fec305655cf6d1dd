"""The condition operators: how each compares one value of a policy with one value of the request.

A *test* is compiled from the policy's value. It answers whether the request's value matches, or nothing where AWS does
not say. A value that is malformed for its operator matches nothing.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from typing import Any

from scenarios.access.glob import ANY, glob

Test = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """`compile` makes a test of a policy's value: a pattern where `variables` (string and ARN operators) are allowed,
    plain text otherwise. `compile_open` does so where an unknown variable left a wildcard in the pattern."""

    compile: Callable[[str], Test]
    negated: bool = False
    variables: bool = False
    wildcards: bool = False

    def compile_open(self, pattern: str) -> Test:
        """A test that matches every value which some value of the variable would match."""
        return self.compile(pattern) if self.wildcards else _like(pattern)


def _equals(pattern: str) -> Test:
    return lambda value: value == pattern


def _equals_ignoring_case(pattern: str) -> Test:
    wanted = pattern.lower()
    return lambda value: value.lower() == wanted


def _like(pattern: str) -> Test:
    return glob(pattern).matches


def _arn(pattern: str) -> Test:
    """Each of the six parts by itself, so that `*` crosses no colon but those of the resource part.

    A pattern with fewer parts (`*`, `arn:aws:bedrock:*`) is no ARN. Whether it still matches AWS does not say.
    """
    parts = pattern.split(":", 5)
    if len(parts) < 6:
        whole = glob(pattern)
        return lambda value: None if ANY in pattern and whole.matches(value) else False
    globs = [glob(part) for part in parts]

    def test(value: str) -> bool:
        given = value.split(":", 5)
        return len(given) == 6 and all(one.matches(part) for one, part in zip(globs, given, strict=True))

    return test


def _bool(text: str) -> Test:
    wanted = text.lower()
    return lambda value: value.lower() == wanted


def _binary(text: str) -> Test:
    wanted = _decoded(text)
    return lambda value: wanted is not None and _decoded(value) == wanted


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def _ip(text: str) -> Test:
    """An address within a range; a bare address is a range of one, and neither family lies in the other's ranges."""
    try:
        network = ipaddress.ip_network(_cidr(text), strict=False)
    except ValueError:
        return lambda _: False

    def test(value: str) -> bool:
        try:
            return ipaddress.ip_address(value) in network
        except ValueError:
            return False

    return test


def _cidr(text: str) -> str:
    """The text where it is a range as AWS writes it. Raises ValueError for one with a mask, which Python takes too."""
    if (length := text.partition("/")[2]) and not length.isdecimal():
        raise ValueError(text)
    return text


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _ordered(parse: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Callable[[str], Test]:
    def build(text: str) -> Test:
        wanted = parse(text)

        def test(value: str) -> bool:
            given = parse(value)
            return wanted is not None and given is not None and compare(given, wanted)

        return test

    return build


_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def _number(text: str) -> Decimal | None:
    """A number as JSON and AWS write it; Python would also take underscores and digits of other scripts."""
    try:
        return Decimal(text.strip()) if _NUMBER.fullmatch(text.strip()) else None
    except InvalidOperation:
        return None


_DATE = re.compile(r"(\d{4})(?:(-\d\d)(?:(-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)


def _moment(text: str) -> Decimal | None:
    """Seconds since the epoch, from the number itself or from a date in one of the W3C's forms of ISO 8601.

    Source: "Date and Time Formats", https://www.w3.org/TR/NOTE-datetime
    """
    form = _DATE.fullmatch(text)
    if form is None:  # four digits alone are a year
        return _number(text)
    year, month, day, time = form.groups()
    try:
        moment = datetime.fromisoformat(f"{year}{month or '-01'}{day or '-01'}{time or ''}")
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Decimal(str((moment - _EPOCH).total_seconds()))


def _family(prefix: str, parse: Callable[[str], Any]) -> dict[str, Operator]:
    comparisons = {
        "equals": eq,
        "lessthan": lt,
        "lessthanequals": le,
        "greaterthan": gt,
        "greaterthanequals": ge,
    }
    family = {prefix + name: Operator(_ordered(parse, compare)) for name, compare in comparisons.items()}
    return family | {prefix + "notequals": Operator(_ordered(parse, eq), negated=True)}


def _text(compile_: Callable[[str], Test], *, negated: bool = False, wildcards: bool = False) -> Operator:
    return Operator(lru_cache(maxsize=8192)(compile_), negated=negated, variables=True, wildcards=wildcards)


OPERATORS: dict[str, Operator] = {
    "stringequals": _text(_equals),
    "stringnotequals": _text(_equals, negated=True),
    "stringequalsignorecase": _text(_equals_ignoring_case),
    "stringnotequalsignorecase": _text(_equals_ignoring_case, negated=True),
    "stringlike": _text(_like, wildcards=True),
    "stringnotlike": _text(_like, negated=True, wildcards=True),
    "arnequals": _text(_arn, wildcards=True),
    "arnlike": _text(_arn, wildcards=True),
    "arnnotequals": _text(_arn, negated=True, wildcards=True),
    "arnnotlike": _text(_arn, negated=True, wildcards=True),
    **_family("numeric", _number),
    **_family("date", _moment),
    "bool": Operator(_bool),
    "binaryequals": Operator(_binary),
    "ipaddress": Operator(_ip),
    "notipaddress": Operator(_ip, negated=True),
}
"""Every operator but Null, by lower-case name without set operator and IfExists."""
