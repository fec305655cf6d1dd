"""The table of cases: what AWS's pages say, each in both directions. See `cases/*.json`.

A case's `policies` are documents or lists of statements; `fact` groups cases that show the same thing (0: none);
`page` is where AWS says it; `why` has to be found in the reason, `lacking` are the layers that lack an allow.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scenarios.access import PolicySet, Request, decide
from scenarios.account.base import Policy
from scenarios.account.kms import Grant

CASES = [
    pytest.param(case, id=f"{path.stem}/{case['id']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text())
]


def policy(name: str, written: Any) -> Policy:
    """A policy from a document, or from a list of statements of the current version."""
    document = written if isinstance(written, dict) else {"Version": "2012-10-17", "Statement": written}
    return Policy(name=name, text=json.dumps(document, sort_keys=True))


def policy_set(case: dict[str, Any]) -> PolicySet:
    """The policies of a case."""
    given = dict(case["policies"])
    one = {
        name: policy(name, given.pop(key))
        for key, name in (
            ("resource_policy", "resource"),
            ("boundary", "boundary"),
            ("session", "session"),
            ("endpoint", "endpoint"),
        )
        if key in given
    }
    identity = given.pop("identity", [])
    identities = [identity] if isinstance(identity, dict) else [[statement] for statement in identity]
    levels = {
        name: tuple((policy(f"{name}-{level}", statements),) for level, statements in enumerate(given.pop(name)))
        for name in ("scps", "rcps")
        if name in given
    }
    return PolicySet(
        identity=tuple(policy(f"identity-{index}", written) for index, written in enumerate(identities)),
        resource_kind=given.pop("kind", None),
        through_endpoint=given.pop("through_endpoint", "endpoint" in one),
        grants=tuple(Grant(**grant) for grant in given.pop("grants", [])),
        **one,
        **levels,
        **given,
    )


def request_of(case: dict[str, Any]) -> Request:
    """The request of a case; lists become multi-valued keys."""
    given = dict(case["request"])
    context = given.pop("context", {})
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in context.items()}
    return Request(context=values, **given)


@pytest.mark.parametrize("case", CASES)
def test_decision_is_what_aws_documents(case: dict[str, Any]) -> None:
    decision = decide(request_of(case), policy_set(case))
    assert decision.outcome.value == case["expect"], decision.why
    assert case.get("why", "") in decision.why
    if "lacking" in case:
        assert [lacking.partition(":")[0] for lacking in decision.lacking] == case["lacking"]


def test_every_fact_is_shown() -> None:
    shown = {param.values[0]["fact"] for param in CASES}
    assert set(range(1, 58)) <= shown
