"""From text to a tree of nodes with marks, be it JSON or YAML."""

from __future__ import annotations

from scenarios.errors import InputError
from scenarios.template.json_nodes import parse_json
from scenarios.template.node import Node
from scenarios.template.yaml_nodes import parse_yaml


def parse(text: str, file: str) -> Node:
    """The root node of a document.

    What begins like JSON and is not is left to YAML, which has flow mappings, unless the file's name says JSON.
    Raises InputError with line and column for whatever is no single well-formed document.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        try:
            return parse_json(text, file)
        except InputError:
            if file.endswith((".json", ".template")):
                raise
    return parse_yaml(text, file)
