"""What a template's expressions may refer to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scenarios.deployment.provider import Stack
from scenarios.template.template import Template


@dataclass(frozen=True)
class Parameter:
    """A parameter's value; `unknown` says why it is only a stand-in."""

    value: Any
    unknown: str | None = None
    no_echo: bool = False


@dataclass
class Made:
    """A resource as far as others may refer to it. `lost` says why it was not made; its values are then stand-ins."""

    physical_id: str
    attributes: dict[str, Any] = field(default_factory=dict)
    lost: str | None = None
    opaque: str | None = None  # why attributes that are not listed cannot be known


@dataclass
class Scope:
    """Everything that `Ref` and its kin can reach."""

    template: Template
    stack: Stack
    parameters: dict[str, Parameter]
    made: dict[str, Made] = field(default_factory=dict)

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
