"""Properties that have not the form that their type's schema asks for: what is missing, what is of another kind.

Only a resource that could not be made is looked at: CloudFormation is more lenient than its schemas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.deployment.schemas import referred, schema

_DEEPEST = 12


def malformed(resource_type: str, properties: Mapping[str, Any], missing: str = "") -> str | None:
    """What is wrong with the properties; `missing` is the name of one that was looked for, if that is known."""
    published = schema(resource_type) or {}
    found = list(_object(properties, published, published, ""))
    wrong = [text for text in found if not missing or text.endswith(f"{missing} is missing")]
    if missing and not wrong:
        return f"property {missing} is missing" if missing[:1].isupper() and missing.isalnum() else None
    return wrong[0] if wrong else None


def _object(value: Mapping[str, Any], shape: dict[str, Any], published: dict[str, Any], path: str) -> Iterator[str]:
    for name in shape.get("required", ()):
        if name not in value:
            yield f"property {path}{name} is missing"
    for name, item in value.items():
        inner = shape.get("properties", {}).get(name)
        if isinstance(inner, dict):
            yield from _value(item, referred(inner, published), published, f"{path}{name}")


def _value(value: Any, shape: dict[str, Any], published: dict[str, Any], path: str) -> Iterator[str]:
    kind = shape.get("type")
    if kind == "array":
        if not isinstance(value, list):
            yield f"property {path} is not a list"
            return
        items = referred(shape.get("items", {}), published)
        for index, item in enumerate(value):
            yield from _value(item, items, published, f"{path}.{index}")
    elif kind == "object":
        if not isinstance(value, Mapping):
            yield f"property {path} is not a mapping"
        elif path.count(".") < _DEEPEST:
            yield from _object(value, shape, published, f"{path}.")
    elif kind in ("string", "integer", "number", "boolean") and isinstance(value, Mapping | list):
        yield f"property {path} is not a single value"
