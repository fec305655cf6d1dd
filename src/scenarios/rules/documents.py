"""Policy documents read as data: what they name. What they allow is for `access` to decide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.access.glob import glob, pattern_of
from scenarios.account.base import Policy
from scenarios.finding import Origin


@dataclass(frozen=True)
class Statement:
    """A statement as written, every element a list; a `NotResource` counts as every resource."""

    index: int
    allow: bool
    actions: tuple[str, ...]
    not_actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: dict[str, Any]
    origin: Origin | None

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
            )


def covers(statement: Statement, *actions: str) -> bool:
    """Whether the statement's Action or NotAction takes in one of `actions`."""
    if statement.not_actions:
        return not all(_matches(action, statement.not_actions) for action in actions)
    return any(_matches(action, statement.actions) for action in actions)


def matches(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern with the wildcards `*` and `?`, as in Action and Resource."""
    return glob(pattern_of(pattern)).matches(text)


def _matches(action: str, patterns: tuple[str, ...]) -> bool:
    return any(matches(action.lower(), pattern.lower()) for pattern in patterns)


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
