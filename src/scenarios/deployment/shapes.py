"""CloudFormation properties as the input of an API operation.

The two spell the same things differently: `BucketName` or `bucketName`, texts for numbers and booleans, tags as a
list or as a mapping. botocore's input shape decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore import xform_name

from scenarios.deployment.provider import Properties


def call(client: Any, operation: str, properties: Properties, **more: Any) -> dict[str, Any]:
    """Call `operation` (`CreateBucket`) with the properties that its input has, and `more` as it is."""
    model = client.meta.service_model.operation_model(operation)
    given = {**fit(model.input_shape, properties), **more} if model.input_shape else more
    answer: dict[str, Any] = getattr(client, xform_name(operation))(**given)
    return answer


def fit(shape: Any, properties: Properties) -> dict[str, Any]:
    """The properties that the structure `shape` has members for, converted; only those count as mapped."""
    members = {name.lower(): name for name in shape.members}
    found: dict[str, Any] = {}
    for key in properties:
        name = members.get(key.lower())
        if name is not None:
            found[name] = convert(shape.members[name], properties[key])
    return found


def convert(shape: Any, value: Any) -> Any:
    """One value in the form that `shape` asks for; what has no place is left as it is, for botocore to refuse."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, value)
    if kind == "list":
        items = value if isinstance(value, list) else [value]
        if isinstance(value, dict):  # tags as a mapping where the operation takes a list
            items = _tag_list(shape, value)
        return [convert(shape.member, item) for item in items]
    if kind == "map":
        if isinstance(value, list):  # tags as a list where the operation takes a mapping
            value = {str(item.get("Key")): item.get("Value") for item in value if isinstance(item, dict)}
        return {str(key): convert(shape.value, item) for key, item in value.items()} if _is_map(value) else value
    return _scalar(kind, value)


def _structure(shape: Any, value: Any) -> Any:
    if getattr(shape, "is_document_type", False) or not isinstance(value, Mapping):
        return value
    members = {name.lower(): name for name in shape.members}
    return {
        members.get(key.lower(), key): convert(shape.members[members[key.lower()]], item)
        if key.lower() in members
        else item
        for key, item in value.items()
    }


def _tag_list(shape: Any, value: Mapping[str, Any]) -> list[Any]:
    members = {name.lower(): name for name in getattr(shape.member, "members", {})}
    if {"key", "value"} <= set(members):
        return [{members["key"]: key, members["value"]: item} for key, item in value.items()]
    return [value]


def _scalar(kind: str, value: Any) -> Any:
    if kind == "string":
        if isinstance(value, Mapping | list):
            return json.dumps(value)
        return text(value)
    if kind in ("integer", "long"):
        return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else value
    if kind in ("float", "double"):
        return _float(value)
    if kind == "boolean" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _float(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def text(value: Any) -> str:
    """A scalar as a text, booleans in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def flag(value: Any, default: bool = False) -> bool:
    """A boolean property, which CloudFormation also takes as a text."""
    if value is None:
        return default
    return value.lower() == "true" if isinstance(value, str) else bool(value)


def fold(values: Mapping[str, Any]) -> dict[str, Any]:
    """Scalar properties by lower-case name."""
    return {key.lower(): value for key, value in values.items() if isinstance(value, str | int | float)}


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)
