"""What is learnt beside the value while one value is resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.finding import PropertyPath


@dataclass
class Frame:
    """What is to be said of the parts of one value, by their resolved paths.

    `uncertain`: why a part's value is not known before deployment. `sources`: the template's path of a part, where the
    two differ (`Fn::If`, list items after a removed one). `secrets`: parts that show a NoEcho parameter. `lost`: the
    resources that were not made, though the value refers to them. `imported`: the exports that it is made of. With
    `literal`, a parameter stands for what the user wrote, also where a stand-in takes its place among the resources.
    `named`: the resources whose private address a part shows.
    """

    uncertain: dict[PropertyPath, str] = field(default_factory=dict)
    sources: dict[PropertyPath, PropertyPath] = field(default_factory=dict)
    secrets: set[PropertyPath] = field(default_factory=set)
    lost: dict[str, str] = field(default_factory=dict)
    named: dict[PropertyPath, frozenset[str]] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    literal: bool = False

    def doubt(self, path: PropertyPath, reason: str) -> None:
        """Say that the value at `path` is a stand-in."""
        self.uncertain.setdefault(path, reason)

    def lose(self, path: PropertyPath, name: str, reason: str) -> None:
        """Say that the value at `path` stands in for one of the resource `name`, which was not made."""
        self.lost.setdefault(name, reason)
        self.doubt(path, reason)

    def name(self, path: PropertyPath, names: frozenset[str]) -> None:
        """Say that the value at `path` shows the private address of these resources."""
        self.named[path] = self.named.get(path, frozenset()) | names

    def inner(self) -> Frame:
        """A frame for a function's arguments, to be absorbed when its value is there."""
        return Frame(literal=self.literal)

    def absorb(self, inner: Frame, path: PropertyPath) -> None:
        """Whatever is to be said of an argument is to be said of the function's value at `path`."""
        if inner.reason is not None:
            self.doubt(path, inner.reason)
        if inner.secrets:
            self.secrets.add(path)
        self.lost |= inner.lost
        for names in inner.named.values():
            self.name(path, names)
        self.imported |= inner.imported

    def reason_at(self, path: PropertyPath) -> str | None:
        """Why the value at `path` is not known: it or what holds it is a stand-in."""
        steps = (path[:length] for length in range(len(path), -1, -1))
        return next((self.uncertain[step] for step in steps if step in self.uncertain), None)

    @property
    def reason(self) -> str | None:
        """The first reason, if there is any doubt at all."""
        return next(iter(self.uncertain.values()), None)
