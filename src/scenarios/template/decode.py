"""From nodes to plain values in long form, with the position of every path."""

from __future__ import annotations

import re
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import Position, PropertyPath
from scenarios.template.dialects import foreign_key, unknown_tag
from scenarios.template.node import Node

_MAX_VALUES = 500_000  # more than a template of 1 MB can hold by itself: only aliases multiply beyond it

_SHORT = (
    "And Base64 Cidr Equals FindInMap ForEach GetAZs GetAtt If ImportValue Join Length Not Or Select Split Sub "
    "ToJsonString Transform ValueOf ValueOfAll RefAll Contains EachMemberEquals EachMemberIn Implies GetStackOutput"
).split()
_LONG = {"!Ref": "Ref", "!Condition": "Condition", **{f"!{name}": f"Fn::{name}" for name in _SHORT}}
_STANDARD = {
    "tag:yaml.org,2002:str": "str",
    "tag:yaml.org,2002:map": "map",
    "tag:yaml.org,2002:seq": "seq",
    "tag:yaml.org,2002:int": "int",
    "tag:yaml.org,2002:float": "float",
    "tag:yaml.org,2002:bool": "bool",
    "tag:yaml.org,2002:null": "null",
    "!": "str",
}

_BOOLEANS = {
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"), False),
}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")


class Decoder:
    """Decodes one document; `positions` fills as values are made."""

    def __init__(self, file: str) -> None:
        self.positions: dict[PropertyPath, Position] = {}
        self._file = file
        self._count = 0

    def decode(self, root: Node) -> Any:
        """The value of the whole document.

        Raises InputError for duplicate keys, unknown tags, and aliases that multiply beyond any template's size.
        """
        self.positions[()] = Position(root.line, root.column)
        return self._value(root, ())

    def _value(self, node: Node, path: PropertyPath) -> Any:
        self._count += 1
        if self._count > _MAX_VALUES:
            raise self._error("aliases multiply this document beyond any template's size", node)
        tag = node.tag
        if tag is not None and node.kind != "scalar" and _STANDARD.get(tag) in ("map", "seq"):
            tag = None
        if tag is None or tag in _STANDARD:
            return self._plain(node, path)
        name = _LONG.get(tag)
        if name is None:
            shown = tag.removeprefix("tag:yaml.org,2002:")
            raise self._error(unknown_tag(tag if shown == tag else f"!!{shown}", _LONG), node)
        inner = (*path, name)
        self.positions.setdefault(inner, Position(node.line, node.column))
        return {name: long_form(name, self._plain(node, inner))}

    def _plain(self, node: Node, path: PropertyPath) -> Any:
        if node.kind == "mapping":
            return self._mapping(node, path)
        if node.kind == "list":
            return [self._item(item, (*path, index)) for index, item in enumerate(node.items)]
        return self._scalar(node)

    def _item(self, node: Node, path: PropertyPath) -> Any:
        self.positions[path] = Position(node.line, node.column)
        return self._value(node, path)

    def _mapping(self, node: Node, path: PropertyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        merged: list[Node] = []
        for key_node, value_node in node.pairs:
            if key_node.plain and key_node.text == "<<" and key_node.tag is None:
                merged += value_node.items if value_node.kind == "list" else [value_node]
                continue
            key = self._key(key_node)
            if key in lines:
                raise self._error(f"duplicate key {key}, first on line {lines[key]}", key_node)
            lines[key] = key_node.line
            self.positions[(*path, key)] = Position(key_node.line, key_node.column)
            values[key] = long_form(key, self._value(value_node, (*path, key)))
        for source in merged:
            self._merge(source, path, values)
        return values

    def _merge(self, source: Node, path: PropertyPath, values: dict[str, Any]) -> None:
        """Keys of a merged mapping that the mapping itself does not have."""
        if source.kind != "mapping":
            raise self._error("<< merges mappings only", source)
        for key_node, value_node in source.pairs:
            key = self._key(key_node)
            if key not in values:
                self.positions[(*path, key)] = Position(key_node.line, key_node.column)
                values[key] = self._value(value_node, (*path, key))

    def _key(self, node: Node) -> str:
        if node.kind != "scalar" or (node.tag is not None and node.tag not in _STANDARD):
            raise self._error("a key is a plain text", node)
        if (cause := foreign_key(node.text)) is not None:
            raise self._error(cause, node)
        return node.text

    def _scalar(self, node: Node) -> Any:
        kind = _STANDARD.get(node.tag or "")
        if kind == "str" or (not node.plain and kind is None):
            return node.text
        text = node.text
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        if text in _NULLS:
            return None
        if _INTEGER.match(text):
            return int(text) if len(text) < 19 else text
        if _FLOAT.match(text) and str(float(text)) == text:
            return float(text)
        return text  # dates such as 2012-10-17, account ids with leading zeros, 1.10: text is what CloudFormation keeps

    def _error(self, cause: str, node: Node) -> InputError:
        return InputError(cause, file=self._file, line=node.line, column=node.column)


def long_form(name: str, value: Any) -> Any:
    """The value of an intrinsic in its long form: `Fn::GetAtt` as a list of logical id and attribute."""
    if name == "Fn::GetAtt" and isinstance(value, str) and "." in value:
        return value.split(".", 1)
    return value
