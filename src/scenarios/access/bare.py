"""Bare cases: a request and its policies as one JSON object, decided without an account.

The keys that follow from the case itself (who asks, whose the resource is) are filled in as AWS fills them, unless the
case gives them; every other key of the request is absent unless given. Where AWS's pages leave the answer open, a bare
case is answered by the likelier reading, and `uncertain` says what is open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from scenarios.access.action import alias_only, one_action
from scenarios.access.algebra import Truth
from scenarios.access.arn import account_of
from scenarios.access.caller import Caller, caller_of, is_principal
from scenarios.access.decide import Evaluation, evaluate
from scenarios.access.decision import Outcome
from scenarios.access.explain import outcome_of
from scenarios.access.formula import Layer, Match
from scenarios.access.granting import granting
from scenarios.access.policies import Levels, PolicySet
from scenarios.access.principal_keys import principal_keys
from scenarios.access.request import ContextValue, Request
from scenarios.access.statement import MalformedPolicy, compile_policy, single_keys, well_formed
from scenarios.account.base import Policy
from scenarios.errors import InputError

_TRUST = frozenset(
    f"sts:{one}"
    for one in "assumerole assumerolewithwebidentity assumerolewithsaml tagsession setsourceidentity setcontext".split()
)
_POLICIES = (
    *("identity_policies", "permissions_boundary", "session_policy", "resource_policy"),
    *("scps", "rcps", "vpc_endpoint_policy"),
)
_FIELDS = ("id", "principal", "action", "resource", "resource_account", "context", *_POLICIES)
_LIKE_POLICIES = re.compile("polic|bound|session|scp|rcp|grant|acl|control", re.IGNORECASE)


class MalformedCase(InputError):  # noqa: N818 - it names what is wrong, as `MalformedPolicy` does
    """A case that cannot be decided; the message names the field and the cause."""


@dataclass(frozen=True, slots=True)
class BareCase:
    """A case, read and compiled."""

    id: Any
    request: Request
    policies: PolicySet


def answer_line(line: str, number: int | None = None) -> dict[str, Any]:
    """The answer to one line of JSON; `{"id", "error"}` where it is no case. `number` is the line's, for the error of
    one without an id."""
    try:
        raw = json.loads(line, object_pairs_hook=single_keys)
        if not isinstance(raw, dict):
            raise MalformedCase("the case is no JSON object")
        return answer(read_case(raw))
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": _at(number, f"the case is no JSON: {error}")}
    except InputError as error:
        raw = json.loads(line)
        name = raw.get("id") if isinstance(raw, dict) else None
        return {"id": name, "error": error.cause if name is not None else _at(number, error.cause)}


def _at(number: int | None, cause: str) -> str:
    return cause if number is None else f"line {number}: {cause}"


def answer(case: BareCase) -> dict[str, Any]:
    """The decision with the statements that made it, and what each layer says by itself."""
    found = evaluate(case.request, case.policies)
    outcome = _settled(found.outcome, found.denied, found.allowed)
    layers = found.layers.in_order()
    answered: dict[str, Any] = {
        "id": case.id,
        "decision": outcome.value,
        "by": list(_deciding(found, outcome)),
        "layers": {layer.name: _layer_outcome(layer).value for layer in layers},
    }
    if found.outcome is Outcome.UNKNOWN:
        answered["uncertain"] = list(found.allowed.reasons)
    return answered


def _settled(outcome: Outcome, denied: Truth, allowed: Truth) -> Outcome:
    """The outcome; of what AWS leaves open the likelier reading."""
    if outcome is not Outcome.UNKNOWN:
        return outcome
    if denied.likely:
        return Outcome.EXPLICIT_DENY
    return Outcome.ALLOWED if allowed.likely else Outcome.IMPLICIT_DENY


def _layer_outcome(layer: Layer[Truth]) -> Outcome:
    return _settled(outcome_of(layer), layer.denied, layer.allowed)


def _deciding(found: Evaluation, outcome: Outcome) -> Iterator[dict[str, str]]:
    """The statements that deny, or those that grant; an implicit deny has none."""
    matches: Iterable[Match[Truth]] = ()
    if outcome is Outcome.EXPLICIT_DENY:
        matches = (match for layer in found.layers.in_order() for match in layer.matches if match.denies.likely)
    elif outcome is Outcome.ALLOWED:
        parts = granting(found.asked, found.case, found.layers, lambda truth: truth.likely)
        matches = (match for _, taking in parts for match in taking)
    effect = "Deny" if outcome is Outcome.EXPLICIT_DENY else "Allow"
    for match in matches:
        yield {"policy": match.policy.name, "statement": match.statement.label, "effect": effect}


def read_case(raw: Mapping[str, Any]) -> BareCase:
    """A case from its JSON object. Raises `MalformedCase` or `MalformedPolicy`."""
    _refuse_misnamed(raw)
    request = _request(raw)
    return BareCase(raw.get("id"), request, _policies(raw, request.action.lower(), request.resource))


def _refuse_misnamed(raw: Mapping[str, Any]) -> None:
    """A case may have notes of its own, but nothing that may be meant to decide it."""
    for name in raw:
        if name in _FIELDS:
            continue
        if close := get_close_matches(name.lower(), _FIELDS, 1, 0.8):
            raise MalformedCase(f"there is no field {name!r}; {close[0]!r} is meant")
        if _LIKE_POLICIES.search(name):
            raise MalformedCase(f"there is no field {name!r}; those that hold policies are {', '.join(_POLICIES)}")


def _request(raw: Mapping[str, Any]) -> Request:
    principal, action, resource = (_text(raw, name) for name in ("principal", "action", "resource"))
    one_action(action)
    owner = raw.get("resource_account")
    if owner is not None and not (isinstance(owner, str) and len(owner) == 12 and owner.isdecimal()):
        raise MalformedCase(f"resource_account {owner!r} is not an account id of 12 digits")
    if not is_principal(principal):
        raise MalformedCase(f"principal {principal!r} is neither the ARN of a principal nor a service nor *")
    caller = caller_of(principal, action.lower())
    given = _context(raw.get("context"))
    owned = owner or account_of(resource)
    context = {**principal_keys(caller), **_path_keys(given), **_owner_keys(owned, caller, action), **given}
    return Request(principal, action, resource, owner, context)


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value:
        raise MalformedCase(f"{name} is {'missing' if value is None else 'no text'}")
    return value


def _context(raw: Any) -> dict[str, ContextValue]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise MalformedCase("context is no object")
    values = {key.lower(): _value(key, value) for key, value in raw.items()}
    if len(values) < len(raw):
        raise MalformedCase(f"context has a key in two spellings, of {', '.join(sorted(raw))}")
    return values


def _value(key: str, value: Any) -> ContextValue:
    """One value or several; a list of one is that value, so that it can stand in a policy variable."""
    if not isinstance(value, list):
        return _scalar(key, value)
    return _scalar(key, value[0]) if len(value) == 1 else tuple(_scalar(key, one) for one in value)


def _scalar(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    raise MalformedCase(f"context key {key} is neither text nor a list of texts")


def _path_keys(given: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    """`aws:ViaAWSService` is in every request; the keys of a forward access session say that it is one."""
    forwarded = "kms:viaservice" in given or "aws:calledvia" in given
    return {"aws:viaawsservice": "true" if forwarded else "false"}


def _owner_keys(owner: str | None, caller: Caller, action: str) -> dict[str, ContextValue]:
    keys: dict[str, ContextValue] = {}
    if owner is not None:
        keys |= {"aws:resourceaccount": owner, "s3:resourceaccount": owner}
    if action.lower().startswith("kms:") and caller.account is not None:
        keys["kms:calleraccount"] = caller.account
    return keys


def _policies(raw: Mapping[str, Any], action: str, resource: str) -> PolicySet:
    identity = raw.get("identity_policies")
    endpoint = _policy(raw, "vpc_endpoint_policy", principals=True)
    return PolicySet(
        identity=_policy_list("identity_policies", identity, principals=False),
        resource=_carried(raw, action, resource),
        resource_kind=_kind(action, resource),
        boundary=_policy(raw, "permissions_boundary", principals=False),
        session=_policy(raw, "session_policy", principals=False),
        scps=_levels(raw, "scps", principals=False),
        rcps=_levels(raw, "rcps", principals=True),
        endpoint=endpoint,
        through_endpoint=endpoint is not None,
    )


def _kind(action: str, resource: str) -> str:
    """Which kind of policy the resource has: KMS keys and roles that are assumed follow rules of their own."""
    if action in _TRUST:
        return "role-trust"
    if alias_only(action, resource):
        return "kms-alias"
    service = action.partition(":")[0]
    return "kms-account" if service == "kms" and resource == "*" else service


def _carried(raw: Mapping[str, Any], action: str, resource: str) -> Policy | None:
    """The policy that counts as the resource's own: an alias has none, whatever the policy of its key."""
    policy = _policy(raw, "resource_policy", principals=True)
    if policy and action in _TRUST and any(one.resource for one in compile_policy(policy).statements):
        raise MalformedPolicy("resource_policy: a role's trust policy has no Resource")
    return None if alias_only(action, resource) else policy


def _policy(raw: Mapping[str, Any], name: str, *, principals: bool) -> Policy | None:
    document = raw.get(name)
    return None if document is None else _document(name, document, principals=principals)


def _policy_list(name: str, raw: Any, *, principals: bool) -> tuple[Policy, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise MalformedCase(f"{name} is no list of policy documents")
    return tuple(_document(f"{name}[{index}]", one, principals=principals) for index, one in enumerate(raw))


def _levels(raw: Mapping[str, Any], name: str, *, principals: bool) -> Levels:
    levels = raw.get(name)
    if levels is None:
        return ()
    if not isinstance(levels, list):
        raise MalformedCase(f"{name} is no list of levels")
    return tuple(_policy_list(f"{name}[{index}]", one, principals=principals) for index, one in enumerate(levels))


def _document(name: str, document: Any, *, principals: bool) -> Policy:
    if not isinstance(document, dict):
        raise MalformedPolicy(f"{name}: the policy is no JSON object")
    policy = Policy.model_construct(name=name, text=json.dumps(document))
    well_formed(policy, principals=principals)
    return policy
