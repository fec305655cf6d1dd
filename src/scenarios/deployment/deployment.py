"""A finished deployment: what was made of a template."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scenarios.account.origins import Origins
from scenarios.deployment.ledger import Entry
from scenarios.finding import Origin, Position, PropertyPath
from scenarios.template.template import Template, Unsupported

if TYPE_CHECKING:
    from scenarios.deployment.outputs import Output
    from scenarios.deployment.standing import Standing


@dataclass(frozen=True)
class Deployment:
    """The result of deploying one template.

    `resolved` maps logical ids to resolved properties; `references` maps a logical id to those that it refers to
    (`Ref`, `Fn::GetAtt`, `Fn::Sub`, `DependsOn`). `placeholders` maps each parameter that had neither value nor
    default to the value invented for it. `source_paths` maps, by logical id, resolved paths to the template's own where
    they differ (`Fn::If` branches, list items after a removed one). `invented` maps the id of each thing that stands
    in for one outside the template (a VPC, a subnet, a security group) to what it is. `notes` say what about the
    template as a whole could not be judged (a transform, a rule about the account). `results` are the outputs as other
    stacks get them, `takes` the parameters that a resource mentions, `imported` the exports that it imports. `parts`
    are the stacks within this one: a resource `Bucket` of the part `Data` goes by `Data/Bucket`. `standing` is what an
    update finds of it.
    """

    template: Template
    ledger: tuple[Entry, ...]
    outputs: dict[str, Any]
    resolved: dict[str, dict[str, Any]]
    references: dict[str, frozenset[str]]
    origins: Origins
    placeholders: dict[str, Any] = field(default_factory=dict)
    source_paths: dict[str, dict[PropertyPath, PropertyPath]] = field(default_factory=dict)
    invented: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    results: dict[str, Output] = field(default_factory=dict)
    takes: dict[str, frozenset[str]] = field(default_factory=dict)
    imported: dict[str, frozenset[str]] = field(default_factory=dict)
    parts: dict[str, Deployment] = field(default_factory=dict)
    standing: Standing | None = None

    @property
    def unsupported(self) -> tuple[Unsupported, ...]:
        """The transforms of this template, and of those within it, that nobody here can expand."""
        inner = (mark for part in self.parts.values() for mark in part.unsupported)
        return (*self.template.unsupported, *inner)

    @property
    def sources(self) -> dict[str, str]:
        """The texts of all template files by name."""
        found = {self.template.file: self.template.text, **self.template.included}
        for part in self.parts.values():
            found |= part.sources
        return found

    def entry(self, logical_id: str) -> Entry | None:
        """The ledger's line for one resource."""
        return next((entry for entry in self.ledger if entry.logical_id == logical_id), None)

    def template_path(self, origin: Origin) -> PropertyPath:
        """The template path (below the resource) that the origin's resolved path came from."""
        if (inner := self._inside(origin)) is not None:
            return inner[0].template_path(inner[1])
        mapped = self.source_paths.get(origin.logical_id, {})
        for length in range(len(origin.path), 0, -1):
            if (source := mapped.get(origin.path[:length])) is not None:
                return source + origin.path[length:]
        return origin.path

    def position(self, origin: Origin) -> Position:
        """Where the origin stands, with the file."""
        if (inner := self._inside(origin)) is not None:
            return inner[0].position(inner[1])
        at = self.template.position(("Resources", origin.logical_id, *self.template_path(origin)))
        return at if at.file else replace(at, file=self.template.file)

    def place(self, origin: Origin) -> str:
        """Where the origin stands, as `file:line:column`."""
        at = self.position(origin)
        return f"{at.file}:{at.line}:{at.column}"

    def line(self, logical_id: str) -> int:
        """The line of this file that a resource stands on: that of the stack which holds it, if it is in one."""
        name = logical_id
        while name not in self.template.resources and "/" in name:
            name = name.rpartition("/")[0]
        at = self.template.position(("Resources", name))
        return self.template.position(("Resources",)).line if at.file else at.line

    def construct(self, logical_id: str) -> str | None:
        """The path of the CDK construct that a resource was synthesised from, where the template says it."""
        if (inner := self._inside(Origin(logical_id))) is not None:
            return inner[0].construct(inner[1].logical_id)
        metadata = self.template.resources.get(logical_id, {}).get("Metadata")
        path = metadata.get("aws:cdk:path") if isinstance(metadata, dict) else None
        return path if isinstance(path, str) else None

    def _inside(self, origin: Origin) -> tuple[Deployment, Origin] | None:
        """The part that an origin lies in, and what the origin is there."""
        name, slash, rest = origin.logical_id.partition("/")
        part = self.parts.get(name) if slash else None
        return (part, Origin(rest, origin.path)) if part is not None else None
