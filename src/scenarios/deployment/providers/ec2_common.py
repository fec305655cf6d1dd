"""What the EC2 providers share."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from scenarios.deployment.provider import Request
from scenarios.deployment.shapes import call, text

_HELD: WeakKeyDictionary[Any, dict[tuple[str, str], Any]] = WeakKeyDictionary()


def held(request: Request) -> dict[tuple[str, str], Any]:
    """What CloudFormation knows of things and EC2 does not show, by kind and id: lives as long as the session."""
    return _HELD.setdefault(request.session, {})


def tag(request: Request, identifier: str) -> None:
    """Tag a new resource with its Tags property."""
    tags = [{"Key": text(tag["Key"]), "Value": text(tag["Value"])} for tag in request.properties.get("Tags") or []]
    if tags:
        request.client("ec2").create_tags(Resources=[identifier], Tags=tags)


def create(request: Request, operation: str, result: str, identity: str, **more: Any) -> dict[str, Any]:
    """Call a creating operation, tag what it made, and give it: `result` is its member of the answer."""
    made: dict[str, Any] = call(request.client("ec2"), operation, request.properties, skip=("Tags",), **more)[result]
    tag(request, made[identity])
    return made


def number(value: Any) -> int | None:
    """A whole number, which CloudFormation may give as a text."""
    return None if value is None or value == "" else int(value)


def texts(value: Any) -> list[str]:
    """A list of texts; a lone one is a list of one."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
