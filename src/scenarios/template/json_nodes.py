"""From JSON text to nodes with marks.

YAML takes most JSON, but not all of it: a key of more than 1,024 characters, a line break before a colon, a tab.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any, Literal

from scenarios.errors import InputError
from scenarios.template.node import MAX_DEPTH, Node

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"[-+.0-9a-zA-Z]+")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def parse_json(text: str, file: str) -> Node:
    """The root node of a JSON document.

    Raises InputError with line and column for what is no JSON, and for nesting beyond any template's.
    """
    try:
        json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=file, line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise InputError(f"nested deeper than {MAX_DEPTH} levels", file=file, line=1) from None
    except ValueError as error:
        raise InputError(f"not JSON: {error}", file=file, line=1) from None
    return _Scanner(text, file).value(0)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


class _Scanner:
    """Walks over text that is known to be JSON."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._at = 0
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def value(self, depth: int) -> Node:
        sign = self._next()
        if sign == "{":
            return self._mapping(depth)
        if sign == "[":
            return self._list(depth)
        return self._string() if sign == '"' else self._atom()

    def _mapping(self, depth: int) -> Node:
        node = self._opened("mapping", depth)
        while self._next() != "}":
            key = self._string()
            self._skip(":")
            node.pairs.append((key, self.value(depth + 1)))
            self._skip(",")
        self._at += 1
        return node

    def _list(self, depth: int) -> Node:
        node = self._opened("list", depth)
        while self._next() != "]":
            node.items.append(self.value(depth + 1))
            self._skip(",")
        self._at += 1
        return node

    def _opened(self, kind: Literal["list", "mapping"], depth: int) -> Node:
        node = self._node(kind)
        if depth >= MAX_DEPTH:
            raise InputError(f"nested deeper than {MAX_DEPTH} levels", file=self._file, line=node.line)
        self._at += 1
        return node

    def _string(self) -> Node:
        node = self._node("scalar")
        text, self._at = _DECODER.raw_decode(self._text, self._at)
        node.text = _LONE_SURROGATE.sub("\ufffd", text)
        return node

    def _atom(self) -> Node:
        node = self._node("scalar")
        match = _ATOM.match(self._text, self._at)
        node.text, node.plain = (match.group() if match else ""), True
        self._at += len(node.text)
        return node

    def _node(self, kind: Literal["scalar", "list", "mapping"]) -> Node:
        line = bisect_right(self._lines, self._at)
        return Node(kind, line, self._at - self._lines[line - 1] + 1)

    def _next(self) -> str:
        """The next character that is no space; stays before it."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at]

    def _skip(self, sign: str) -> None:
        if self._next() == sign:
            self._at += 1
