"""Which resource has to be made before which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import PropertyPath
from scenarios.template.template import Template

_PLACE = re.compile(r"\$\{([^!${}][^{}]*)\}")


def references(template: Template) -> dict[str, frozenset[str]]:
    """For each resource the logical ids that it refers to, by Ref, Fn::GetAtt, Fn::Sub or DependsOn.

    Raises InputError for a reference to what does not exist.
    """
    known = set(template.resources)
    others = set(template.body.get("Parameters") or {})
    found: dict[str, frozenset[str]] = {}
    for name, resource in template.resources.items():
        names: set[str] = set()
        for target, path in _targets(resource, ("Resources", name)):
            if target in known:
                names.add(target)
            elif target not in others and not target.startswith("AWS::"):
                raise _unresolved(template, name, target, path, known | others)
        found[name] = frozenset(names - {name})
        if name in names:
            position = template.position(("Resources", name))
            raise InputError(f"{name} refers to itself", file=template.file, line=position.line)
    return found


def order(template: Template, edges: Mapping[str, frozenset[str]]) -> list[str]:
    """The resources, each after those that it refers to; otherwise as they stand in the template.

    Raises InputError for a cycle, naming its members.
    """
    done: dict[str, None] = {}
    for start in edges:
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(sorted(edges[start])))] if start not in done else []
        while stack:
            name, rest = stack[-1]
            following = next((target for target in rest if target not in done), None)
            if following is None:
                done[name] = None
                stack.pop()
            elif any(following == opened for opened, _ in stack):
                raise _cycle(template, [opened for opened, _ in stack], following)
            else:
                stack.append((following, iter(sorted(edges[following]))))
    return list(done)


def _cycle(template: Template, opened: list[str], back: str) -> InputError:
    members = [*opened[opened.index(back) :], back]
    position = template.position(("Resources", back))
    return InputError(f"circular dependency: {' -> '.join(members)}", file=template.file, line=position.line)


def _unresolved(template: Template, name: str, target: str, path: PropertyPath, known: set[str]) -> InputError:
    position = template.position(path)
    close = get_close_matches(target, known, 1)
    hint = f"; did you mean {close[0]}?" if close else ""
    cause = f"{name} refers to {target}, which is neither a parameter nor a resource{hint}"
    return InputError(cause, file=template.file, line=position.line, column=position.column)


def _targets(resource: Mapping[str, Any], path: PropertyPath) -> Iterator[tuple[str, PropertyPath]]:
    depends = resource.get("DependsOn")
    for target in depends if isinstance(depends, list) else [depends]:
        if isinstance(target, str):
            yield target, (*path, "DependsOn")
    yield from _named(resource.get("Properties"), (*path, "Properties"))


def _named(value: Any, path: PropertyPath) -> Iterator[tuple[str, PropertyPath]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named(item, (*path, index))
    elif isinstance(value, dict):
        if len(value) == 1:
            yield from _function(*next(iter(value.items())), path)
        for key, item in value.items():
            yield from _named(item, (*path, key))


def _function(name: str, argument: Any, path: PropertyPath) -> Iterator[tuple[str, PropertyPath]]:
    if name == "Ref" and isinstance(argument, str):
        yield argument, path
    elif name == "Fn::GetAtt" and isinstance(argument, list) and argument and isinstance(argument[0], str):
        yield argument[0], path
    elif name == "Fn::Sub":
        text, own = (argument[0], argument[1]) if isinstance(argument, list) and len(argument) == 2 else (argument, {})
        for match in _PLACE.finditer(text) if isinstance(text, str) else ():
            target = match.group(1).strip()
            if not (isinstance(own, dict) and target in own):
                yield target.partition(".")[0], path
