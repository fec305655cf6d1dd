"""Which templates of a run are linked: one exports a value that another imports.

The name of a stack is chosen when it is deployed, and exports are often named after it. So a template's stack has the
name that the others' imports expect of it, else that of its file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.deployment.conditions import Conditions
from scenarios.deployment.engine import named_stack
from scenarios.deployment.frame import Frame
from scenarios.deployment.paper import PaperInventor
from scenarios.deployment.parameters import read_parameters
from scenarios.deployment.resolve import Resolver
from scenarios.deployment.scope import Scope
from scenarios.errors import InputError
from scenarios.finding import PropertyPath
from scenarios.run.options import Options
from scenarios.run.source import Source, adapted
from scenarios.template import expand, load

_NAME = "name-of-the-stack"
_ANY_NAME = r"([A-Za-z][A-Za-z0-9-]{0,127})"


@dataclass(frozen=True)
class Group:
    """Templates to be deployed into one account, each after those that it imports from, with their stacks' names.

    `refused` says of names of exports why nobody can say which value they have.
    """

    sources: tuple[Source, ...]
    stacks: tuple[str, ...]
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Names:
    """The names that a template exports and imports."""

    source: Source
    place: tuple[str, str]
    exports: frozenset[str]
    imports: frozenset[str]

    @property
    def stack(self) -> str:
        """The name of the stack where nobody expects another."""
        stem = self.source.stack or os.path.basename(self.source.file).split(".")[0]
        return re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:100] or "stack"


def plan(sources: Sequence[Source], options: Options) -> list[Group]:
    """The templates that have something to do with another's exports, in groups; the rest is to be judged as ever."""
    names = [found for source in sources if (found := _names(source, adapted(options, source))) is not None]
    links, expected, refused = _links(names)
    groups = []
    for members in _components(len(names), links):
        own = {name: reason for index in members for name, reason in refused.get(index, {}).items()}
        if len(members) > 1 or own:
            order = _order(members, links)
            own |= _circular(order, links, names)
            stacks = _distinct([expected.get(index) or names[index].stack for index in order])
            stacks = stacks if len(members) > 1 else ("scenario",)
            groups.append(Group(tuple(names[index].source for index in order), stacks, own))
    return groups


def _names(source: Source, options: Options) -> _Names | None:
    """The names that can be known without deploying; nothing for a template that cannot be read."""
    try:
        template = load(source.file, source.root)
        own = template.body.get("Parameters") or {}
        given = {name: value for name, value in options.parameters.items() if name in own or not options.shared}
        stack = named_stack(_NAME, options.account_id, options.region)
        values = read_parameters(template, given, PaperInventor(stack))
        pseudo = Scope(template, stack, values).pseudo
        template = expand(template, {**pseudo, **{name: value.value for name, value in values.items()}})
        resolver = Resolver(Scope(template, stack, values))
        exports = frozenset(_exports(resolver))
        imports = frozenset(_imports(resolver))
    except InputError:
        return None
    return _Names(source, (options.account_id, options.region), exports, imports)


def _exports(resolver: Resolver) -> Iterator[str]:
    for name, output in (resolver.scope.template.body.get("Outputs") or {}).items():
        if isinstance(output, dict) and isinstance(export := output.get("Export"), dict):
            path: PropertyPath = ("Outputs", name)
            if _wanted(resolver.conditions, output, path) and (known := _known(resolver, export.get("Name"), path)):
                yield known


def _imports(resolver: Resolver) -> Iterator[str]:
    body = resolver.scope.template.body
    for section in ("Resources", "Outputs"):
        for name, item in (body.get(section) or {}).items():
            if isinstance(item, dict) and _wanted(resolver.conditions, item, (section, name)):
                for argument in _arguments(item):
                    if known := _known(resolver, argument, (section, name)):
                        yield known


def _wanted(conditions: Conditions, item: Mapping[str, Any], path: PropertyPath) -> bool:
    condition = item.get("Condition")
    return not isinstance(condition, str) or conditions.truth(condition, path)[0]


def _arguments(value: Any) -> Iterator[Any]:
    """The arguments of every Fn::ImportValue within a value."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key == "Fn::ImportValue":
            yield item
        else:
            yield from _arguments(item)


def _known(resolver: Resolver, value: Any, path: PropertyPath) -> str | None:
    """A name that hangs on nothing but parameters with values and the stack itself."""
    frame = Frame()
    try:
        name = resolver.resolve(value, path, frame)
    except InputError:
        return None
    return name if isinstance(name, str) and frame.reason is None else None


_Links = dict[int, set[int]]


def _links(names: Sequence[_Names]) -> tuple[_Links, dict[int, str], dict[int, dict[str, str]]]:
    """Which template imports from which, what their stacks have to be called, and imports that several could serve."""
    links: _Links = {index: set() for index in range(len(names))}
    served: dict[int, dict[str, set[int]]] = {}
    refused: dict[int, dict[str, str]] = {}
    for index, own in enumerate(names):
        for name in sorted(own.imports):
            found = _serving(name, index, names)
            if len(found) > 1:
                files = " and by ".join(names[other].source.file for other in found)
                refused.setdefault(index, {})[name] = f"{name} is exported by {files}"
            for other, stack in found.items() if len(found) == 1 else ():
                served.setdefault(other, {}).setdefault(stack, set()).add(index)
    expected: dict[int, str] = {}
    for other, stacks in served.items():
        asked = [stack for stack in stacks if stack]
        if len(asked) > 1:  # one template, deployed several times
            asked = [stack for stack in asked if stack == names[other].stack]
        if asked:
            expected[other] = asked[0]
        for index in (*stacks.get("", ()), *(stacks[asked[0]] if asked else ())):
            links[index].add(other)
    return links, expected, refused


def _serving(name: str, index: int, names: Sequence[_Names]) -> dict[int, str]:
    """The templates that may export `name` to another, each with the name that its stack would have to have."""
    found: dict[int, str] = {}
    for other, exporter in enumerate(names):
        if other == index or exporter.place != names[index].place:
            continue
        for export in exporter.exports:
            pattern = re.escape(export).replace(re.escape(_NAME), _ANY_NAME, 1).replace(re.escape(_NAME), r"\1")
            if (match := re.fullmatch(pattern, name)) is not None:
                found[other] = match[1] if match.groups() else ""
    fitting = {other: stack for other, stack in found.items() if stack in ("", names[other].stack)}
    return fitting or found


def _components(count: int, links: _Links) -> list[list[int]]:
    """Templates that hang together, in the order in which they were given."""
    home = list(range(count))
    for index, targets in links.items():
        for target in targets:
            old, new = home[target], home[index]
            home = [new if one == old else one for one in home]
    return [[index for index in range(count) if home[index] == one] for one in dict.fromkeys(home)]


def _order(members: Iterable[int], links: _Links) -> list[int]:
    """Each after those that it imports from, as far as there is such an order."""
    done: dict[int, None] = {}

    def visit(index: int, opened: frozenset[int]) -> None:
        if index in done or index in opened:
            return
        for target in sorted(links[index]):
            visit(target, opened | {index})
        done[index] = None

    for member in members:
        visit(member, frozenset())
    return list(done)


def _circular(order: Sequence[int], links: _Links, names: Sequence[_Names]) -> dict[str, str]:
    """Imports from a template that comes later, since it imports from this one: neither can be deployed first."""
    found = {}
    for place, index in enumerate(order):
        for later in set(order[place + 1 :]) & links[index]:
            for name in names[index].imports:
                if later in _serving(name, index, names):
                    files = f"{names[index].source.file} and {names[later].source.file}"
                    found[name] = f"{name}: {files} import from each other, so that neither can be deployed first"
    return found


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in names:
        own, number = name, 2
        while own in found:
            own, number = f"{name}-{number}", number + 1
        found[own] = None
    return tuple(found)


def without(group: Group, source: Source, options: Options) -> list[Group]:
    """What becomes of a group without one template that cannot be deployed: the rest, linked as it still is."""
    rest = tuple(one for one in group.sources if one != source)
    groups = plan(rest, options)
    planned = {one for planned in groups for one in planned.sources}
    alone = [Group((one,), ("scenario",), group.refused) for one in rest if one not in planned]
    return [*(replace(one, refused={**group.refused, **one.refused}) for one in groups), *alone]
