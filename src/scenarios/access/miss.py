"""Why a layer does not allow a request: the statement that comes nearest, and which of its elements fails."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from scenarios.access.algebra import FALSE, Truth
from scenarios.access.asked import Asked
from scenarios.access.condition import Clause
from scenarios.access.decision import FailedCondition, StatementRef
from scenarios.access.policies import PolicySet
from scenarios.access.principal import Naming
from scenarios.access.statement import Document, Statement, readable
from scenarios.access.words import layer_words
from scenarios.account.base import Policy


class Fails(IntEnum):
    """The element at which a statement fails, by how near it then comes to allowing the request."""

    PRINCIPAL = 0
    RESOURCE = 1
    CONDITION = 2


class Miss(NamedTuple):
    """What a layer lacks, in words, with the statement that comes nearest (none where none is about the action)."""

    words: str
    fails: Fails | None = None
    statement: StatementRef | None = None
    condition: FailedCondition | None = None


def near_miss(asked: Asked, policies: PolicySet, layer: str) -> Miss:
    """Why the layer does not allow the request."""
    principals = layer in ("resource", "endpoint")
    misses = [
        miss
        for policy, document in _documents(policies, layer, principals=principals)
        for statement in asked.statements(document)
        if statement.allow and (miss := _miss(asked, layer, policy, statement, principals=principals))
    ]
    nearest = max(misses, key=lambda miss: miss.fails or 0, default=None)
    return nearest if nearest and nearest.fails else Miss(_nothing(asked, policies, layer))


def _documents(policies: PolicySet, layer: str, *, principals: bool) -> Iterator[tuple[Policy, Document]]:
    for policy in policies.of_layer(layer):
        yield policy, readable(policy.text, policy.uncertain, principals=principals)


def _miss(asked: Asked, layer: str, policy: Policy, statement: Statement, *, principals: bool) -> Miss | None:
    """How near a statement about the action comes; nothing where it does not fail."""
    ref = StatementRef(layer, policy.name, statement.label, "Allow", policy.statement_origin(statement.index))
    if principals and not _somehow(asked.named(statement)):
        return Miss("", Fails.PRINCIPAL, ref)
    if asked.resource(statement) is FALSE:
        what = f"statement {statement.label} of {policy.name} allows {asked.request.action}, but not on "
        return Miss(what + asked.request.resource, Fails.RESOURCE, ref)
    failing = next((clause for clause in statement.conditions if clause.holds(asked.facts) is FALSE), None)
    if failing is None:
        return None
    said = f"statement {statement.label} of {policy.name} would allow it, but its condition fails: "
    condition = failed(asked, failing)
    return Miss(said + condition.words, Fails.CONDITION, ref, condition)


def _somehow(named: Naming[Truth]) -> bool:
    return any(way is not FALSE for way in named.parts())


def failed(asked: Asked, clause: Clause) -> FailedCondition:
    """The clause beside what the request has."""
    value = asked.facts.value(clause.key)
    given = () if value is None else (value,) if isinstance(value, str) else value
    return FailedCondition(clause.written, clause.key, clause.values, given)


def _nothing(asked: Asked, policies: PolicySet, layer: str) -> str:
    """The words where no statement comes near."""
    action, resource = asked.request.action, asked.request.resource
    if layer == "public-access-block":
        return "the bucket policy is public, and S3 Block Public Access leaves it to the account and AWS services"
    if layer == "resource" and policies.strict:
        who = "" if not asked.caller.has_identity else " or delegates to its account"
        return f"{layer_words(layer, policies)} has no statement for {action} that names the caller{who}"
    if layer == "resource":
        return f"{layer_words(layer, policies)} has no statement that lets the caller use {action}"
    return f"{layer_words(layer, policies)} {_lack(layer)} {action} on {resource}"


def _lack(layer: str) -> str:
    return "lack" if layer == "identity" else "does not allow"
