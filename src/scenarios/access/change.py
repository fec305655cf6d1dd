"""The smallest change that would allow a denied request: which layers lack what.

Each change is about one layer. Ways round a control are not proposed: naming a user or a session in a resource policy
would free it from its permissions boundary, so that a boundary in the way has itself to allow the request. A proposal
is only made where the decision formula, asked again with the change applied, allows the request.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from scenarios.access.algebra import FALSE, TRUE, Truth
from scenarios.access.asked import Asked
from scenarios.access.caller import Caller, Kind
from scenarios.access.condition import Clause
from scenarios.access.decide import Evaluation, evaluate
from scenarios.access.decision import Outcome, StatementRef
from scenarios.access.explain import statement_ref
from scenarios.access.formula import Layer
from scenarios.access.miss import Fails, Miss, failed, near_miss
from scenarios.access.policies import PolicySet
from scenarios.access.request import Request
from scenarios.access.statement import readable
from scenarios.access.words import layer_words, statement_words
from scenarios.account.base import Policy

_NAMING = ("resource", "endpoint")
_ROUNDS = 3
"""Allowing an anonymous caller can bring in S3 Block Public Access, which then has to give way too."""


class Step(StrEnum):
    """What is to be done: add a statement, widen one that nearly allows the request, make an exception from a Deny, or
    loosen a setting."""

    ADD = "add"
    WIDEN = "widen"
    EXCEPT = "except"
    LOOSEN = "loosen"


@dataclass(frozen=True)
class Change:
    """One layer's part of the change. `statement` is the one to edit; `allow` a statement that would do instead."""

    layer: str
    step: Step
    words: str
    statement: StatementRef | None = None
    allow: dict[str, Any] | None = None


def smallest_change(request: Request, policies: PolicySet) -> tuple[Change, ...]:
    """The fewest changes after which the request would be allowed.

    None where it is allowed, where the decision hangs on something unknown, or where no change of policies would do.
    """
    changes: list[Change] = []
    changed = policies
    for _ in range(_ROUNDS):
        found = evaluate(request, changed)
        if found.outcome is Outcome.ALLOWED:
            return tuple(changes)
        if found.outcome is Outcome.UNKNOWN:
            return ()
        further = list(_changes(found, changed))
        if not further:
            return ()
        changes += further
        changed = applied(further, changed)
    return tuple(changes) if evaluate(request, changed).outcome is Outcome.ALLOWED else ()


def applied(changes: Iterable[Change], policies: PolicySet) -> PolicySet:
    """The policies with the changes made."""
    for change in changes:
        if change.step is Step.LOOSEN:
            policies = replace(policies, public_access_blocked=False)
        elif change.step is Step.EXCEPT and change.statement:
            policies = _without(policies, change.statement)
        elif change.allow:
            added = Policy(name="added", text=json.dumps({"Version": "2012-10-17", "Statement": [change.allow]}))
            policies = _with(policies, change.layer, added)
    return policies


def _changes(found: Evaluation, policies: PolicySet) -> Iterator[Change]:
    for layer in found.layers.in_order():
        for match in layer.matches:
            if match.denies is TRUE:
                ref = statement_ref(layer.name, match.policy, match.statement.index, match.statement.label, allow=False)
                yield Change(layer.name, Step.EXCEPT, _exception(found.asked, policies, ref, match.statement), ref)
    for name in (*_missing(found), *_closed_limits(found)):
        yield _allowing(found.asked, policies, name)


def _closed_limits(found: Evaluation) -> Iterator[str]:
    """The organisation, the endpoint and Block Public Access, which have to allow whatever grants."""
    layers = found.layers
    for layer in (*layers.scps, layers.endpoint, layers.public_block):
        if layer is not None and layer.allowed is FALSE:
            yield layer.name


def _missing(found: Evaluation) -> tuple[str, ...]:
    """The layers that keep the request from being granted, by the way that needs the fewest."""
    return min(_ways(found), key=len)


def _ways(found: Evaluation) -> Iterator[tuple[str, ...]]:
    """Each way of granting, as the layers that it still lacks; the more usual way first."""
    case, layers = found.case, found.layers
    resource = layers.resource
    direct, role, account = (_is(resource, way) for way in ("direct", "role", "account"))
    if not case.has_identity:
        yield () if direct else ("resource",)
        return
    by_grant = _is(layers.grants, "allowed")
    identity = () if _is(layers.identity, "allowed") else ("identity",)
    limits = tuple(one.name for one in (layers.boundary, layers.session) if one and one.allowed is not TRUE)
    if case.same_account is not TRUE:
        yield (*(() if direct or role or account or by_grant else ("resource",)), *identity, *limits)
        return
    if direct or by_grant:
        yield ()
    if not case.strict or account:
        yield (*identity, *limits)
    yield (*(() if role else ("resource",)), *limits)


def _is(layer: Layer[Truth] | None, way: str) -> bool:
    return layer is not None and getattr(layer, way) is TRUE


def _allowing(asked: Asked, policies: PolicySet, layer: str) -> Change:
    """How a layer that does not allow the request would."""
    if layer == "public-access-block":
        words = "S3 Block Public Access has to be off, or the bucket policy to admit no one but named principals"
        return Change(layer, Step.LOOSEN, words)
    miss = near_miss(asked, policies, layer)
    allow = _allow(asked, layer, policies)
    if miss.statement and miss.fails and miss.fails > Fails.PRINCIPAL:
        return Change(layer, Step.WIDEN, _widening(asked, policies, miss), miss.statement, allow)
    naming = f" naming {_principal_words(asked.caller)}" if layer in _NAMING and "Principal" in allow else ""
    words = f"{layer_words(layer, policies)}: add an Allow for {asked.request.action} on {asked.request.resource}"
    return Change(layer, Step.ADD, words + naming, None, allow)


def _widening(asked: Asked, policies: PolicySet, miss: Miss) -> str:
    where = statement_words(miss.statement, policies) if miss.statement else ""
    if miss.condition is None:
        return f"{where}: it has to cover {asked.request.resource}"
    given = ", ".join(miss.condition.given) or "a request without it"
    return f"{where}: its condition {miss.condition.operator} {miss.condition.key} has to admit {given}"


def _exception(asked: Asked, policies: PolicySet, ref: StatementRef, statement: Any) -> str:
    where = statement_words(ref, policies)
    met = "; ".join(_met(asked, clause) for clause in statement.conditions)
    because = f" (it applies since {met})" if met else ""
    return f"{where}: except {_principal_words(asked.caller)} or this request from the Deny{because}"


def _met(asked: Asked, clause: Clause) -> str:
    """A condition that the request meets, and the request's value where the condition does not name it."""
    condition = failed(asked, clause)
    named = {value.lower() for value in condition.wanted}
    told = bool(condition.given) and named.issuperset(value.lower() for value in condition.given)
    return clause.asks if told else condition.words


def _principal_words(caller: Caller) -> str:
    return "anonymous callers" if caller.kind is Kind.ANONYMOUS else caller.role or caller.name


def _allow(asked: Asked, layer: str, policies: PolicySet) -> dict[str, Any]:
    """A statement that allows just this request."""
    statement: dict[str, Any] = {"Effect": "Allow", "Action": asked.request.action}
    if layer in _NAMING:
        statement["Principal"] = "*" if layer == "endpoint" else _principal(asked.caller)
    if not (layer == "resource" and policies.resource_kind == "role-trust"):
        statement["Resource"] = _escaped(asked.request.resource)
    return statement


def _escaped(resource: str) -> str:
    """A resource as a policy has to write it to mean just that: its wildcards and variables are plain characters."""
    return resource if resource == "*" else re.sub(r"[*?$]", lambda found: f"${{{found[0]}}}", resource)


def _principal(caller: Caller) -> Any:
    if caller.kind is Kind.ANONYMOUS:
        return "*"
    if caller.kind is Kind.SERVICE:
        return {"Service": caller.name}
    if caller.kind is Kind.PROVIDER:
        return {"Federated": caller.name}
    return {"AWS": caller.role or caller.name}


def _with(policies: PolicySet, layer: str, added: Policy) -> PolicySet:
    """The layer with one more statement, in a policy of its own where the layer can hold several."""
    own = policies.of_layer(layer)
    several = layer in ("identity", "resource") or layer.startswith("scp.")
    return policies.with_layer(layer, (*own, added) if several else (_merged(own[0], added),))


def _merged(own: Policy, added: Policy) -> Policy:
    return _with_statements(own, [*_statements(own), *_statements(added)])


def _without(policies: PolicySet, ref: StatementRef) -> PolicySet:
    """The policies without one statement."""

    def cut(policy: Policy) -> Policy:
        if policy.name != ref.policy:
            return policy
        document = readable(policy.text, policy.uncertain, principals=_names_principals(ref.layer))
        found = {one.index for one in document.statements if one.label == ref.statement and not one.allow}
        kept = [raw for index, raw in enumerate(_statements(policy)) if index not in found]
        return _with_statements(policy, kept) if found else policy

    return policies.with_layer(ref.layer, tuple(map(cut, policies.of_layer(ref.layer))))


def _statements(policy: Policy) -> list[Any]:
    raw = policy.document["Statement"]
    return raw if isinstance(raw, list) else [raw]


def _with_statements(policy: Policy, statements: list[Any]) -> Policy:
    return policy.model_copy(update={"text": json.dumps({**policy.document, "Statement": statements})})


def _names_principals(layer: str) -> bool:
    return layer in _NAMING or layer.startswith("rcp.")
