"""What the EC2 providers share."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Request


def tag(request: Request, identifier: str) -> None:
    """Tag a new resource with its Tags property."""
    tags = [{"Key": str(tag["Key"]), "Value": str(tag["Value"])} for tag in request.properties.get("Tags") or []]
    if tags:
        request.client("ec2").create_tags(Resources=[identifier], Tags=tags)


def ec2(request: Request, operation: str, **given: Any) -> Any:
    """Call an EC2 operation without the arguments that are absent."""
    present = {key: value for key, value in given.items() if value is not None and value != []}
    return getattr(request.client("ec2"), operation)(**present)


def number(value: Any) -> int | None:
    """A whole number, which CloudFormation may give as a text."""
    return None if value is None or value == "" else int(value)


def texts(value: Any) -> list[str]:
    """A list of texts; a lone one is a list of one."""
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
