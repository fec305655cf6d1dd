"""What the stacks of one account export, for others to import.

Source: "Get exported outputs from a deployed CloudFormation stack",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Export:
    """An exported value; `unknown` says why it is only a stand-in."""

    value: Any
    unknown: str | None = None
    secret: bool = False


@dataclass
class Exports:
    """The exports so far, by name; `refused` says of names why nobody can say which value they have."""

    known: dict[str, Export] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    def add(self, name: str, export: Export) -> None:
        """One more. CloudFormation refuses the second export of a name, so that its value is not known then."""
        if name in self.known:
            export = Export(export.value, f"{name} is exported by two stacks", export.secret)
        self.known[name] = export

    def find(self, name: str) -> Export | None:
        """The export of this name, if it is known."""
        return None if name in self.refused else self.known.get(name)
