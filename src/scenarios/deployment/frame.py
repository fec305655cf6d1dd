"""What is learnt beside the value while one value is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.finding import PropertyPath


@dataclass
class Frame:
    """`uncertain`: resolved path -> why its value is not known before deployment. `sources`: resolved path -> the
    template's path, where they part (`Fn::If`, list items after a removed one)."""

    uncertain: dict[PropertyPath, str] = field(default_factory=dict)
    sources: dict[PropertyPath, PropertyPath] = field(default_factory=dict)

    def doubt(self, path: PropertyPath, reason: str) -> None:
        """Say that the value at `path` is a stand-in."""
        self.uncertain.setdefault(path, reason)

    @property
    def reason(self) -> str | None:
        """The first reason, if there is any doubt at all."""
        return next(iter(self.uncertain.values()), None)
