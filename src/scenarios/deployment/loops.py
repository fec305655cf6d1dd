"""Loops over what nobody knows before deployment: which resources they make, or shape, is not known either."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.deployment.scope import Parameter
from scenarios.template.template import Template

_LOOP = "Fn::ForEach::"


def uncertain_resources(written: Template, expanded: Template, values: Mapping[str, Parameter]) -> dict[str, str]:
    """The resources that hang on a loop over a parameter without a value, with the reason.

    `written` is the template with its loops, `expanded` the one without.
    """
    unknown = {name: parameter.unknown for name, parameter in values.items() if parameter.unknown}
    found: dict[str, str] = {}
    for name, resource in written.resources.items() if unknown else ():
        reason = next((unknown[ref] for ref in _collections({name: resource}) if ref in unknown), None)
        if reason is None:
            continue
        made = [other for other in expanded.resources if other not in written.resources]
        found |= dict.fromkeys(made if name.startswith(_LOOP) else [name], f"a loop decides: {reason}")
    return found


def _collections(value: Any) -> Iterator[str]:
    """The names that the collections of all loops within `value` refer to."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key.startswith(_LOOP) and isinstance(item, list) and len(item) == 3:
                yield from _refs(item[1])
            yield from _collections(item)
    elif isinstance(value, list):
        for item in value:
            yield from _collections(item)


def _refs(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "Ref" and isinstance(item, str):
                yield item
            else:
                yield from _refs(item)
    elif isinstance(value, list):
        for item in value:
            yield from _refs(item)
