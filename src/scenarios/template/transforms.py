"""Transforms and macros: which ones a template names, and which of them nobody here can expand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.finding import PropertyPath
from scenarios.template.template import Template, Unsupported

LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
SERVERLESS = "AWS::Serverless-2016-10-31"
_EXPANDED = (LANGUAGE_EXTENSIONS, SERVERLESS)


def declared(body: dict[str, Any]) -> list[str]:
    """The names in the Transform section, in order."""
    value = body.get("Transform")
    names = value if isinstance(value, list) else [value]
    return [name for name in (_name(item) for item in names) if name]


def _name(item: Any) -> str | None:
    if isinstance(item, dict):
        item = item.get("Name")
    return item if isinstance(item, str) else None


def unsupported(template: Template) -> Iterator[Unsupported]:
    """Every transform but `AWS::LanguageExtensions` and SAM, and every `Fn::Transform` wherever it stands."""
    for name in declared(template.body):
        if name not in _EXPANDED:
            yield Unsupported(name, template.position(("Transform",)))
    for path, value in _inline(template.body, ()):
        yield Unsupported(_name(value) or "Fn::Transform", template.position(path))


def _inline(value: Any, path: PropertyPath) -> Iterator[tuple[PropertyPath, Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "Fn::Transform":
                yield (*path, key), item
            else:
                yield from _inline(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inline(item, (*path, index))
