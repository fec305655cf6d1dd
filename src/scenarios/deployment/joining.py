"""Deployments of several templates in one account, as one.

A resource `Bucket` of the stack `Data` goes by `Data/Bucket` in the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from scenarios.account.origins import Origins
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry
from scenarios.deployment.mentions import mentioned
from scenarios.template.template import Template


def nested(parent: Deployment, name: str, child: Deployment, given: Mapping[str, Any]) -> Deployment:
    """The parent with the stack that its resource `name` is; `given` are its parameters as the template says them.

    A nested resource that takes a parameter refers to what the parent made it of, and whatever refers to the nested
    stack refers to what its outputs were made of.
    """
    whole = with_part(parent, name, child)
    own = {parameter: frozenset(mentioned(value)) for parameter, value in given.items()}
    inside = frozenset(f"{name}/{one}" for output in child.results.values() for one in output.names)
    references, takes = dict(whole.references), dict(whole.takes)
    for logical_id in child.references:
        names = frozenset[str]().union(*(own.get(one, ()) for one in child.takes.get(logical_id, ())))
        references[f"{name}/{logical_id}"] |= names & set(parent.references)
        takes[f"{name}/{logical_id}"] = names - set(parent.references)
    for logical_id, targets in parent.references.items():
        if name in targets:
            references[logical_id] = references[logical_id] | inside
    return replace(whole, references=references, takes=takes)


def with_part(whole: Deployment, name: str, part: Deployment) -> Deployment:
    """The whole with one more stack in it."""
    whole.origins.take(part.origins, f"{name}/")

    def named(mapping: Mapping[str, Any]) -> dict[str, Any]:
        return {f"{name}/{key}": value for key, value in mapping.items()}

    references = {key: frozenset(f"{name}/{one}" for one in targets) for key, targets in part.references.items()}
    return replace(
        whole,
        ledger=(*whole.ledger, *(_renamed(entry, name) for entry in part.ledger)),
        resolved={**whole.resolved, **named(part.resolved)},
        references={**whole.references, **named(references)},
        placeholders={**whole.placeholders, **named(part.placeholders)},
        invented={**whole.invented, **part.invented},
        notes=tuple(dict.fromkeys((*whole.notes, *part.notes))),
        takes={**whole.takes, **named(part.takes)},
        imported={**whole.imported, **named(part.imported)},
        parts={**whole.parts, name: part},
    )


def together(stacks: Mapping[str, Deployment]) -> Deployment:
    """Stacks of one account as one deployment, each a part of it, with the references from imports to exports."""
    nothing = Template("", "", {"Resources": {}}, {})
    whole = Deployment(nothing, (), {}, {}, {}, Origins())
    for name, stack in stacks.items():
        whole = with_part(whole, name, stack)
    return with_imports(whole)


def with_imports(whole: Deployment) -> Deployment:
    """The deployment, in which a resource that imports a value refers to what the value was made of."""
    exported = dict(_exported(whole, ""))
    references = {
        name: targets.union(*(exported.get(export, ()) for export in whole.imported.get(name, ())))
        for name, targets in whole.references.items()
    }
    return replace(whole, references=references)


def _exported(deployment: Deployment, prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The exports of a deployment and of its parts, each with the resources that its value was made of."""
    for output in deployment.results.values():
        if output.export is not None:
            yield output.export, frozenset(prefix + name for name in output.names)
    for name, part in deployment.parts.items():
        yield from _exported(part, f"{prefix}{name}/")


def _renamed(entry: Entry, name: str) -> Entry:
    return replace(entry, logical_id=f"{name}/{entry.logical_id}")
