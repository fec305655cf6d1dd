"""Nested stacks whose templates lie beside the parent's, as before `aws cloudformation package`.

Source: "AWS::CloudFormation::Stack",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.exports import Exports
from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import as_text
from scenarios.deployment.provider import Created, Request, Stack
from scenarios.deployment.recorded import physical_id, record
from scenarios.deployment.scope import Parameter
from scenarios.deployment.standing import Standing
from scenarios.finding import PropertyPath
from scenarios.template import Template, load
from scenarios.template.beside import NotReadError, beside, is_local

STACK = "AWS::CloudFormation::Stack"
_DEEPEST = 10
_MOST = 200

Deploy = Callable[[Template, Stack, Mapping[str, Parameter], "Nesting"], Deployment]


@dataclass(frozen=True)
class Nesting:
    """Where in a tree of stacks a template stands.

    `chain` are the real paths of those above it and its own, `count` how many there are in all, `exports` what the
    stacks of the account export. `standing` is what an update finds there.
    """

    exports: Exports = field(default_factory=Exports)
    chain: tuple[str, ...] = ()
    count: list[int] = field(default_factory=lambda: [0])
    standing: Standing | None = None


@dataclass(frozen=True)
class Nested:
    """A nested stack: what its resource is to the parent's others, and the deployment of its template, if it is read.

    `doubts` and `secrets` name attributes, as do those of `Made`.
    """

    created: Created
    deployment: Deployment | None = None
    doubts: Mapping[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()


def nest(template: Template, request: Request, frame: Frame, nesting: Nesting, deploy: Deploy) -> Nested:
    """Deploy the stack that a resource of `template` is, if its template is a file that may be read.

    Raises InputError for stacks that hold themselves or that go too deep, and as a deployment does.
    """
    location = _location(template, request)
    if location is None or frame.reason_at(("Properties", "TemplateURL")) or not is_local(location):
        return Nested(record(request))
    try:
        child = load(beside(template, location), template.root)
    except NotReadError as error:
        return Nested(record(request, str(error)))
    below = _below(template, request.logical_id, child, nesting)
    request.properties.everything()
    identifier = physical_id(request, {})
    stack = replace(request.stack, name=request.name(), stack_id=identifier)
    deployment = deploy(child, stack, _given(template, child, request, frame), below)
    attributes = {f"Outputs.{name}": output.value for name, output in deployment.results.items()}
    unsupported = deployment.unsupported
    opaque = f"{request.logical_id}: {unsupported[0].name} cannot be expanded here" if unsupported else None
    return Nested(
        Created(identifier, attributes, opaque=opaque),
        deployment,
        {f"Outputs.{name}": output.unknown for name, output in deployment.results.items() if output.unknown},
        frozenset(f"Outputs.{name}" for name, output in deployment.results.items() if output.secret),
    )


def _location(template: Template, request: Request) -> str | None:
    """Where the template lies: as the resource says, or the file that `cdk synth` says that it has uploaded."""
    metadata = template.resources.get(request.logical_id, {}).get("Metadata")
    if isinstance(metadata, dict) and metadata.get("aws:asset:property") == "TemplateURL":
        path = metadata.get("aws:asset:path")
        if isinstance(path, str):
            return path
    location = request.properties.peek().get("TemplateURL")
    return location if isinstance(location, str) else None


def _below(template: Template, name: str, child: Template, nesting: Nesting) -> Nesting:
    """The place of the child in the tree. Raises InputError where it cannot stand there."""
    path: PropertyPath = ("Resources", name, "Properties", "TemplateURL")
    chain = nesting.chain or (os.path.realpath(template.file),)
    own = os.path.realpath(child.file)
    if own in chain:
        files = " -> ".join(os.path.basename(file) for file in (*chain[chain.index(own) :], own))
        raise template.error(f"nested stacks go in a circle: {files}", path)
    if len(chain) > _DEEPEST:
        raise template.error(f"stacks are nested deeper than {_DEEPEST} levels", path)
    nesting.count[0] += 1
    if nesting.count[0] > _MOST:
        raise template.error(f"there are more than {_MOST} nested stacks", path)
    standing = nesting.standing.part(name) if nesting.standing else None
    return Nesting(nesting.exports, (*chain, own), nesting.count, standing)


def _given(template: Template, child: Template, request: Request, frame: Frame) -> dict[str, Parameter]:
    """The parameters that the parent gives, with what is to be said of each; one that it lacks gets a placeholder.

    Raises InputError for one that the child does not have.
    """
    declared = child.body.get("Parameters") or {}
    given = request.properties.peek().get("Parameters")
    found: dict[str, Parameter] = {}
    for name, value in (given if isinstance(given, dict) else {}).items():
        path: PropertyPath = ("Properties", "Parameters", name)
        if name not in declared:
            raise template.error(f"{child.file} has no parameter {name}", ("Resources", request.logical_id, *path))
        inner = [reason for at, reason in frame.uncertain.items() if at[: len(path)] == path]
        reason = frame.reason_at(path) or next(iter(inner), None)
        found[name] = Parameter(_text(value), reason, any(at[: len(path)] == path for at in frame.secrets))
    return found


def _text(value: Any) -> str:
    return ",".join(as_text(item) for item in value) if isinstance(value, list) else as_text(value)
