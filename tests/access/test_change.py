"""The smallest change: it allows the request, nothing of it can be left out, and it says where."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.access import Outcome, PolicySet, Request, decide, smallest_change
from scenarios.access.change import Step, applied
from scenarios.account.base import Policy


def _sibling(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_cases, _properties = _sibling("test_cases"), _sibling("test_properties")
ROLE = "arn:aws:iam::111122223333:role/reader"
GET = Request(ROLE, "s3:GetObject", "arn:aws:s3:::docs/a.txt", "111122223333")
KEY = "arn:aws:kms:us-east-1:111122223333:key/k1"
DECRYPT = Request(ROLE, "kms:Decrypt", KEY, "111122223333")
ROOT = {"AWS": "arn:aws:iam::111122223333:root"}


def policy(*statements: dict[str, Any], name: str = "own") -> Policy:
    return Policy(name=name, text=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def allow(action: str = "s3:GetObject", resource: str = "arn:aws:s3:::docs/*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(**more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": "*", "Resource": "*", **more}


@pytest.mark.parametrize("case", _cases.CASES)
def test_a_change_allows_what_was_denied_and_is_the_smallest(case: dict[str, Any]) -> None:
    request, policies = _cases.request_of(case), _cases.policy_set(case)
    changes = smallest_change(request, policies)
    if case["expect"] in ("allowed", "unknown"):
        assert changes == ()
    _check(request, policies, changes)


OWN = st.lists(_properties.statements(principals=False), max_size=3)
RESOURCE = st.lists(_properties.statements(principals=True), max_size=3)


@given(own=OWN, boundary=OWN, resource=RESOURCE, bounded=st.booleans(), kind=st.sampled_from([None, "kms"]))
def test_so_it_is_whatever_the_policies(
    own: list[Any], boundary: list[Any], resource: list[Any], bounded: bool, kind: str | None
) -> None:
    policies = _properties.policies(own, resource, kind)
    if bounded:
        policies = replace(policies, boundary=_properties.policy("boundary", boundary))
    request = Request(_properties.ROLE, "s3:GetObject", "arn:aws:s3:::docs/a", _properties.ACCOUNT)
    _check(request, policies, smallest_change(request, policies))


def _check(request: Request, policies: PolicySet, changes: tuple[Any, ...]) -> None:
    if changes:
        assert decide(request, applied(changes, policies)).outcome is Outcome.ALLOWED
    for left_out in changes:
        others = [change for change in changes if change is not left_out]
        assert decide(request, applied(others, policies)).outcome is not Outcome.ALLOWED, left_out


@pytest.mark.parametrize(
    ("request_", "policies", "steps"),
    [
        pytest.param(GET, PolicySet(), [("identity", Step.ADD)], id="nothing at all"),
        pytest.param(
            GET,
            PolicySet(identity=(policy(allow(resource="arn:aws:s3:::other/*")),)),
            [("identity", Step.WIDEN)],
            id="another resource",
        ),
        pytest.param(
            GET,
            PolicySet(identity=(policy(allow(Condition={"StringEquals": {"aws:username": "ann"}})),)),
            [("identity", Step.WIDEN)],
            id="a condition",
        ),
        pytest.param(
            GET,
            PolicySet(identity=(policy(allow()), policy(deny(Sid="No"), name="other"))),
            [("identity", Step.EXCEPT)],
            id="a deny",
        ),
        pytest.param(
            GET,
            PolicySet(identity=(policy(allow()),), boundary=policy(allow("ec2:*", "*"))),
            [("boundary", Step.ADD)],
            id="a boundary",
        ),
        pytest.param(
            GET,
            PolicySet(identity=(policy(allow()),), scps=((policy(allow("*", "*")),), (policy(allow("ec2:*", "*")),))),
            [("scp.1", Step.ADD)],
            id="one level of the organisation",
        ),
        pytest.param(
            DECRYPT,
            PolicySet(identity=(policy(allow("kms:*", "*")),), resource_kind="kms", resource=policy()),
            [("resource", Step.ADD)],
            id="a key policy for nobody",
        ),
        pytest.param(
            DECRYPT,
            PolicySet(resource_kind="kms", resource=policy(allow("kms:*", "*", Principal=ROOT))),
            [("identity", Step.ADD)],
            id="a key policy that delegates",
        ),
        pytest.param(
            Request("arn:aws:iam::444455556666:role/partner", "s3:GetObject", GET.resource, "111122223333"),
            PolicySet(),
            [("resource", Step.ADD), ("identity", Step.ADD)],
            id="another account needs both",
        ),
        pytest.param(
            Request("*", "s3:GetObject", GET.resource, "111122223333"),
            PolicySet(public_access_blocked=True),
            [("resource", Step.ADD), ("public-access-block", Step.LOOSEN)],
            id="anybody, behind Block Public Access",
        ),
        pytest.param(
            Request("lambda.amazonaws.com", "sts:AssumeRole", ROLE, "111122223333"),
            PolicySet(resource_kind="role-trust", resource=policy()),
            [("resource", Step.ADD)],
            id="a service that is not trusted",
        ),
    ],
)
def test_which_layer_lacks_what(request_: Request, policies: PolicySet, steps: list[tuple[str, Step]]) -> None:
    changes = smallest_change(request_, policies)
    assert [(change.layer, change.step) for change in changes] == steps
    _check(request_, policies, changes)
