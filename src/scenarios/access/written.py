"""Policy documents read as they are written: what they name, to find what somebody meant.

What they allow is for `decide` to say. A document that AWS would refuse can still be read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from scenarios.access.action import ActionElement
from scenarios.access.algebra import TRUE
from scenarios.access.glob import glob, pattern_of
from scenarios.account.base import Policy
from scenarios.finding import Origin


@dataclass(frozen=True)
class Statement:
    """A statement as written, every element a list; a `NotResource` counts as every resource.

    `principals` is its Principal as it stands; `excepting` tells that it has a NotPrincipal instead.
    """

    index: int
    allow: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: dict[str, Any]
    origin: Origin | None
    principals: Any = None
    excepting: bool = False

    @property
    def condition_keys(self) -> frozenset[str]:
        """The condition keys, in lower case."""
        return frozenset(key.lower() for keys in self.conditions.values() if isinstance(keys, dict) for key in keys)


def statements(policy: Policy | None) -> Iterator[Statement]:
    """The statements of a document; malformed ones are passed over, since `access` reports them."""
    if policy is None:
        return
    for index, raw in enumerate(listed(policy.document.get("Statement"))):
        if isinstance(raw, dict):
            condition = raw.get("Condition")
            yield Statement(
                index,
                raw.get("Effect") == "Allow",
                _texts(raw.get("Action")),
                _texts(raw.get("NotAction")),
                ("*",) if "NotResource" in raw else _texts(raw.get("Resource")),
                condition if isinstance(condition, dict) else {},
                policy.statement_origin(index),
                raw.get("Principal"),
                "NotPrincipal" in raw,
            )


def covers(statement: Statement, *actions: str) -> bool:
    """Whether the statement's Action or NotAction takes in one of `actions`."""
    negated = bool(statement.not_actions)
    element = _element(statement.not_actions or statement.actions, negated=negated)
    return any(element.matches(action.lower()) is TRUE for action in actions)


def matches(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern with the wildcards `*` and `?`, as in Action and Resource."""
    return glob(pattern_of(pattern)).matches(text)


@lru_cache(maxsize=4096)
def _element(patterns: tuple[str, ...], *, negated: bool) -> ActionElement:
    return ActionElement(patterns, negated=negated, doubts={})


def listed(value: Any) -> list[Any]:
    """A list as it is, a lone value as a list of one, nothing as an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def without_conditions(policy: Policy) -> Policy:
    """The same document with every Allow unconditioned: to ask whether it is a condition that stands in the way."""
    document = dict(policy.document)
    document["Statement"] = [
        {key: value for key, value in raw.items() if key != "Condition" or raw.get("Effect") != "Allow"}
        for raw in listed(document.get("Statement"))
        if isinstance(raw, dict)
    ]
    return policy.model_copy(update={"text": json.dumps(document, sort_keys=True)})


def only(policy: Policy, index: int) -> Policy:
    """The same document with one statement only."""
    document = dict(policy.document)
    document["Statement"] = [listed(document.get("Statement"))[index]]
    return policy.model_copy(update={"text": json.dumps(document, sort_keys=True)})


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(item for item in listed(value) if isinstance(item, str))
