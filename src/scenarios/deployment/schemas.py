"""CloudFormation's resource schemas, as they ship with cfn-lint, read one file at a time without importing it.

Source: "Resource type schemas",
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@cache
def schema(resource_type: str) -> dict[str, Any] | None:
    """The schema of a resource type; nothing for a type that AWS does not publish."""
    name = _index().get(resource_type)
    if name is None:
        return None
    found: dict[str, Any] = json.loads((_folder() / "resources" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def primary_identifier(resource_type: str) -> tuple[str, ...]:
    """The properties that identify a resource; their values joined by `|` are its physical id."""
    return tuple(_property(pointer) for pointer in (schema(resource_type) or {}).get("primaryIdentifier", ()))


def read_only(resource_type: str) -> tuple[str, ...]:
    """The properties that only AWS sets: what `Fn::GetAtt` can return, with dotted names."""
    return tuple(_property(pointer) for pointer in (schema(resource_type) or {}).get("readOnlyProperties", ()))


def create_permissions(resource_type: str) -> tuple[str, ...]:
    """The IAM actions that CloudFormation needs to create a resource, the creating one usually first."""
    handlers = (schema(resource_type) or {}).get("handlers", {})
    return tuple(handlers.get("create", {}).get("permissions", ()))


def property_schema(resource_type: str, name: str) -> dict[str, Any]:
    """The schema of one property, by its dotted name; empty where there is none."""
    published = schema(resource_type) or {}
    found: Any = published
    for part in name.split("."):
        found = referred(found, published).get("properties", {}).get(part)
        if not isinstance(found, dict):
            return {}
    return referred(found, published)


def referred(found: dict[str, Any], published: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` to a definition stands for."""
    reference = found.get("$ref")
    if not isinstance(reference, str):
        return found
    target = published.get("definitions", {}).get(reference.rpartition("/")[2])
    return target if isinstance(target, dict) else {}


def _property(pointer: str) -> str:
    return pointer.removeprefix("/properties/").replace("/", ".")


@cache
def _index() -> dict[str, str]:
    found: dict[str, str] = json.loads((_folder() / "providers" / "us-east-1.json").read_text(encoding="utf-8"))
    return found


@cache
def _folder() -> Path:
    spec = find_spec("cfnlint")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("cfn-lint, whose resource schemas are read, is not installed")
    return Path(spec.origin).parent / "data" / "schemas"
