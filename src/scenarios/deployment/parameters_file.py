"""Parameters from a file."""

from __future__ import annotations

from typing import Any

from scenarios.errors import InputError


def read_parameters_file(path: str) -> dict[str, str]:
    """The parameters in a JSON or YAML file, in any of the forms in use.

    A list of `ParameterKey` and `ParameterValue` (AWS CLI), a mapping below `Parameters` (CodePipeline), or a plain
    mapping. Raises InputError for a file that cannot be read or has another form.
    """
    from scenarios.template.decode import Decoder
    from scenarios.template.load import read
    from scenarios.template.nodes import parse

    value = Decoder(path).decode(parse(read(path), path))
    if isinstance(value, dict) and isinstance(value.get("Parameters"), dict | list):
        value = value["Parameters"]
    if isinstance(value, dict):
        return {name: _text(item, name, path) for name, item in value.items()}
    if isinstance(value, list):
        return dict(_pair(item, path) for item in value)
    raise InputError("parameters are a list of ParameterKey and ParameterValue, or a mapping", file=path, line=1)


def _pair(item: Any, path: str) -> tuple[str, str]:
    if isinstance(item, dict) and isinstance(item.get("ParameterKey"), str) and "ParameterValue" in item:
        return item["ParameterKey"], _text(item["ParameterValue"], item["ParameterKey"], path)
    if isinstance(item, str) and "=" in item:
        name, _, value = item.partition("=")
        return name, value
    raise InputError("each item is a ParameterKey with a ParameterValue", file=path)


def _text(value: Any, name: str, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(item, name, path) for item in value)
    if isinstance(value, str | int | float):
        return str(value)
    raise InputError(f"the value of parameter {name} is neither a text nor a list", file=path)
