"""A finished deployment: what was made of a template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scenarios.account.origins import Origins
from scenarios.deployment.ledger import Entry
from scenarios.finding import Origin, Position, PropertyPath
from scenarios.template.template import Template


@dataclass(frozen=True)
class Deployment:
    """The result of deploying one template.

    `resolved` maps logical ids to resolved properties; `references` maps a logical id to those that it refers to
    (`Ref`, `Fn::GetAtt`, `Fn::Sub`, `DependsOn`). `placeholders` maps each parameter that had neither value nor
    default to the value invented for it. `source_paths` maps, by logical id, resolved paths to the template's own where
    they differ (`Fn::If` branches, list items after a removed one). `invented` maps the id of each thing that stands
    in for one outside the template (a VPC, a subnet, a security group) to what it is. `notes` say what about the
    template as a whole could not be judged (a transform, a rule about the account).
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

    def entry(self, logical_id: str) -> Entry | None:
        """The ledger's line for one resource."""
        return next((entry for entry in self.ledger if entry.logical_id == logical_id), None)

    def template_path(self, origin: Origin) -> PropertyPath:
        """The template path (below the resource) that the origin's resolved path came from."""
        mapped = self.source_paths.get(origin.logical_id, {})
        for length in range(len(origin.path), 0, -1):
            if (source := mapped.get(origin.path[:length])) is not None:
                return source + origin.path[length:]
        return origin.path

    def position(self, origin: Origin) -> Position:
        """Where the origin stands in the template's text."""
        return self.template.position(("Resources", origin.logical_id, *self.template_path(origin)))
