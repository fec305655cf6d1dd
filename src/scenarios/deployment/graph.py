"""Which resource has to be made before which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from scenarios.deployment.resolve import PLACE, Resolver, function
from scenarios.errors import InputError
from scenarios.finding import PropertyPath
from scenarios.template.template import Template

Target = tuple[str, PropertyPath, bool]
"""A name that is referred to, where, and whether the reference counts: it does not in a branch that is not taken."""


def references(resolver: Resolver) -> dict[str, frozenset[str]]:
    """For each resource the logical ids that it refers to, by Ref, Fn::GetAtt, Fn::Sub or DependsOn.

    A reference in the branch of an Fn::If that is certainly not taken does not count, nor does any of a resource whose
    condition is certainly false. Raises InputError for a reference to what does not exist, and to the resource itself.
    """
    template = resolver.scope.template
    resources = template.resources
    parameters = set(resolver.scope.parameters)
    found: dict[str, frozenset[str]] = {}
    for name, resource in resources.items():
        names: set[str] = set()
        walker = _Walker(resolver, _wanted(resolver, resource, name))
        for target, path, counts in walker.targets(resource, ("Resources", name)):
            known = target in resources or target in parameters or target.startswith("AWS::")
            if not known and not template.unsupported:
                raise _unresolved(template, name, target, path, {*resources, *parameters})
            if counts and target == name and not template.unsupported:
                raise _error(template, f"circular dependency: {name} -> {name}", path)
            if counts and target in resources:
                names.add(target)
        found[name] = frozenset(names)
    return found


def _wanted(resolver: Resolver, resource: Mapping[str, Any], name: str) -> bool:
    condition = resource.get("Condition")
    if not isinstance(condition, str):
        return True
    return resolver.conditions.truth(condition, ("Resources", name, "Condition"))[0]


def order(template: Template, edges: Mapping[str, frozenset[str]]) -> list[str]:
    """The resources, each after those that it refers to; otherwise as they stand in the template.

    Raises InputError for a cycle, naming its members; not where a transform that nobody here can expand may break it.
    """
    place = {name: index for index, name in enumerate(edges)}
    ranked = {name: sorted(targets, key=place.__getitem__) for name, targets in edges.items()}
    done: dict[str, None] = {}
    for start in edges:
        opened: dict[str, Iterator[str]] = {} if start in done else {start: iter(ranked[start])}
        while opened:
            name = next(reversed(opened))
            following = next((target for target in opened[name] if target not in done), None)
            if following is None:
                done[name] = None
                del opened[name]
            elif following in opened and template.unsupported:
                continue
            elif following in opened:
                raise _cycle(template, list(opened), following)
            else:
                opened[following] = iter(ranked[following])
    return list(done)


def _cycle(template: Template, opened: list[str], back: str) -> InputError:
    members = opened[opened.index(back) :]
    first = min(members, key=list(template.resources).index)
    turned = members[members.index(first) :] + members[: members.index(first)]
    return _error(template, f"circular dependency: {' -> '.join([*turned, first])}", ("Resources", first))


def _unresolved(template: Template, name: str, target: str, path: PropertyPath, known: set[str]) -> InputError:
    close = get_close_matches(target, sorted(known), 1)
    hint = f"; did you mean {close[0]}?" if close else ""
    return _error(template, f"{name} refers to {target}, which is neither a parameter nor a resource{hint}", path)


def _error(template: Template, cause: str, path: PropertyPath) -> InputError:
    return template.error(cause, path)


class _Walker:
    """Finds what one resource refers to."""

    def __init__(self, resolver: Resolver, wanted: bool) -> None:
        self._resolver = resolver
        self._wanted = wanted

    def targets(self, resource: Mapping[str, Any], path: PropertyPath) -> Iterator[Target]:
        depends = resource.get("DependsOn")
        for index, target in enumerate(depends if isinstance(depends, list) else [depends]):
            if isinstance(target, str):
                at = (*path, "DependsOn", index) if isinstance(depends, list) else (*path, "DependsOn")
                yield target, at, self._wanted
        yield from self._within(resource.get("Properties"), (*path, "Properties"), self._wanted)

    def _within(self, value: Any, path: PropertyPath, counts: bool) -> Iterator[Target]:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._within(item, (*path, index), counts)
        elif isinstance(value, dict):
            name = function(value)
            if name == "Fn::If":
                yield from self._branches(value[name], (*path, name), counts)
                return
            if name is not None:
                yield from ((target, path, counts) for target in self._named(name, value[name], path))
            for key, item in value.items():
                yield from self._within(item, (*path, key), counts)

    def _branches(self, value: Any, path: PropertyPath, counts: bool) -> Iterator[Target]:
        if not (isinstance(value, list) and len(value) == 3 and isinstance(value[0], str)):
            yield from self._within(value, path, counts)
            return
        truth, reason = self._resolver.conditions.truth(value[0], path)
        taken = {1, 2} if reason else {1 if truth else 2}
        for index in (1, 2):
            yield from self._within(value[index], (*path, index), counts and index in taken)

    def _named(self, name: str, argument: Any, path: PropertyPath) -> Iterator[str]:
        if name == "Ref":
            yield from self._text(argument, path)
        elif name == "Fn::GetAtt" and isinstance(argument, list) and argument:
            yield from self._text(argument[0], path)
        elif name == "Fn::GetAtt" and isinstance(argument, str):
            yield argument.partition(".")[0]
        elif name == "Fn::Sub":
            text, own = argument if isinstance(argument, list) and len(argument) == 2 else (argument, {})
            for match in PLACE.finditer(text) if isinstance(text, str) else ():
                target = match[2].strip()
                if not match[1] and not (isinstance(own, dict) and target in own):
                    yield target.partition(".")[0]

    def _text(self, value: Any, path: PropertyPath) -> Iterator[str]:
        name = self._resolver.name(value, path)
        if isinstance(name, str):
            yield name
