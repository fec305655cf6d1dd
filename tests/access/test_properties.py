"""What holds of every decision, whatever the policies."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenarios.access import Outcome, PolicySet, Request, decide
from scenarios.account.base import Policy

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/reader"
PARTNER = "arn:aws:iam::444455556666:role/partner"
VALUES: dict[str, list[Any]] = {
    "aws:username": ["ann", "ben", ""],
    "aws:sourceip": ["10.0.0.1", "::1", "nowhere"],
    "aws:tagkeys": [("a",), ("a", "b"), ()],
}
CLAUSES = [
    ("StringEquals", "aws:username", ["ann", "a*"]),
    ("StringNotLike", "aws:username", ["a*", "b?n"]),
    ("StringEqualsIfExists", "aws:username", ["ben", "${aws:sourceip}"]),
    ("Null", "aws:username", ["true", "false"]),
    ("IpAddress", "aws:sourceip", ["10.0.0.0/8", "::/0"]),
    ("NotIpAddress", "aws:sourceip", ["10.0.0.0/8", "::/0"]),
    ("ForAllValues:StringEquals", "aws:tagkeys", ["a", "b"]),
    ("ForAnyValue:StringNotEquals", "aws:tagkeys", ["a", "b"]),
]
Statement = dict[str, Any]


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    """One or two of the values."""
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, dict[str, list[str]]]:
    """A Condition block of up to two clauses."""
    block: dict[str, dict[str, list[str]]] = {}
    for operator, key, values in draw(st.lists(st.sampled_from(CLAUSES), max_size=2)):
        block.setdefault(operator, {})[key] = draw(some(values))
    return block


def statements(*, principals: bool) -> st.SearchStrategy[Statement]:
    """Statements, every element a list."""
    parts: dict[str, st.SearchStrategy[Any]] = {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": some(["s3:GetObject", "s3:Get*", "s3:PutObject", "*"]),
        "Resource": some(["arn:aws:s3:::docs/*", "*", "arn:aws:s3:::docs/${aws:username}/*"]),
        "Condition": conditions(),
    }
    if principals:
        named = some([ROLE, PARTNER, ACCOUNT, "444455556666", "*"])
        parts["Principal"] = named.map(lambda arns: {"AWS": arns})
    return st.fixed_dictionaries(parts)


OWN = st.lists(statements(principals=False), max_size=4)
RESOURCE = st.lists(statements(principals=True), max_size=4)
REQUESTS = st.builds(
    Request,
    principal=st.sampled_from([ROLE, PARTNER, "*", "s.amazonaws.com"]),
    action=st.sampled_from(["s3:GetObject", "s3:PutObject"]),
    resource=st.sampled_from(["arn:aws:s3:::docs/ann/a", "arn:aws:s3:::docs/b", "arn:aws:s3:::other/b"]),
    resource_account=st.just(ACCOUNT),
    context=st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in VALUES.items()}),
    unknown_keys=st.dictionaries(st.sampled_from(sorted(VALUES)), st.just("not known here"), max_size=1),
)
KINDS = st.sampled_from([None, "s3", "kms"])


def policy(name: str, listed: list[Statement] | Statement) -> Policy:
    """A policy of these statements."""
    return Policy(name=name, text=json.dumps({"Version": "2012-10-17", "Statement": listed}, sort_keys=True))


def policies(own: list[Statement], resource: list[Statement], kind: str | None = None) -> PolicySet:
    """One identity policy and one resource policy, of those that have statements."""
    identity = (policy("own", own),) if own else ()
    return PolicySet(identity=identity, resource=policy("resource", resource) if resource else None, resource_kind=kind)


@given(REQUESTS, OWN, RESOURCE, KINDS, statements(principals=False), statements(principals=True))
def test_adding_a_deny_never_allows(
    request: Request, own: list[Statement], resource: list[Statement], kind: str | None, one: Statement, two: Statement
) -> None:
    before = decide(request, policies(own, resource, kind))
    more_own = decide(request, policies([*own, one | {"Effect": "Deny"}], resource, kind))
    more_resource = decide(request, policies(own, [*resource, two | {"Effect": "Deny"}], kind))
    assert before.allowed or not (more_own.allowed or more_resource.allowed)
    if before.outcome is Outcome.EXPLICIT_DENY:
        assert more_own.outcome is more_resource.outcome is Outcome.EXPLICIT_DENY


@given(REQUESTS, OWN, RESOURCE, KINDS, statements(principals=False), statements(principals=True))
def test_adding_an_allow_never_denies(
    request: Request, own: list[Statement], resource: list[Statement], kind: str | None, one: Statement, two: Statement
) -> None:
    before = decide(request, policies(own, resource, kind))
    more_own = decide(request, policies([*own, one | {"Effect": "Allow"}], resource, kind))
    more_resource = decide(request, policies(own, [*resource, two | {"Effect": "Allow"}], kind))
    assert not before.allowed or (more_own.allowed and more_resource.allowed)
    if before.outcome is Outcome.UNKNOWN:
        assert not more_own.denied
        assert not more_resource.denied


@given(REQUESTS, OWN, RESOURCE, KINDS, st.randoms(use_true_random=False))
def test_order_and_grouping_change_nothing(
    request: Request, own: list[Statement], resource: list[Statement], kind: str | None, chance: random.Random
) -> None:
    together = policies(own, resource, kind)
    shuffled = policies(chance.sample(own, len(own)), chance.sample(resource, len(resource)), kind)
    apart = replace(together, identity=tuple(policy(f"own-{index}", one) for index, one in enumerate(own)))
    outcome = decide(request, together).outcome
    assert decide(request, shuffled).outcome is outcome
    assert decide(request, apart).outcome is outcome


@given(REQUESTS, OWN, RESOURCE, KINDS)
def test_spelling_changes_nothing(
    request: Request, own: list[Statement], resource: list[Statement], kind: str | None
) -> None:
    outcome = decide(request, policies(own, resource, kind)).outcome
    respelt = policies([_respelt(one) for one in own], [_respelt(one) for one in resource], kind)
    assert decide(request, respelt).outcome is outcome
    split = policies([part for one in own for part in _split(one)], resource, kind)
    assert decide(request, split).outcome is outcome
    shouted = replace(
        request, action=request.action.upper(), context={k.upper(): v for k, v in request.context.items()}
    )
    assert decide(shouted, policies(own, resource, kind)).outcome is outcome


@given(REQUESTS, OWN, RESOURCE, KINDS)
def test_an_answer_despite_unknown_keys_holds_for_every_value(
    request: Request, own: list[Statement], resource: list[Statement], kind: str | None
) -> None:
    given_policies = policies(own, resource, kind)
    decision = decide(request, given_policies)
    if decision.outcome is Outcome.UNKNOWN:
        assert decision.reasons
        return
    for key in set(request.unknown_keys) - set(request.context):
        for value in [*VALUES[key], ()]:
            sure = replace(request, context={**request.context, key: value}, unknown_keys={})
            assert decide(sure, given_policies).allowed is decision.allowed


def _respelt(statement: Statement) -> Statement:
    """Lists of one as scalars, other cases of what is compared without regard to case."""
    respelt = dict(statement)
    respelt["Action"] = _scalar([action.upper() for action in statement["Action"]])
    respelt["Resource"] = _scalar(statement["Resource"])
    respelt["Condition"] = {
        operator: {key.upper(): _scalar(values) for key, values in keys.items()}
        for operator, keys in statement["Condition"].items()
    }
    if "Principal" in statement:
        arns = statement["Principal"]["AWS"]
        respelt["Principal"] = "*" if arns == ["*"] else {"AWS": _scalar([_root(arn) for arn in arns])}
    return respelt


def _root(arn: str) -> str:
    return f"arn:aws:iam::{arn}:root" if arn.isdigit() else arn


def _scalar(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values


def _split(statement: Statement) -> list[Statement]:
    """One statement for each action and resource."""
    return [
        statement | {"Action": action, "Resource": resource}
        for action in statement["Action"]
        for resource in statement["Resource"]
    ]


SCRAPS = st.sampled_from(
    [
        "Allow",
        "Deny",
        "*",
        "s3:*",
        "${",
        "${a, 'b'}",
        "arn:aws:s3:::docs/*",
        "arn:",
        ROLE,
        "::::::",
        "0001-01-01",
        "1e999",
    ]
)
NAMES = st.sampled_from(
    "Statement Effect Action NotAction Resource NotResource Principal NotPrincipal Condition AWS Service Bool Null "
    "StringLike NumericEquals DateEquals IpAddress ArnLike BinaryEquals ForAllValues:StringLike aws:username".split()
)
JSON = st.recursive(
    SCRAPS | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(NAMES, JSON, max_size=5), SCRAPS, SCRAPS, SCRAPS, SCRAPS)
def test_no_policy_is_too_odd(
    statement: dict[str, Any], principal: str, action: str, resource: str, value: str
) -> None:
    odd = policy("odd", {"Effect": "Allow", "Action": "*", "Resource": "*", **statement})
    lists = Policy(name="lists", text=json.dumps([statement]))
    request = Request(principal, action, resource, context={"aws:username": value})
    for own in (odd, lists, Policy(name="text", text=value)):
        for kind in KINDS_OF_POLICY:
            assert decide(request, PolicySet(**{kind: own}, through_endpoint=True)).why


KINDS_OF_POLICY = ("resource", "boundary", "session", "endpoint")
