"""What an update finds of a stack: what the earlier deployment of it has left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scenarios.deployment.differences import Difference, Effect, differences
from scenarios.deployment.frame import Frame
from scenarios.deployment.ledger import Entry
from scenarios.deployment.outputs import MASK
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import Request
from scenarios.deployment.scope import Made

if TYPE_CHECKING:
    from scenarios.deployment.deployment import Deployment


@dataclass(frozen=True)
class Standing:
    """The resources of a stack as others refer to them, their ledger, the nested stacks, and what was invented.

    `policies` has what is said beside the type of a resource: its DeletionPolicy and its UpdateReplacePolicy. Of an
    update, `differences` says by logical id what it changes of the resources that stood before.
    """

    made: Mapping[str, Made]
    inventor: Inventor
    ledger: Mapping[str, Entry]
    parts: Mapping[str, Deployment]
    policies: Mapping[str, Mapping[str, str]]
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)

    def stands(self, name: str) -> bool:
        """Whether there is a resource of this name. One that could not be made here stands in AWS all the same."""
        entry = self.ledger.get(name)
        return entry is not None and not entry.absent

    def before(self, name: str, resource_type: str) -> tuple[Made, Entry] | None:
        """The resource of this name and type that stands there."""
        made = self.made.get(name)
        return (made, self.ledger[name]) if made and self.stands(name) and made.type == resource_type else None

    def part(self, name: str) -> Standing | None:
        """What is found of a nested stack."""
        return self.parts[name].standing if name in self.parts else None


def differing(before: Made, request: Request, frame: Frame) -> tuple[Difference, ...]:
    """What an update changes of a resource: nothing is certain of values that nobody knows, and secrets are masked."""
    return tuple(
        _told(one, before, frame) for one in differences(request.type, before.properties, request.properties.peek())
    )


def _told(found: Difference, before: Made, frame: Frame) -> Difference:
    top, path = str(found.path[0]), ("Properties", *found.path)
    inside = any(at[: len(path)] == path for at in frame.uncertain)
    if found.effect is Effect.REPLACED and (inside or frame.reason_at(path) or top in before.doubts):
        found = replace(found, effect=Effect.PERHAPS)
    if (reason := frame.reason_at(path)) is not None:
        found = replace(found, after=f"({reason})")
    if top in before.doubts:
        found = replace(found, before=f"({before.doubts[top]})")
    if top in before.secrets or any(at[1:2] == (top,) for at in frame.secrets):
        found = masked(found)
    return found


def masked(found: Difference) -> Difference:
    """The difference without its values."""
    return replace(found, before=_masked(found.before), after=_masked(found.after))


def _masked(value: object) -> str | None:
    return None if value is None else MASK
