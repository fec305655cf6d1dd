"""Where a template prepares for CloudTrail and has no trail: for whose trails, and whether one may be there unseen."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scenarios.finding import Verdict
from scenarios.run.judge import judge
from scenarios.run.options import Options
from scenarios.template import parse

sys.path.insert(0, str(Path(__file__).parent))
from edits import judged

NAME = "cloudtrail-bedrock-audit"
OURS, OTHERS = "123456789012", "210987654321"
CONTEXT = "kms:EncryptionContext:aws:cloudtrail:arn"
VIOLATED, UNKNOWN, NONE = Verdict.VIOLATED, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def trails_of(account: str) -> str:
    return f"arn:aws:cloudtrail:*:{account}:trail/*"


def admits(action: str, **condition) -> dict:
    admitted = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": action}
    return {**admitted, "Resource": "*", **({"Condition": condition} if condition else {})}


def encrypt(**condition) -> list[dict]:
    return [admits("kms:GenerateDataKey*", **condition), admits("kms:DescribeKey")]


def template(statements: list[dict], **resources) -> str:
    root = {"Effect": "Allow", "Principal": {"AWS": OURS}, "Action": "kms:*", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [root, *statements]}
    key = {"Type": "AWS::KMS::Key", "Properties": {"KeyPolicy": policy}}
    parameters = {"Account": {"Type": "String"}, "TrailName": {"Type": "String"}, "TrailArn": {"Type": "String"}}
    return json.dumps({"Parameters": parameters, "Resources": {"LogKey": key, **resources}})


def sub(text: str) -> dict:
    return {"Fn::Sub": text}


@pytest.mark.parametrize(
    ("statements", "verdict"),
    [
        pytest.param(encrypt(), VIOLATED, id="for whoever has a trail"),
        pytest.param(encrypt(StringLike={CONTEXT: trails_of(OURS)}), VIOLATED, id="for this account by context"),
        pytest.param(encrypt(StringLike={CONTEXT: trails_of(OTHERS)}), NONE, id="for another account by context"),
        pytest.param(encrypt(StringEquals={"aws:SourceAccount": OTHERS}), NONE, id="for another account by its id"),
        pytest.param(encrypt(StringEquals={"AWS:SOURCEACCOUNT": [OTHERS, OURS]}), VIOLATED, id="for both"),
        pytest.param(encrypt(ArnLike={"aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/org"}), VIOLATED, id="for any"),
        pytest.param(
            encrypt(StringNotEquals={"aws:SourceAccount": OTHERS}), VIOLATED, id="for all but another account"
        ),
        pytest.param(
            encrypt(StringEquals={"aws:SourceAccount": OURS}, StringLike={CONTEXT: trails_of(OTHERS)}),
            NONE,
            id="a condition that fits beside one that does not",
        ),
        pytest.param(
            [
                *encrypt(StringLike={CONTEXT: trails_of(OTHERS)}),
                *encrypt(StringLike={CONTEXT: trails_of(OURS)}),
            ],
            VIOLATED,
            id="one statement for each account",
        ),
        pytest.param(
            encrypt(StringLike={CONTEXT: sub(trails_of("${Account}"))}), UNKNOWN, id="for a parameter's account"
        ),
        pytest.param(
            encrypt(StringEquals={"aws:SourceAccount": {"Ref": "Account"}}), UNKNOWN, id="by a parameter's id"
        ),
        pytest.param(encrypt(ArnEquals={"aws:SourceArn": {"Ref": "TrailArn"}}), UNKNOWN, id="for a parameter's trail"),
        pytest.param(
            encrypt(
                ArnEquals={"aws:SourceArn": sub("arn:aws:cloudtrail:us-east-1:${AWS::AccountId}:trail/${TrailName}")}
            ),
            VIOLATED,
            id="for a trail of this account whose name is a parameter",
        ),
        pytest.param([{**encrypt()[0], "Effect": "Deny"}], NONE, id="a Deny prepares nothing"),
    ],
)
def test_what_is_prepared_for_others_is_no_lack(statements, verdict):
    result = judged(template(statements), NAME)
    assert result.scenarios[0].verdict is verdict
    missing = [finding for finding in result.findings if finding.rule == "trail-missing"]
    assert [finding.resource for finding in missing] == ([] if verdict is NONE else ["LogKey"])
    assert all("key LogKey is prepared for CloudTrail" in finding.message for finding in missing)


def test_a_parameter_with_a_value_decides():
    text = template(encrypt(StringEquals={"aws:SourceAccount": {"Ref": "Account"}}))
    for account, verdict in ((OURS, VIOLATED), (OTHERS, NONE)):
        options = Options(scenarios=(NAME,), parameters={"Account": account})
        assert judge(parse(text, "t.json"), options).scenarios[0].verdict is verdict


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://a/b"}}, "nested stack"),
        ({"Type": "My::Org::Trail::MODULE"}, "module"),
        (
            {"Type": "Custom::Trail", "Properties": {"ServiceToken": "arn:aws:lambda:us-east-1:1:function:f"}},
            "may make",
        ),
    ],
)
def test_a_trail_may_be_made_where_nobody_sees_it(more, said):
    (finding,) = [one for one in judged(template(encrypt(), More=more), NAME).findings if one.rule == "trail-missing"]
    assert finding.verdict is UNKNOWN
    assert said in finding.message


def test_nested_stacks_leave_open_whether_any_scenario_applies():
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://a/b"}}
    result = judged(json.dumps({"Resources": {"Nested": nested}}))
    reason = "not decided: Nested (AWS::CloudFormation::Stack): a nested stack's template is not read here"
    assert {(scenario.verdict, scenario.reason) for scenario in result.scenarios} == {(UNKNOWN, reason)}
