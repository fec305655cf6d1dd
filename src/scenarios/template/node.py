"""What both parsers make: a tree of nodes with marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MAX_DEPTH = 200
"""Levels of nesting that are read; a template that CloudFormation takes has far fewer."""


@dataclass(eq=False)
class Node:
    """A scalar, a list or a mapping. Line and column count from 1; `tag` is an explicit one (`!Sub`)."""

    kind: Literal["scalar", "list", "mapping"]
    line: int
    column: int
    tag: str | None = None
    text: str = ""
    plain: bool = False
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)
