"""What a template's expressions may refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from scenarios.deployment.exports import Exports
from scenarios.deployment.provider import Stack
from scenarios.template.template import Template


@dataclass(frozen=True)
class Parameter:
    """A parameter's value; `unknown` says why it is only a stand-in.

    `said` is what the user or the template says where a thing of our own stands in for it among the resources.
    """

    value: Any
    unknown: str | None = None
    no_echo: bool = False
    said: Any = None


@dataclass
class Made:
    """A resource as far as others may refer to it.

    `lost` says why it was not made: its values are then stand-ins. `opaque` says why attributes that are not listed
    cannot be known, `unknown_id` why the physical id cannot. `closed`: there are no attributes but those listed.
    `doubts` and `secrets` name the attributes, and the top-level properties, that are uncertain or show a NoEcho
    parameter. `again`: an update puts it in the place of another, or may; what nobody knows of it is not the same.
    """

    type: str
    physical_id: str
    attributes: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    lost: str | None = None
    opaque: str | None = None
    unknown_id: str | None = None
    doubts: dict[str, str] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    closed: bool = False
    again: bool = False


WORD = "placeholder"
"""What invented words begin with."""


def spelled(text: str, name: str, invented: Any) -> str:
    """The text with `${Name}` for the words that were invented for the parameter `Name`."""
    for value in invented if isinstance(invented, list) else [invented]:
        if isinstance(value, str) and value.startswith(WORD):
            text = text.replace(value, f"${{{name}}}")
    return text


@dataclass
class Scope:
    """Everything that `Ref` and its kin can reach."""

    template: Template
    stack: Stack
    parameters: dict[str, Parameter]
    made: dict[str, Made] = field(default_factory=dict)
    exports: Exports = field(default_factory=Exports)

    def find(self, name: str) -> Made | None:
        """The resource of this name, as far as it is made.

        In a template with a transform that nobody here can expand, any other name may be one that the transform makes.
        """
        if name in self.made or not self.template.unsupported or name in self.template.resources:
            return self.made.get(name)
        reason = f"{name} would be made by {self.template.unsupported[0].name}, which cannot be expanded here"
        return Made("", f"made-by-transform-{name.lower()}", unknown_id=reason, opaque=reason)

    @cached_property
    def pseudo(self) -> dict[str, Any]:
        """The pseudo parameters but AWS::NoValue."""
        stack = self.stack
        return {
            "AWS::AccountId": stack.account_id,
            "AWS::NotificationARNs": [],
            "AWS::Partition": stack.partition,
            "AWS::Region": stack.region,
            "AWS::StackId": stack.stack_id,
            "AWS::StackName": stack.name,
            "AWS::URLSuffix": stack.url_suffix,
        }

    def mask(self, text: str) -> str:
        """The text without the values of NoEcho parameters."""
        for secret in self._secrets:
            text = text.replace(secret, "****")
        return text

    def worded(self, text: str) -> str:
        """The text with the names of parameters for what was invented for them."""
        for name, parameter in self.parameters.items():
            if parameter.unknown is not None:
                text = spelled(text, name, parameter.value)
        return text

    @cached_property
    def _secrets(self) -> list[str]:
        hidden = [
            parameter.value for parameter in self.parameters.values() if parameter.no_echo and not parameter.unknown
        ]
        values = [str(item) for value in hidden for item in (value if isinstance(value, list) else [value])]
        return sorted((value for value in values if value), key=len, reverse=True)
