"""Providers that are one API call: written as a line of a table.

The properties are mapped onto the operation's input by name; what the input has no member for is reported as unmapped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from botocore import xform_name

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import fit

Before = Callable[[Request], Mapping[str, Any]]
After = Callable[[Request, dict[str, Any]], None]

_WORD = re.compile(r"\{([\w.]+)\}")


def simple(
    resource_type: str,
    service: str,
    operation: str,
    *,
    ref: str,
    attributes: Mapping[str, str] | None = None,
    identity: str = "",
    aliases: Collection[str] = (),
    parts: Mapping[str, str] | None = None,
    name: str = "",
    lower: bool = False,
    max_length: int = 64,
    rename: Mapping[str, str] | None = None,
    skip: Collection[str] = (),
    ignore: Collection[str] = (),
    more: Before = lambda _: {},
    after: After = lambda *_: None,
) -> None:
    """Register a provider that calls `operation` once.

    `ref`, `identity`, `aliases` (further identities) and the values of `attributes` are patterns over the answer's
    members (`{FunctionArn}`; nested ones by dots), the input, the properties, and `{account}`, `{region}`,
    `{partition}`, `{suffix}`. `parts` maps a part's name among origins to the property that says it. `name` is the
    input member that gets a generated name where the template has none; `rename` maps properties to input members that
    are called otherwise; `skip` are left to `after`, which makes further calls; `ignore` nothing could show; `more`
    gives input members that no property has, and wins.
    """

    @provider(resource_type)
    def create(request: Request) -> Created:
        client, properties = request.client(service), request.properties
        given = fit(client.meta.service_model.operation_model(operation).input_shape, properties, rename, skip)
        if name and name not in given:
            given[name] = request.name(lower=lower, max_length=max_length)
        given |= more(request)
        answer = getattr(client, xform_name(operation))(**given)
        after(request, answer)
        properties.ignore(*ignore)
        words = _words(request, given, answer)
        place = str(fill(identity, words)) if identity else None
        stated = [(part, key) for part, key in (parts or {}).items() if key in properties]
        return Created(
            str(fill(ref, words)),
            {key: fill(pattern, words) for key, pattern in (attributes or {}).items()},
            identity=place,
            origins={
                **{(str(fill(alias, words)),): () for alias in aliases},
                **{(place or "", part): ("Properties", key) for part, key in stated},
            },
        )


def _words(request: Request, given: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """What a pattern may name."""
    stack = request.stack
    return {
        **request.properties.peek(),
        **given,
        **_flat(answer),
        "account": stack.account_id,
        "region": stack.region,
        "partition": stack.partition,
        "suffix": stack.url_suffix,
    }


def fill(pattern: str, words: Mapping[str, Any]) -> Any:
    """The pattern's value: of a lone `{Name}` as it is, else a text."""
    if lone := _WORD.fullmatch(pattern):
        return words.get(lone[1], "")
    return _WORD.sub(lambda found: str(words.get(found[1], "")), pattern)


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        found[prefix + key] = item
        if isinstance(item, dict) and key != "ResponseMetadata":
            found |= _flat(item, f"{prefix}{key}.")
    return found
