"""Requests by which an outsider might get in: what the Allow statements of a policy ask for, taken at their word.

An outsider chooses much of what a condition sees: its own role's name and tags, the endpoint in its own VPC, an
external id. So nobody is shut out by such a condition, and the question has to be put in the form that the statement
admits. What it cannot choose (its account, its organisation, an endpoint of ours) stays as it is. Each request is only
a candidate: whether it is allowed is decided through all policies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from scenarios.access.condition import form_of
from scenarios.access.request import ContextValue, Request
from scenarios.access.written import Statement, covers, listed, statements
from scenarios.account import Account
from scenarios.account.base import Policy

OUTSIDER = "outsider0000"
"""An account that no policy can name: AWS gives out digits only. Wildcards match it as they match any other."""

ANYBODY = "*"
_PRINCIPAL = re.compile(r"arn:[a-z-]+:(?:iam|sts)::\d{12}:[\w+=,.@/-]+\Z")
_OWNER = re.compile(r"(?:arn:[a-z-]+:iam::)?(\d{12})(?::root)?\Z")
_FIXED = frozenset(
    {
        *("aws:principalaccount", "aws:principalisawsservice", "aws:principalservicename", "kms:calleraccount"),
        *("aws:principalorgid", "aws:principalorgpaths", "aws:resourceorgid", "aws:resourceorgpaths"),
        *("aws:resourceaccount", "s3:resourceaccount", "aws:sourcearn", "aws:sourceaccount", "aws:sourceip"),
        *("aws:securetransport", "aws:currenttime", "aws:epochtime", "aws:requestedregion", "s3:tlsversion"),
        *("s3:dataaccesspointaccount", "s3:dataaccesspointarn", "s3:accesspointnetworkorigin"),
    }
)
"""Keys that an outsider cannot choose, or that nobody can know."""

_OURS = frozenset({"aws:sourcevpce", "aws:sourcevpc", "aws:sourcevpcarn"})
Call = tuple[str, str]
"""An action, and the ARN that it is asked for where the statement's resources leave it open."""


@dataclass(frozen=True)
class Opening:
    """A request that an Allow statement seems to be meant for, and the statement."""

    request: Request
    statement: Statement


def openings(account: Account, policy: Policy | None, calls: Iterator[Call] | tuple[Call, ...]) -> Iterator[Opening]:
    """A request for each of the calls that an Allow statement covers, by each outsider whom it might name."""
    asked = tuple(calls)
    denies = tuple(one for one in statements(policy) if not one.allow)
    for statement in statements(policy):
        for principal in _outsiders(account, statement) if statement.allow else ():
            for action, resource in asked:
                if not covers(statement, action):
                    continue
                for chosen in _contexts(account, statement, denies):
                    caller = _as_chosen(principal, chosen)
                    for about in _resources(statement, resource):
                        yield Opening(Request(caller, action, about, account.account_id, chosen), statement)


def _outsiders(account: Account, statement: Statement) -> Iterator[str]:
    """Principals outside the account whom the statement might name.

    Anybody and a principal of an unknown account, those that it names by ARN or account, identity providers.
    """
    named = statement.principals
    if named == ANYBODY or statement.excepting:
        yield from (ANYBODY, _role(account, OUTSIDER))
        return
    for value in listed(named.get("AWS")) if isinstance(named, Mapping) else ():
        owner = _OWNER.match(str(value))
        if value == ANYBODY:
            yield from (ANYBODY, _role(account, OUTSIDER))
        elif owner and owner[1] != account.account_id:
            yield _role(account, owner[1])
        elif _PRINCIPAL.match(str(value)) and str(value).split(":")[4] != account.account_id:
            yield str(value)
    for value in listed(named.get("Federated")) if isinstance(named, Mapping) else ():
        yield str(value)


def _role(account: Account, owner: str) -> str:
    return f"arn:{account.partition}:iam::{owner}:role/stranger"


def _resources(statement: Statement, resource: str) -> Iterator[str]:
    """The resource itself, and what the statement's narrower patterns stand for below it."""
    yield resource
    head = resource.rpartition("/")[0] if "/" in resource.rpartition(":")[2] else resource
    for pattern in statement.resources:
        if pattern.startswith(head) and pattern != resource and "/" in pattern[len(head) :]:
            yield _filled(pattern)


def _contexts(
    account: Account, statement: Statement, denies: tuple[Statement, ...]
) -> Iterator[dict[str, ContextValue]]:
    """What the outsider would choose to meet the statement's conditions, and besides to keep clear of each Deny."""
    own = dict(_met(account, statement.conditions, wanted=True))
    yield own
    for deny in denies:
        clear = {key: value for key, value in _met(account, deny.conditions, wanted=False) if key not in own}
        if clear:
            yield {**own, **clear}


def _met(account: Account, conditions: Mapping[str, Any], *, wanted: bool) -> Iterator[tuple[str, ContextValue]]:
    """A value for each key that can be chosen, so that its condition is met, or with `wanted` false is not."""
    for operator, keys in conditions.items():
        form = form_of(operator)
        if form is None or not isinstance(keys, Mapping):
            continue
        for key, values in keys.items():
            if key.lower() in _FIXED:
                continue
            texts = [_text(value) for value in listed(values)]
            value = _value(account, operator.lower(), key.lower(), texts, wanted=wanted)
            if value is not None:
                yield key.lower(), (value,) if form.quantifier and isinstance(value, str) else value


def _value(account: Account, operator: str, key: str, values: list[str], *, wanted: bool) -> ContextValue | None:
    """A value of the key; an empty one stands for its absence, and nothing for one that cannot be chosen."""
    name = operator.rpartition(":")[2].removesuffix("ifexists")
    if name == "null":
        return () if ("true" in values) is wanted else _other(key)
    negated = "not" in name
    if negated is wanted:  # any other value does
        return _other(key)
    if key in _OURS:
        foreign = [value for value in values if not _is_ours(account, value)]
        return _filled(foreign[0]) if foreign else None
    return _instance(name, values[0]) if values else None


def _other(key: str) -> str:
    """A value that no policy names, of the key's form."""
    return {"aws:sourcevpce": "vpce-0outsider0000", "aws:sourcevpc": "vpc-0outsider0000"}.get(key, "outsider")


def _is_ours(account: Account, value: str) -> bool:
    ours = chain((one.endpoint_id for one in account.endpoints), (one.vpc_id for one in account.vpcs))
    return any(one in value for one in ours)


_STEPS = {"numericlessthan": -1, "numericgreaterthan": 1}


def _instance(name: str, value: str) -> str:
    if name in _STEPS and value.lstrip("-").isdecimal():
        return str(int(value) + _STEPS[name])
    return value.partition("/")[0] if name == "ipaddress" else _filled(value)


def _as_chosen(principal: str, chosen: dict[str, ContextValue]) -> str:
    """The caller whom the chosen `aws:PrincipalArn` speaks of, where it is one of an account that leaves it open."""
    arn = chosen.get("aws:principalarn")
    if not isinstance(arn, str) or not arn.startswith("arn:") or not principal.startswith("arn:"):
        return principal
    parts = arn.split(":", 5)
    if len(parts) < 6 or parts[4] not in ("any", "", principal.split(":")[4]):
        return principal
    named = ":".join([*parts[:2], "iam", "", principal.split(":")[4], parts[5]])
    chosen["aws:principalarn"] = named
    return named


def _filled(pattern: str) -> str:
    """Something that the pattern matches."""
    return pattern.replace("*", "any").replace("?", "x")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
