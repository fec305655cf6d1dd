"""`AWS::LanguageExtensions`: loops are unrolled before anything is resolved.

`Fn::Length`, `Fn::ToJsonString` and the default of `Fn::FindInMap` are evaluated with the other intrinsics; only
`Fn::ForEach` changes the template's structure.

Source: "Fn::ForEach",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import Position, PropertyPath
from scenarios.template.template import Template
from scenarios.template.transforms import LANGUAGE_EXTENSIONS, declared

_LOOP = "Fn::ForEach::"
_MAX_COPIES = 10_000


def expand(template: Template, parameters: Mapping[str, Any]) -> Template:
    """The template with every `Fn::ForEach` unrolled; `parameters` are resolved values (lists as lists).

    Raises InputError for a malformed loop, for a collection that is not known, and for a loop without the transform.
    """
    if not _has_loop(template.body):
        return template
    expander = _Expander(template, parameters)
    body = expander.value(template.body, (), (), {})
    return replace(template, body=body, positions=expander.positions)


def _has_loop(value: Any) -> bool:
    if isinstance(value, dict):
        return any(key.startswith(_LOOP) or _has_loop(item) for key, item in value.items())
    return isinstance(value, list) and any(_has_loop(item) for item in value)


class _Expander:
    """Copies the body; `source` is the path in the template, `path` that in the copy."""

    def __init__(self, template: Template, parameters: Mapping[str, Any]) -> None:
        self._template = template
        self._parameters = parameters
        self._allowed = LANGUAGE_EXTENSIONS in declared(template.body)
        self._copies = 0
        self.positions: dict[PropertyPath, Position] = {}

    def value(self, value: Any, source: PropertyPath, path: PropertyPath, names: dict[str, str]) -> Any:
        self.positions[path] = self._template.position(source)
        if isinstance(value, dict):
            return self._mapping(value, source, path, names)
        if isinstance(value, list):
            return [self.value(item, (*source, i), (*path, i), names) for i, item in enumerate(value)]
        return _filled(value, names) if isinstance(value, str) else value

    def _mapping(
        self, value: dict[str, Any], source: PropertyPath, path: PropertyPath, names: dict[str, str]
    ) -> dict[str, Any]:
        if set(value) == {"Ref"} and isinstance(value["Ref"], str) and value["Ref"] in names:
            return names[value["Ref"]]  # type: ignore[return-value]  # a loop variable stands for a text
        made: dict[str, Any] = {}
        for key, item in value.items():
            inner = (*source, key)
            if key.startswith(_LOOP):
                self._add(made, self._loop(key, item, inner, path, names), inner)
            else:
                filled = _filled(key, names)
                self._add(made, {filled: self.value(item, inner, (*path, filled), names)}, inner)
        return made

    def _add(self, made: dict[str, Any], more: dict[str, Any], source: PropertyPath) -> None:
        for key in more:
            if key in made:
                raise self._error(f"the loop makes {key} twice", source)
        made.update(more)

    def _loop(
        self, key: str, loop: Any, source: PropertyPath, path: PropertyPath, names: dict[str, str]
    ) -> dict[str, Any]:
        if not self._allowed:
            raise self._error(f"{key} needs Transform: {LANGUAGE_EXTENSIONS}", source)
        if not (isinstance(loop, list) and len(loop) == 3 and isinstance(loop[0], str) and isinstance(loop[2], dict)):
            raise self._error(f"{key} is a list of a variable, a collection and a mapping", source)
        variable, collection, body = loop
        made: dict[str, Any] = {}
        for item in self._items(collection, (*source, 1), names):
            self._copies += 1
            if self._copies > _MAX_COPIES:
                raise self._error(f"the loops make more than {_MAX_COPIES} copies", source)
            inner = {**names, variable: item}
            copies = self._mapping(body, (*source, 2), path, inner)
            for name in copies:
                self.positions.setdefault((*path, name), self._template.position((*source, 2)))
            self._add(made, copies, source)
        return made

    def _items(self, collection: Any, source: PropertyPath, names: dict[str, str]) -> list[str]:
        if isinstance(collection, dict) and set(collection) == {"Ref"}:
            collection = self._parameters.get(str(collection["Ref"]))
        elif isinstance(collection, dict) and set(collection) == {"Fn::FindInMap"}:
            collection = self._find(collection["Fn::FindInMap"], names)
        if isinstance(collection, str):
            collection = [item.strip() for item in collection.split(",")]
        if not isinstance(collection, list):
            raise self._error("the loop's collection is not known before deployment", source)
        items: list[str] = []
        for item in collection:
            known = self._parameters.get(str(item["Ref"])) if isinstance(item, dict) and set(item) == {"Ref"} else item
            if not isinstance(known, str | int | float):
                raise self._error("the loop's collection holds something that is no text", source)
            items.append(_filled(str(known), names))
        return items

    def _find(self, arguments: Any, names: dict[str, str]) -> Any:
        found: Any = self._template.body.get("Mappings")
        for key in arguments if isinstance(arguments, list) else []:
            if isinstance(key, dict) and set(key) == {"Ref"}:
                key = names.get(str(key["Ref"]), self._parameters.get(str(key["Ref"])))
            found = found.get(str(key)) if isinstance(found, dict) else None
        return found

    def _error(self, cause: str, source: PropertyPath) -> InputError:
        return self._template.error(cause, source)


def _filled(text: str, names: dict[str, str]) -> str:
    """The text with `${Variable}` replaced, and `&{Variable}` by the value's letters and digits only."""
    for name, value in names.items():
        text = text.replace("${" + name + "}", value)
        text = text.replace("&{" + name + "}", re.sub(r"[^A-Za-z0-9]", "", value))
    return text
