"""Why a layer does not allow a request: the statement that comes nearest, and which of its elements fails."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.algebra import FALSE, Truth
from scenarios.access.asked import Asked
from scenarios.access.condition import Clause
from scenarios.access.decision import StatementRef
from scenarios.access.policies import PolicySet
from scenarios.access.principal import Naming
from scenarios.access.statement import Document, Statement, readable
from scenarios.access.words import layer_words
from scenarios.account.base import Policy

_Miss = tuple[int, str, tuple[StatementRef, ...]]


def near_miss(asked: Asked, policies: PolicySet, layer: str) -> tuple[str, tuple[StatementRef, ...]]:
    """What the layer lacks, in words, with the statement that nearly allows the request."""
    principals = layer in ("resource", "endpoint")
    misses = [
        _miss(asked, layer, policy, statement, principals=principals)
        for policy, document in _documents(policies, layer, principals=principals)
        for statement in asked.statements(document)
        if statement.allow
    ]
    nearest = max(misses, key=lambda miss: miss[0], default=None)
    if nearest is None or nearest[0] == 0:
        return _nothing(asked, policies, layer), ()
    return nearest[1], nearest[2]


def _documents(policies: PolicySet, layer: str, *, principals: bool) -> Iterator[tuple[Policy, Document]]:
    for policy in _policies(policies, layer):
        yield policy, readable(policy.text, policy.uncertain, principals=principals)


def _policies(policies: PolicySet, layer: str) -> tuple[Policy, ...]:
    if layer == "identity":
        return policies.identity
    if layer == "resource":
        return policies.resources
    if layer.startswith("scp."):
        return policies.scps[int(layer.partition(".")[2])]
    single = {"boundary": policies.boundary, "session": policies.session, "endpoint": policies.endpoint}.get(layer)
    return (single,) if single else ()


def _miss(asked: Asked, layer: str, policy: Policy, statement: Statement, *, principals: bool) -> _Miss:
    """How near a statement about the action comes: 3 where only a condition fails, 0 where it is about others."""
    ref = StatementRef(layer, policy.name, statement.label, "Allow", policy.statement_origin(statement.index))
    named = _somehow(asked.named(statement)) if principals else True
    if not named:
        return 0, "", ()
    if asked.resource(statement) is FALSE:
        what = f"statement {statement.label} of {policy.name} allows {asked.request.action}, but not on "
        return 1, what + asked.request.resource, (ref,)
    failing = next((clause for clause in statement.conditions if clause.holds(asked.facts) is FALSE), None)
    if failing is None:
        return 0, "", ()
    said = f"statement {statement.label} of {policy.name} would allow it, but its condition fails: "
    return 3, said + _failure(asked, failing), (ref,)


def _somehow(named: Naming[Truth]) -> bool:
    return any(way is not FALSE for way in named.parts())


def _failure(asked: Asked, clause: Clause) -> str:
    value = asked.facts.value(clause.key)
    if value is None:
        return f"{clause.asks}, and the request has no {clause.key}"
    shown = value if isinstance(value, str) else ", ".join(value)
    return f"{clause.asks}, and the request has {shown!r}"


def _nothing(asked: Asked, policies: PolicySet, layer: str) -> str:
    """The words where no statement comes near."""
    action, resource = asked.request.action, asked.request.resource
    if layer == "public-access-block":
        return "the bucket policy is public, and S3 Block Public Access leaves it to the account and AWS services"
    if layer == "resource" and policies.strict:
        who = "the service" if not asked.caller.has_identity else "the principal or delegates to its account"
        return f"{layer_words(layer, policies)} grants nobody this: no statement for {action} names {who}"
    if layer == "resource":
        return f"{layer_words(layer, policies)} has no statement that lets the caller use {action}"
    return f"{layer_words(layer, policies)} {_lack(layer)} {action} on {resource}"


def _lack(layer: str) -> str:
    return "lack" if layer == "identity" else "does not allow"
