"""What `Fn::GetAtt` returns: what the provider said, else a property of that name, else a stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import RefusedError
from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Stack
from scenarios.deployment.schemas import property_schema, read_only, schema
from scenarios.deployment.scope import Made
from scenarios.finding import PropertyPath

_LONGEST = 40
_ADDRESSES = {
    "AWS::EC2::Instance": ("PrivateIp",),
    "AWS::EC2::NetworkInterface": ("PrimaryPrivateIpAddress",),
}
"""The attributes that are an interface's primary private address."""


def attribute(made: Made, logical_id: str, name: str, stack: Stack, frame: Frame, path: PropertyPath) -> Any:
    """The value of one attribute; doubts about it go to `frame`.

    Raises RefusedError for an attribute that the type does not have.
    """
    top = name.partition(".")[0]
    if made.closed and name not in made.attributes:
        raise RefusedError(f"{logical_id} has no {name}{_hint(name, list(made.attributes))}")
    if made.opaque is None:
        _check(made.type, logical_id, name, made)
    if made.lost:
        frame.lose(path, logical_id, made.lost)
    if {name, top} & made.secrets:
        frame.secrets.add(path)
    if (reason := made.doubts.get(name) or made.doubts.get(top)) is not None:
        frame.doubt(path, reason)
    if name in _ADDRESSES.get(made.type, ()):
        frame.name(path, frozenset({logical_id}))
    if made.attributes.get(name) is not None:
        return made.attributes[name]
    if name in made.properties:
        return made.properties[name]
    frame.doubt(path, made.opaque or f"attribute {name} of {logical_id} is not known before deployment")
    return stand_in(made.type, f"new{logical_id}" if made.again else logical_id, name, stack)


def _check(resource_type: str, logical_id: str, name: str, made: Made) -> None:
    """AWS refuses an attribute that the type's schema does not name; only the first part is looked at."""
    published = schema(resource_type)
    top = name.partition(".")[0]
    if published is None or top in published.get("properties", {}) or name in made.attributes:
        return
    listed = read_only(resource_type)
    if any(top == other.partition(".")[0] for other in listed):
        return
    raise RefusedError(f"{logical_id} ({resource_type}) has no attribute {name}{_hint(name, listed)}")


def _hint(name: str, listed: Iterable[str]) -> str:
    close = get_close_matches(name, listed, 1)
    return f"; did you mean {close[0]}?" if close else ""


def stand_in(resource_type: str, logical_id: str, name: str, stack: Stack) -> Any:
    """A value of the attribute's type, where nobody knows the real one."""
    kind = property_schema(resource_type, name).get("type")
    word = re.sub(r"[^a-z0-9]", "", (logical_id + name).lower())
    text = f"unknown-{word if len(word) <= _LONGEST else word[: _LONGEST - 8] + digest(word, 8).lower()}"
    if name.lower().endswith("arn"):
        service = resource_type.split("::")[1].lower() if resource_type.startswith("AWS::") else "unknown"
        text = f"arn:{stack.partition}:{service}:{stack.region}:{stack.account_id}:{text}"
    if kind == "array":
        return [text]
    if kind in ("integer", "number"):
        return 1
    if kind == "boolean":
        return False
    return {} if kind == "object" else text
