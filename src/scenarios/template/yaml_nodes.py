"""From YAML text to nodes with marks.

Built from the parser's events instead of PyYAML's composer and constructors: nothing in a template can name a Python
object, nesting is bounded, and aliases share one node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from scenarios.errors import InputError
from scenarios.template.dialects import unrendered
from scenarios.template.node import MAX_DEPTH, Node

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it


def parse_yaml(text: str, file: str) -> Node:
    """The root node of a YAML document.

    Raises InputError with line and column for whatever is no single well-formed document.
    """
    builder = _Builder(file)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        cause = " ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        raise InputError(f"not YAML: {cause}{unrendered(text)}", file=file, line=line, column=column) from None
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        raise InputError(f"not YAML: {str(error).splitlines()[0]}", file=file, line=line) from None
    if builder.root is None:
        raise InputError("the file is empty", file=file, line=1)
    return builder.root


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=_LOADER)


class _Builder:
    """A stack machine over parse events."""

    def __init__(self, file: str) -> None:
        self.root: Node | None = None
        self._file = file
        self._stack: list[tuple[Node, list[Node]]] = []
        self._anchors: dict[str, Node] = {}

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._node("scalar", event, text=event.value, plain=event.implicit[0]))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(self._node("list", event))
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(self._node("mapping", event))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._aliased(event))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._refuse("a template is one document; here begins a second", event)

    def _node(self, kind: Any, event: Any, text: str = "", plain: bool = False) -> Node:
        mark = event.start_mark
        node = Node(kind, mark.line + 1, mark.column + 1, event.tag, text, plain)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _aliased(self, event: Any) -> Node:
        node = self._anchors.get(event.anchor)
        if node is None:
            self._refuse(f"there is no anchor &{event.anchor}", event)
        if any(node is opened for opened, _ in self._stack):
            self._refuse(f"the alias *{event.anchor} stands inside its own anchor", event)
        return node  # type: ignore[return-value]  # _refuse does not return

    def _open(self, node: Node) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH} levels", file=self._file, line=node.line)
        self._stack.append((node, []))

    def _close(self) -> None:
        node, children = self._stack.pop()
        if node.kind == "list":
            node.items = children
        else:
            node.pairs = list(zip(children[::2], children[1::2], strict=True))
        self._add(node)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1][1].append(node)
        else:
            self.root = node

    def _refuse(self, cause: str, event: Any) -> None:
        mark = event.start_mark
        raise InputError(cause, file=self._file, line=mark.line + 1, column=mark.column + 1)
