"""Providers that are one API call: written as a line of a table.

The properties are mapped onto the operation's input by name; what the input has no member for is reported as unmapped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call

Before = Callable[[Request], Mapping[str, Any]]
After = Callable[[Request, dict[str, Any]], None]


def simple(
    resource_type: str,
    service: str,
    operation: str,
    *,
    ref: str,
    attributes: Mapping[str, str] | None = None,
    identity: str = "",
    name: str = "",
    lower: bool = False,
    max_length: int = 64,
    more: Before = lambda _: {},
    after: After = lambda *_: None,
) -> None:
    """Register a provider that calls `operation` once.

    `ref`, `identity` and the values of `attributes` are patterns over the answer's members (`{FunctionArn}`; nested
    ones by dots), the properties, and `{account}`, `{region}`, `{partition}`. `name` is the input member that gets a
    generated name where the template has none; `more` gives input members that no property has; `after` makes further
    calls.
    """

    @provider(resource_type)
    def create(request: Request) -> Created:
        client = request.client(service)
        given = dict(more(request))
        if (
            name
            and name not in {**request.properties, **given}
            and _folded(name) not in map(_folded, request.properties)
        ):
            given[name] = request.name(lower=lower, max_length=max_length)
        answer = call(client, operation, request.properties, **given)
        words = Words(request, {**given, **answer})
        after(request, answer)
        made = {key: words.fill(pattern) for key, pattern in (attributes or {}).items()}
        return Created(str(words.fill(ref)), made, identity=str(words.fill(identity)) if identity else None)


class Words:
    """What a pattern may name."""

    def __init__(self, request: Request, answer: Mapping[str, Any]) -> None:
        stack = request.stack
        self._words: dict[str, Any] = {
            **{key: value for key, value in request.properties.peek().items() if not isinstance(value, dict | list)},
            **_flat(answer),
            "account": stack.account_id,
            "region": stack.region,
            "partition": stack.partition,
            "suffix": stack.url_suffix,
        }

    def fill(self, pattern: str) -> Any:
        """The pattern's value: of a lone `{Name}` as it is, else a text."""
        if pattern.startswith("{") and pattern.endswith("}") and pattern.count("{") == 1:
            return self._words.get(pattern[1:-1], "")
        for word, value in self._words.items():
            pattern = pattern.replace("{" + word + "}", str(value))
        return pattern


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        found[prefix + key] = item
        if isinstance(item, dict) and key != "ResponseMetadata":
            found |= _flat(item, f"{prefix}{key}.")
    return found


def _folded(name: str) -> str:
    return name.lower()
