"""What a template says to do with a physical resource that goes.

Sources: "DeletionPolicy attribute" and "UpdateReplacePolicy attribute",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.functions import as_text
from scenarios.deployment.resolve import Resolver

_ATTRIBUTES = ("DeletionPolicy", "UpdateReplacePolicy")
_KEEPING = ("Retain", "RetainExceptOnCreate")


def policies(resolver: Resolver) -> dict[str, dict[str, str]]:
    """The two policies of each resource that has any.

    Raises InputError for a function with wrong arguments.
    """
    found = {name: _policies(resolver, name, body) for name, body in resolver.scope.template.resources.items()}
    return {name: own for name, own in found.items() if own}


def keeps(policy: str) -> bool:
    """Whether the physical resource is kept."""
    return policy in _KEEPING


def _policies(resolver: Resolver, name: str, body: dict[str, Any]) -> dict[str, str]:
    found = {}
    for attribute in _ATTRIBUTES:
        if attribute in body:
            frame = Frame()
            value = as_text(resolver.argument(body[attribute], ("Resources", name, attribute), frame))
            found[attribute] = value if frame.reason is None else f"{value}, if {frame.reason}"
    return found
