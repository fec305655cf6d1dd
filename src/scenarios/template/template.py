"""A decoded template: plain values, and where each of them stands in the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import Position, PropertyPath


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A transform or macro that we cannot expand; nothing in the template may be said to hold."""

    name: str
    position: Position


@dataclass(frozen=True)
class Template:
    """A CloudFormation template.

    `body` has plain Python values only, with intrinsics in their long form (`{"Ref": "X"}`,
    `{"Fn::GetAtt": ["X", "Arn"]}`). `positions` maps a path in `body` to the place of its key (mapping
    entries) or of its value (list items); paths of `AWS::LanguageExtensions` output map to the loop that made them.
    Files below `root` may be read for it (nested templates, includes); without one, none. `included` are the texts of
    those that were included.
    """

    file: str
    text: str
    body: dict[str, Any]
    positions: Mapping[PropertyPath, Position]
    unsupported: tuple[Unsupported, ...] = ()
    root: str | None = None
    included: Mapping[str, str] = field(default_factory=dict)
    _lines: list[str] = field(default_factory=list, repr=False, compare=False)

    @property
    def resources(self) -> dict[str, Any]:
        """The `Resources` section."""
        resources = self.body.get("Resources")
        return resources if isinstance(resources, dict) else {}

    def position(self, path: PropertyPath) -> Position:
        """The place of `path`, or of its nearest ancestor that has one."""
        for length in range(len(path), -1, -1):
            if (position := self.positions.get(path[:length])) is not None:
                return position
        return Position(1, 1)

    def error(self, cause: str, path: PropertyPath) -> InputError:
        """A mistake in the template, at its place."""
        at = self.position(path)
        return InputError(cause, file=at.file or self.file, line=at.line, column=at.column)

    def line(self, number: int) -> str:
        """The text of one line, counted from 1; empty outside the text."""
        if not self._lines:
            self._lines.extend(self.text.splitlines())
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""
