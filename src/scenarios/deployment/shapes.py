"""CloudFormation properties as the input of an API operation.

The two spell the same things differently: `BucketName` or `bucketName`, texts for numbers and booleans, tags as a
list or as a mapping. botocore's input shape decides. What the shape has no place for is left out and told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from botocore import xform_name

from scenarios.deployment.provider import Properties

_NAMES_OTHERS = ("arn", "id", "identifier", "name")
"""How the name of a property ends that names another resource."""

Lose = Callable[[str], None]
"""Takes the dotted path of a part that has no place in the shape."""


def call(
    client: Any,
    operation: str,
    properties: Properties,
    /,
    *,
    rename: Mapping[str, str] | None = None,
    skip: Collection[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """Call `operation` (`CreateBucket`) with the properties that its input has, and `more` as it is.

    `rename` maps property names to the input's where they differ by more than case; properties in `skip` are left for
    other calls. Raises what boto3 raises.
    """
    shape = client.meta.service_model.operation_model(operation).input_shape
    given = {**fit(shape, properties, rename or {}, skip), **more} if shape else more
    answer: dict[str, Any] = getattr(client, xform_name(operation))(**given)
    return answer


def fit(
    shape: Any, properties: Properties, rename: Mapping[str, str] | None = None, skip: Collection[str] = ()
) -> dict[str, Any]:
    """The properties that the structure `shape` has members for, converted; only those count as mapped."""
    members = {name.lower(): name for name in shape.members}
    found: dict[str, Any] = {}
    for key in properties:
        name = members.get((rename or {}).get(key, key).lower())
        if name is not None and key not in skip:
            found[name] = convert(shape.members[name], properties[key], properties.lose, key)
    return found


def member(client: Any, operation: str, *path: str) -> Any:
    """The shape of an input's member, nested ones by further names."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    for name in path:
        shape = shape.members[name]
    return shape


def convert(shape: Any, value: Any, lose: Lose = lambda _: None, path: str = "") -> Any:
    """One value in the form that `shape` asks for; a value of another kind is left as it is, for botocore to refuse."""
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, value, lose, path)
    if kind == "list":
        return _list(shape, value, lose, path)
    if kind == "map":
        return _map(shape, value, lose, path)
    return _scalar(kind, value)


def _list(shape: Any, value: Any, lose: Lose, path: str) -> Any:
    if isinstance(value, Mapping):  # tags as a mapping where the operation takes a list
        value = _tag_list(shape, value)
    items = value if isinstance(value, list) else [value]
    return [convert(shape.member, item, lose, f"{path}.{index}") for index, item in enumerate(items)]


def _map(shape: Any, value: Any, lose: Lose, path: str) -> Any:
    if isinstance(value, list):  # tags as a list where the operation takes a mapping
        value = {str(item.get("Key")): item.get("Value") for item in value if isinstance(item, Mapping)}
    if not isinstance(value, Mapping):
        return value
    return {str(key): convert(shape.value, item, lose, f"{path}.{key}") for key, item in value.items()}


def _structure(shape: Any, value: Any, lose: Lose, path: str) -> Any:
    if getattr(shape, "is_document_type", False) or not isinstance(value, Mapping):
        return value
    members = {name.lower(): name for name in shape.members}
    members |= _called_otherwise(shape, value, members)
    found: dict[str, Any] = {}
    for key, item in value.items():
        name = members.get(key.lower())
        if name is None:
            lose(f"{path}.{key}")
        else:
            found[name] = convert(shape.members[name], item, lose, f"{path}.{key}")
    return found


def _called_otherwise(shape: Any, value: Mapping[str, Any], members: Mapping[str, str]) -> dict[str, str]:
    """Keys for what a structure requires and the value does not have by that name.

    `GuardrailProfileArn` is `guardrailProfileIdentifier`, `SupplementalDataStorageLocations` is `storageLocations`.
    """
    given = {key.lower() for key in value}
    left = [low for low in given if low not in members]
    found: dict[str, str] = {}
    for name in shape.required_members:
        low = name.lower()
        same = (key for key in left if low in other_names(key) or (len(low) > 3 and key.endswith((low, f"{low}value"))))
        if low not in given and (key := next(same, None)):
            found[key] = name
    return found


def other_names(low: str) -> list[str]:
    """What else a property that names another resource may be called, in lower case."""
    ending = next((word for word in _NAMES_OTHERS if low.endswith(word) and low != word), None)
    return [low.removesuffix(ending) + word for word in _NAMES_OTHERS] if ending else []


def _tag_list(shape: Any, value: Mapping[str, Any]) -> list[Any]:
    members = {name.lower(): name for name in getattr(shape.member, "members", {})}
    if {"key", "value"} <= set(members):
        return [{members["key"]: key, members["value"]: item} for key, item in value.items()]
    return [value]


def _scalar(kind: str, value: Any) -> Any:
    if kind == "string":
        return document(value) if isinstance(value, Mapping | list) else text(value)
    if kind in ("integer", "long"):
        return _integer(value)
    if kind in ("float", "double"):
        return _float(value)
    if kind == "boolean" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower(), value)
    return value


def _integer(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().lstrip("-").isdecimal() else value


def _float(value: Any) -> Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def document(value: Any) -> str:
    """A JSON document as a text; templates write it either way."""
    return value if isinstance(value, str) else json.dumps(value)


def text(value: Any) -> str:
    """A scalar as a text, booleans in lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def flag(value: Any, default: bool = False) -> bool:
    """A boolean property, which CloudFormation also takes as a text."""
    if value is None:
        return default
    return value.lower() == "true" if isinstance(value, str) else bool(value)
