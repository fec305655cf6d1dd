"""What differs between two states of one resource, and what an update makes of it.

Which properties cannot change without a new resource is in the schemas: `createOnlyProperties`, and all of a type that
has no update handler. Source: "Resource type definition schema",
https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scenarios.deployment.recorded import is_custom, is_module
from scenarios.deployment.schemas import referred, schema
from scenarios.finding import PropertyPath


class Effect(StrEnum):
    """What a changed property does to its resource, the strongest last."""

    IN_PLACE = "in place"
    PERHAPS = "perhaps replaced"
    REPLACED = "replaced"
    REFUSED = "refused"


_ABSENT = object()
_SERVICE_TOKEN = "ServiceToken"  # noqa: S105 (the name of a property)
_REFUSED = {"AWS::KMS::Key": {"KeySpec", "KeyUsage", "MultiRegion", "Origin"}}
"""Changes that the service refuses, whatever the schema says: "AWS::KMS::Key",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"""

_TABLE = "AWS::DynamoDB::Table"
_TABLES = (_TABLE, "AWS::DynamoDB::GlobalTable")
_ATTRIBUTES = "AttributeDefinitions"
_BESIDES = {_TABLE: {"KeySchema": Effect.REPLACED, "LocalSecondaryIndexes": Effect.PERHAPS}}
"""What replaces a resource although the schema does not say so for certain: DynamoDB changes no table's key, nor the
local indexes that it was made with. An attribute that is defined already is not edited either: "AWS::DynamoDB::Table",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html"""


@dataclass(frozen=True, slots=True)
class Difference:
    """A property whose value differs; `before` or `after` is None where there is none."""

    path: PropertyPath
    before: Any
    after: Any
    effect: Effect


def differences(resource_type: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between two states of a resource's properties, as deep within them as it can be said.

    A text that spells a number or a boolean is that where the schema wants one, and the order of a list counts only
    where the schema says so. Policies that say the same are the same.
    """
    published = schema(resource_type) or {}
    found = _Comparison(published).compare(before, after, (), published)
    edited = resource_type in _TABLES and _edited(before.get(_ATTRIBUTES), after.get(_ATTRIBUTES))
    return tuple(
        Difference(path, _shown(old), _shown(new), _effect(resource_type, published, path, (old, new), edited))
        for path, old, new in found
    )


def strongest(found: tuple[Difference, ...]) -> Effect | None:
    """What becomes of a resource in which all of these differ; None where nothing does."""
    ranks = list(Effect)
    return max((difference.effect for difference in found), key=ranks.index, default=None)


class _Comparison:
    """Goes through two values side by side, along the schema of what they stand at."""

    def __init__(self, published: dict[str, Any]) -> None:
        self._published = published
        self._is_table = published.get("typeName") in _TABLES

    def compare(
        self, old: Any, new: Any, path: PropertyPath, shape: dict[str, Any]
    ) -> Iterator[tuple[PropertyPath, Any, Any]]:
        if (policy := canonical(old)) is not None and policy == canonical(new):
            return
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            members = shape.get("properties", {})
            for key in (*old, *(key for key in new if key not in old)):
                inner = self._of(members.get(key))
                yield from self.compare(old.get(key, _ABSENT), new.get(key, _ABSENT), (*path, key), inner)
        elif isinstance(old, list) and isinstance(new, list):
            yield from self._lists(old, new, path, shape)
        elif not _alike(old, new, shape):
            yield path, old, new

    def _lists(
        self, old: list[Any], new: list[Any], path: PropertyPath, shape: dict[str, Any]
    ) -> Iterator[tuple[PropertyPath, Any, Any]]:
        free = shape.get("insertionOrder") is False or (path == (_ATTRIBUTES,) and self._is_table)
        if free and Counter(map(_key, old)) == Counter(map(_key, new)):
            return
        if len(old) != len(new):
            yield path, old, new
            return
        items = self._of(shape.get("items"))
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from self.compare(one, other, (*path, index), items)

    def _of(self, shape: Any) -> dict[str, Any]:
        return referred(shape, self._published) or shape if isinstance(shape, dict) else {}


def _edited(old: Any, new: Any) -> bool:
    """Whether an attribute that is defined on both sides has another type."""
    was, now = (
        {item.get("AttributeName"): item.get("AttributeType") for item in value or () if isinstance(item, Mapping)}
        for value in (old, new)
    )
    return any(was[name] != now[name] for name in was if name in now)


def _effect(
    resource_type: str, published: dict[str, Any], path: PropertyPath, values: tuple[Any, Any], edited: bool
) -> Effect:
    if is_custom(resource_type):  # its function says by the id that it returns whether it is another one
        return Effect.REFUSED if path == (_SERVICE_TOKEN,) else Effect.PERHAPS
    default = _is_default(published, path, values)
    if path[0] in _REFUSED.get(resource_type, ()):
        return Effect.IN_PLACE if default else Effect.REFUSED
    if edited and path[0] == _ATTRIBUTES:
        return Effect.REPLACED
    if (known := _BESIDES.get(resource_type, {}).get(str(path[0]))) is not None:
        return known
    if is_module(resource_type) or not published:
        return Effect.PERHAPS
    changed = [leaf for value in values for leaf in _leaves(value, path)]
    if _touch(changed, published.get("createOnlyProperties", ())):
        return Effect.PERHAPS if default else Effect.REPLACED
    handlers = published.get("handlers")
    if handlers and "update" not in handlers:
        return Effect.REPLACED
    if _touch(changed, published.get("conditionalCreateOnlyProperties", ())):
        return Effect.PERHAPS
    return Effect.IN_PLACE


def _leaves(value: Any, path: PropertyPath) -> Iterator[PropertyPath]:
    """The paths of all that came or went with a value."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    elif value is not _ABSENT:
        yield path


def _touch(paths: list[PropertyPath], pointers: Sequence[str]) -> bool:
    """Whether one of the paths is a property of the list, or lies within one or round one.

    A pointer of the schemas writes `*` for any item of a list.
    """
    wanted = [pointer.split("/")[2:] for pointer in pointers]
    return any(
        all(name in ("*", str(step)) for name, step in zip(names, path, strict=False))
        for names in wanted
        for path in paths
    )


def _is_default(published: dict[str, Any], path: PropertyPath, values: tuple[Any, Any]) -> bool:
    """Whether all that came or went is what the service takes where a template says nothing."""
    said = published.get("properties", {}).get(path[0], {})
    given = [value for value in values if value is not _ABSENT]
    return len(path) == 1 and len(given) == 1 and "default" in said and _alike(given[0], said["default"], said)


def _alike(old: Any, new: Any, shape: dict[str, Any]) -> bool:
    """Whether two scalars are the same value, as a template may spell it. Two texts are two texts, unless the schema
    wants something else; JSON in a text is what it says."""
    if old == new and type(old) is type(new):
        return True
    if isinstance(old, str) and isinstance(new, str):
        wanted = shape.get("type", ())
        if {"boolean", "integer", "number"} & set([wanted] if isinstance(wanted, str) else wanted):
            return bool(_plain(old) == _plain(new))
        parsed = _parsed(old)
        return parsed is not None and bool(parsed == _parsed(new))
    return bool(_plain(old) == _plain(new))


def _parsed(text: str) -> Any:
    """The JSON object or list that a text holds."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return canonical(value) or value


def canonical(value: Any) -> Any:
    """A policy document in one form of all that mean the same; nothing for what is no policy document.

    A single statement, action, resource, principal or value is a list of one, and the order of any of these says
    nothing. Source: "Grammar of the IAM JSON policy language",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
    """
    if not isinstance(value, Mapping) or not isinstance(value.get("Statement"), list | Mapping):
        return None
    statements = sorted(_key(_statement(one)) for one in _listed(value["Statement"]))
    return {**{key: _key(item) for key, item in value.items() if key != "Statement"}, _STATEMENTS: statements}


_STATEMENTS = "statements in any order"


def _statement(statement: Any) -> Any:
    if not isinstance(statement, Mapping):
        return statement
    made = dict(statement)
    for name in ("Action", "NotAction", "Resource", "NotResource"):
        if name in made:
            lower = name.endswith("Action")
            made[name] = sorted({str(one).lower() if lower else _key(one) for one in _listed(made[name])})
    for name in ("Principal", "NotPrincipal"):
        if isinstance(made.get(name), Mapping):
            made[name] = {kind: sorted({_key(one) for one in _listed(of)}) for kind, of in made[name].items()}
    if isinstance(made.get("Condition"), Mapping):
        made["Condition"] = {operator: _tests(keys) for operator, keys in made["Condition"].items()}
    return made


def _tests(keys: Any) -> Any:
    if not isinstance(keys, Mapping):
        return keys
    return {str(key).lower(): sorted({_key(one) for one in _listed(values)}) for key, values in keys.items()}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: Any) -> Any:
    """A scalar as a template may spell it in several ways."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower()
    return _spelt(value)


def _spelt(value: Any) -> Any:
    """A scalar in its usual spelling; a text as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    return value


def _key(value: Any) -> str:
    if isinstance(value, Mapping):
        value = canonical(value) or value
        return json.dumps({str(key): _key(item) for key, item in value.items()}, sort_keys=True)
    if isinstance(value, list):
        return json.dumps([_key(item) for item in value])
    return json.dumps(_spelt(value), default=str)


def _shown(value: Any) -> Any:
    return None if value is _ABSENT else value
