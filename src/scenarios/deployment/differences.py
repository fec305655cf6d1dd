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


@dataclass(frozen=True, slots=True)
class Difference:
    """A property whose value differs; `before` or `after` is None where there is none."""

    path: PropertyPath
    before: Any
    after: Any
    effect: Effect


def differences(resource_type: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between two states of a resource's properties, as deep within them as it can be said.

    A text that spells a number or a boolean is that, and the order of a list counts only where the schema says so.
    """
    published = schema(resource_type) or {}
    found = _Comparison(published).compare(before, after, (), published)
    return tuple(
        Difference(path, _shown(old), _shown(new), _effect(resource_type, published, path, (old, new)))
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

    def compare(
        self, old: Any, new: Any, path: PropertyPath, shape: dict[str, Any]
    ) -> Iterator[tuple[PropertyPath, Any, Any]]:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            members = shape.get("properties", {})
            for key in (*old, *(key for key in new if key not in old)):
                inner = self._of(members.get(key))
                yield from self.compare(old.get(key, _ABSENT), new.get(key, _ABSENT), (*path, key), inner)
        elif isinstance(old, list) and isinstance(new, list):
            yield from self._lists(old, new, path, shape)
        elif _plain(old) != _plain(new):
            yield path, old, new

    def _lists(
        self, old: list[Any], new: list[Any], path: PropertyPath, shape: dict[str, Any]
    ) -> Iterator[tuple[PropertyPath, Any, Any]]:
        if shape.get("insertionOrder") is False and Counter(map(_key, old)) == Counter(map(_key, new)):
            return
        if len(old) != len(new):
            yield path, old, new
            return
        items = self._of(shape.get("items"))
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from self.compare(one, other, (*path, index), items)

    def _of(self, shape: Any) -> dict[str, Any]:
        return referred(shape, self._published) or shape if isinstance(shape, dict) else {}


def _effect(resource_type: str, published: dict[str, Any], path: PropertyPath, values: tuple[Any, Any]) -> Effect:
    if is_custom(resource_type):  # its function says by the id that it returns whether it is another one
        return Effect.REFUSED if path == (_SERVICE_TOKEN,) else Effect.PERHAPS
    if path[0] in _REFUSED.get(resource_type, ()):
        return Effect.REFUSED
    if is_module(resource_type) or not published:
        return Effect.PERHAPS
    changed = [leaf for value in values for leaf in _leaves(value, path)]
    if _touch(changed, published.get("createOnlyProperties", ())):
        return Effect.REPLACED
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


def _plain(value: Any) -> Any:
    """A scalar as a template may spell it in several ways."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else str(value)
    return value.lower() if isinstance(value, str) and value.lower() in ("true", "false") else value


def _key(value: Any) -> str:
    if isinstance(value, Mapping):
        return json.dumps({str(key): _key(item) for key, item in value.items()}, sort_keys=True)
    if isinstance(value, list):
        return json.dumps([_key(item) for item in value])
    return json.dumps(_plain(value), default=str)


def _shown(value: Any) -> Any:
    return None if value is _ABSENT else value
