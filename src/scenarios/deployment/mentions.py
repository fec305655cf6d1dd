"""Which names an expression mentions, whether its branches are taken or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.deployment.resolve import PLACE


def mentioned(value: Any) -> Iterator[str]:
    """The parameters and resources of every Ref, Fn::GetAtt and Fn::Sub within a value."""
    if isinstance(value, list):
        for item in value:
            yield from mentioned(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _named(key, item)
            yield from mentioned(item)


def _named(key: str, argument: Any) -> Iterator[str]:
    first = argument[0] if isinstance(argument, list) and argument else argument
    if not isinstance(first, str):
        return
    if key == "Ref":
        yield first
    elif key == "Fn::GetAtt":
        yield first.partition(".")[0]
    elif key == "Fn::Sub":
        yield from (match[2].strip().partition(".")[0] for match in PLACE.finditer(first) if not match[1])
