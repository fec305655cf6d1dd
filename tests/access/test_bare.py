"""Bare cases: the table of cases in the form of `simulate`, what follows from a case itself, and what is no case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scenarios.access.bare import answer_line

CASES = [
    pytest.param(case, id=f"{path.stem}/{case['id']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
    for case in json.loads(path.read_text())
]
ROLE = "arn:aws:iam::111122223333:role/reader"
GET: dict[str, Any] = {
    "id": "get",
    "principal": ROLE,
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::docs/a.txt",
    "resource_account": "111122223333",
}
_BARE_ONLY = ("grants", "public_access_blocked", "identity_known", "resource_policy_known", "further_resource")


def document(written: Any) -> Any:
    return written if isinstance(written, dict) else {"Version": "2012-10-17", "Statement": written}


def allow(action: str = "s3:GetObject", resource: str = "arn:aws:s3:::docs/*", **more: Any) -> dict[str, Any]:
    return document([{"Effect": "Allow", "Action": action, "Resource": resource, **more}])


def answer(**case: Any) -> dict[str, Any]:
    return answer_line(json.dumps({**GET, **case}))


def bare(case: dict[str, Any]) -> dict[str, Any] | None:
    """A case of the table as a bare one; nothing where it is about something that bare cases do not have."""
    request, policies = dict(case["request"]), dict(case["policies"])
    if set(policies) & set(_BARE_ONLY) or set(request) - {"context"} > set(GET) - {"id"} or "unknown_keys" in request:
        return None
    identity = policies.get("identity", [])
    documents = [identity] if isinstance(identity, dict) else [document([statement]) for statement in identity]
    found = {**request, "id": case["id"], "identity_policies": documents}
    for key, name in (
        ("boundary", "permissions_boundary"),
        ("session", "session_policy"),
        ("endpoint", "vpc_endpoint_policy"),
    ):
        found[name] = document(policies[key]) if key in policies else None
    found["resource_policy"] = document(policies["resource_policy"]) if "resource_policy" in policies else None
    for name in ("scps", "rcps"):
        found[name] = [[document(level)] for level in policies.get(name, [])]
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_bare_case_is_decided_as_the_table_says(case: dict[str, Any]) -> None:
    written = bare(case)
    if written is None or "endpoint_kind" in case["policies"] or "issuer" in case["request"]:
        return  # a gateway endpoint, a grant, a session's issuer: bare cases have no word for them
    answered = answer_line(json.dumps(written))
    if "error" in answered:
        assert case["expect"] == "unknown" or "malformed" in case["id"]
    elif case["expect"] != "unknown":
        assert answered["decision"] == case["expect"]
    else:
        assert answered["decision"] in ("allowed", "explicit_deny", "implicit_deny")


def test_an_answer_names_what_decided() -> None:
    denying = document([{"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}])
    assert answer(identity_policies=[allow(), denying], scps=[[allow("*", "*")]]) == {
        "id": "get",
        "decision": "explicit_deny",
        "by": [{"policy": "identity_policies[1]", "statement": "No", "effect": "Deny"}],
        "layers": {"scp.0": "allowed", "identity": "explicit_deny"},
    }
    assert answer(identity_policies=[allow()])["by"] == [
        {"policy": "identity_policies[0]", "statement": "#0", "effect": "Allow"}
    ]
    assert answer()["by"] == []


USER = "arn:aws:iam::111122223333:user/ann"
ROOT = {"AWS": "arn:aws:iam::111122223333:root"}
EVERYTHING = allow("*", "*", Sid="Id")
DECRYPT = {"action": "kms:Decrypt", "resource": "arn:aws:kms:us-east-1:111122223333:key/k"}
ASSUME = {"action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/target"}
NAMED_AND_DELEGATED = document(
    [
        {"Sid": "Delegate", "Effect": "Allow", "Principal": ROOT, "Action": "*", "Resource": "*"},
        {"Sid": "Named", "Effect": "Allow", "Principal": {"AWS": ROLE}, "Action": "*", "Resource": "*"},
    ]
)
TRUST = document([{k: v for k, v in one.items() if k != "Resource"} for one in NAMED_AND_DELEGATED["Statement"]])


@pytest.mark.parametrize(
    ("case", "by"),
    [
        ({**DECRYPT, "resource_policy": NAMED_AND_DELEGATED}, ["Named"]),
        (
            {**DECRYPT, "resource_policy": NAMED_AND_DELEGATED, "identity_policies": [EVERYTHING]},
            ["Id", "Delegate", "Named"],
        ),
        ({**ASSUME, "resource_policy": TRUST}, ["Named"]),
        (
            {
                **DECRYPT,
                "resource_policy": NAMED_AND_DELEGATED,
                "principal": ROLE + "2",
                "identity_policies": [EVERYTHING],
            },
            ["Id", "Delegate"],
        ),
        ({"resource_policy": NAMED_AND_DELEGATED, "identity_policies": [EVERYTHING]}, ["Id", "Named"]),
        (
            {
                "principal": USER,
                "identity_policies": [EVERYTHING],
                "permissions_boundary": allow("ec2:*", "*"),
                "resource_policy": allow(Sid="User", Principal={"AWS": USER}),
            },
            ["User"],
        ),
        (
            {
                "principal": "arn:aws:iam::444455556666:role/partner",
                "identity_policies": [EVERYTHING],
                "resource_policy": allow(Sid="Partner", Principal={"AWS": "444455556666"}),
            },
            ["Id", "Partner"],
        ),
    ],
)
def test_only_what_grants_is_named(case: dict[str, Any], by: list[str]) -> None:
    answered = answer(**case)
    assert answered["decision"] == "allowed"
    assert [one["statement"] for one in answered["by"]] == by


@pytest.mark.parametrize(
    ("condition", "case", "decision"),
    [
        ({"ArnEquals": {"aws:PrincipalArn": ROLE}}, {}, "allowed"),
        ({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, {}, "allowed"),
        ({"StringEquals": {"aws:ResourceAccount": "111122223333"}}, {}, "allowed"),
        ({"Bool": {"aws:ViaAWSService": "false"}}, {}, "allowed"),
        (
            {"Bool": {"aws:ViaAWSService": "false"}},
            {"context": {"aws:CalledVia": ["athena.amazonaws.com"]}},
            "implicit_deny",
        ),
        ({"ArnEquals": {"aws:PrincipalArn": ROLE}}, {"principal": ROLE.replace("reader", "other")}, "implicit_deny"),
        ({"StringEquals": {"aws:username": "ann"}}, {"principal": "arn:aws:iam::111122223333:user/a/ann"}, "allowed"),
        ({"StringEquals": {"aws:username": "ann"}}, {}, "implicit_deny"),
        ({"Bool": {"aws:SecureTransport": "true"}}, {}, "implicit_deny"),  # not given: nobody knows it
        ({"Bool": {"aws:SecureTransport": "true"}}, {"context": {"aws:SecureTransport": True}}, "allowed"),
        ({"NumericLessThan": {"s3:max-keys": "10"}}, {"context": {"s3:MAX-KEYS": 5}}, "allowed"),
    ],
)
def test_what_follows_from_the_case_is_filled_in(condition: Any, case: dict[str, Any], decision: str) -> None:
    assert answer(identity_policies=[allow(Condition=condition)], **case)["decision"] == decision


@pytest.mark.parametrize(
    ("case", "decision"),
    [
        pytest.param(
            {
                "identity_policies": [allow(Condition={"StringEquals": {"aws:TagKeys": "a"}})],
                "context": {"aws:TagKeys": ["a", "b"]},
            },
            "implicit_deny",
            id="a key with several values without a set operator never matches",
        ),
        pytest.param(
            {
                "identity_policies": [allow()],
                "resource_policy": document(
                    [
                        {
                            "Effect": "Deny",
                            "NotPrincipal": {"AWS": ROLE},
                            "Action": "s3:*",
                            "Resource": "arn:aws:s3:::docs/*",
                        }
                    ]
                ),
            },
            "explicit_deny",
            id="a Deny with NotPrincipal has to list the account too",
        ),
        pytest.param(
            {"resource_policy": allow(Principal={"AWS": ROLE}), "resource_account": None},
            "allowed",
            id="a bucket whose owner is not given is the caller's",
        ),
    ],
)
def test_what_aws_leaves_open_is_answered_by_the_likelier_reading(case: dict[str, Any], decision: str) -> None:
    answered = answer(**case)
    assert answered["decision"] == decision
    assert answered["uncertain"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("nope", "the case is no JSON"),
        ("[1]", "no JSON object"),
        ('{"id": 1}', "principal is missing"),
        (json.dumps({**GET, "principal": 7}), "principal is no text"),
        (json.dumps({**GET, "principal": "bob"}), "neither the ARN of a principal nor a service"),
        *(
            (json.dumps({**GET, "principal": name}), f"principal {name!r} is neither")
            for name in (
                *("foo.bar", "123", "arn:aws:iam::111122223333", "arn:aws:iam::111122223333:group/g"),
                *("arn:aws:sts::111122223333:role/app", "arn:aws:s3:::docs", "١" * 12),
            )
        ),
        (json.dumps({**GET, "action": "s3:Get*"}), "not one action"),
        (json.dumps({**GET, "action": "GetObject"}), "not one action"),
        (json.dumps({**GET, "action": "s3:Get Object"}), "not one action"),
        (json.dumps({**GET, "action": ":"}), "not one action"),
        (json.dumps({**GET, "resource_account": "123"}), "resource_account '123'"),
        (json.dumps({**GET, "context": []}), "context is no object"),
        (json.dumps({**GET, "context": {"a": {}}}), "context key a"),
        (json.dumps({**GET, "identity_policy": []}), "'identity_policies' is meant"),
        (json.dumps({**GET, "permissionsBoundary": allow()}), "'permissions_boundary' is meant"),
        (json.dumps({**GET, "boundary": allow()}), "no field 'boundary'; those that hold policies are"),
        (json.dumps({**GET, "session": allow()}), "no field 'session'"),
        (json.dumps({**GET, "bucket_policy": allow()}), "no field 'bucket_policy'"),
        (json.dumps({**GET, "service_control_policies": []}), "no field 'service_control_policies'"),
        (json.dumps({**GET, "grants": []}), "no field 'grants'"),
        (json.dumps({**GET, "context": {"aws:SourceVpc": "a", "AWS:sourcevpc": "b"}}), "a key in two spellings"),
        (json.dumps({**GET, "scps": []}).replace('"scps"', '"action"'), "'action' stands more than once"),
        (
            json.dumps({**GET, "identity_policies": [allow()]}).replace('"Effect"', '"Effect": "Deny", "Effect"'),
            "'Effect' stands more than once in one object",
        ),
        (
            json.dumps({**GET, "scps": [[allow(Condition={"Bool": {"a:b": "true", "A:b": "false"}})]]}),
            "a condition key of Bool in two spellings",
        ),
        (json.dumps({**GET, "identity_policies": {}}), "identity_policies is no list"),
        (json.dumps({**GET, "scps": {}}), "scps is no list"),
        (json.dumps({**GET, "identity_policies": ["{}"]}), "identity_policies[0]: the policy is no JSON object"),
        (json.dumps({**GET, "identity_policies": [{}]}), "identity_policies[0]: the policy has no Statement"),
        (json.dumps({**GET, "identity_policies": [allow(Principal="*")]}), "statement #0 has a Principal"),
        (json.dumps({**GET, "identity_policies": [document([{"Effect": "Allow", "Action": "s3:*"}])]}), "Resource"),
        (json.dumps({**GET, "resource_policy": allow()}), "resource_policy: statement #0 lacks a Principal"),
        (json.dumps({**GET, "identity_policies": [allow(resource="docs/*")]}), "neither an ARN nor *"),
        (json.dumps({**GET, "identity_policies": [allow(Sid="two words")]}), "letters and digits"),
        (json.dumps({**GET, "identity_policies": [allow(Condition={"Equals": {"a": "b"}})]}), "condition operator"),
        (json.dumps({**GET, "scps": [[allow(Efect="Allow")]]}), "scps[0][0]: statement #0 has an unknown element"),
    ],
)
def test_what_is_no_case_is_an_error_of_its_own(line: str, words: str) -> None:
    answered = answer_line(line)
    assert set(answered) == {"id", "error"}
    assert words in answered["error"]


def granting(**more: Any) -> dict[str, Any]:
    return allow(Principal={"AWS": ROLE}, **more)


@pytest.mark.parametrize(
    ("name", "policy", "words"),
    [
        ("identity_policies", {**allow(), "Staement": []}, "unknown element 'Staement'"),
        ("identity_policies", document([]), "has no Statement"),
        ("identity_policies", allow(resource="arn:aws:s3"), "lacks parts of an ARN"),
        ("identity_policies", allow(resource="arn:aws:s3::docs"), "lacks parts of an ARN"),
        ("identity_policies", allow(resource="arn:aws:s3:::docs/${aws:username"), "a variable is not closed"),
        ("identity_policies", allow(Condition={"StringLike": {"a:b": "${x"}}), "a variable is not closed"),
        ("identity_policies", allow("s3:Get:Object"), "no action of a service"),
        ("identity_policies", allow("s3:Get Object"), "no action of a service"),
        ("identity_policies", allow(Sid=7), "a Sid that is not text"),
        ("identity_policies", allow(Sid="#7"), "letters and digits"),
        ("resource_policy", allow(Principal={}), "an empty Principal"),
        ("resource_policy", allow(Principal={"AWS": []}), "an empty Principal"),
        ("resource_policy", allow(Principal={"AWS": "bob"}), "neither an account nor an ARN"),
        ("resource_policy", allow(NotPrincipal={"AWS": ["1234"]}), "neither an account nor an ARN"),
    ],
)
def test_what_aws_would_refuse_is_no_case(name: str, policy: Any, words: str) -> None:
    assert words in answer(**{name: [policy] if name == "identity_policies" else policy})["error"]


def test_a_trust_policy_has_no_resource() -> None:
    assert "has no Resource" in answer(**ASSUME, resource_policy=NAMED_AND_DELEGATED)["error"]


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("identity_policies", allow(Sid="")),
        ("identity_policies", {"Statement": allow()["Statement"][0]}),
        ("identity_policies", allow(Condition={})),
        ("identity_policies", allow("*:*", "*")),
        ("identity_policies", {**allow(), "Id": "mine"}),
        ("resource_policy", granting(Sid="two words")),
        ("resource_policy", document([*granting(Sid="A")["Statement"], *granting(Sid="A")["Statement"]])),
        ("resource_policy", allow(Principal={"AWS": [ROLE, "AIDACKCEVSQ6C2EXAMPLE", 111122223333]})),
        ("resource_policy", document([{"Effect": "Allow", "Action": "s3:*", "Principal": {"AWS": ROLE}}])),
    ],
)
def test_what_aws_takes_is_a_case(name: str, policy: Any) -> None:
    assert answer(**{name: [policy] if name == "identity_policies" else policy})["decision"] == "allowed"


def test_an_alias_has_no_policy() -> None:
    alias = {"action": "kms:DeleteAlias", "resource": "arn:aws:kms:us-east-1:111122223333:alias/x"}
    naming = allow("kms:*", "*", Principal={"AWS": ROLE})
    assert answer(**alias, resource_policy=naming)["decision"] == "implicit_deny"
    assert answer(**alias, identity_policies=[allow("kms:*", "*")])["decision"] == "allowed"


@pytest.mark.parametrize("more", ['"principal": "bob"', '"action": "a", "action": "b"'])
def test_an_error_keeps_the_id(more: str) -> None:
    answered = answer_line(f'{{"id": "mine", {more}}}', 3)
    assert answered["id"] == "mine"
    assert "line 3" not in answered["error"]


def test_an_error_without_an_id_names_the_line() -> None:
    assert answer_line("nope", 3)["error"].startswith("line 3: the case is no JSON")
    assert answer_line("{}", 4)["error"] == "line 4: principal is missing"


def test_a_case_may_have_notes() -> None:
    notes = {"expected": "allowed", "note": "", "comment": [], "description": "", "tags": {}, "why": 1}
    assert answer(identity_policies=[allow()], **notes)["decision"] == "allowed"


@pytest.mark.parametrize(("value", "decision"), [("a", "allowed"), (["a"], "allowed"), (["a", "b"], "implicit_deny")])
def test_a_list_of_one_is_a_value(value: Any, decision: str) -> None:
    policies = [allow(resource="arn:aws:s3:::docs/${aws:PrincipalTag/dir}.txt")]
    assert answer(identity_policies=policies, context={"aws:PrincipalTag/dir": value})["decision"] == decision
