"""Whose data events a trail records where its selectors name resources by ARN."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scenarios.finding import Verdict

sys.path.insert(0, str(Path(__file__).parent))
from edits import judged

OWN, ANY = {"Fn::GetAtt": ["Own", "GuardrailArn"]}, "arn:aws:bedrock:us-east-1:123456789012:"
FLOWS = "AWS::Bedrock::FlowAlias"


def resource(kind: str, **properties) -> dict:
    return {"Type": kind, "Properties": properties}


def guardrail(name: str) -> dict:
    return resource("AWS::Bedrock::Guardrail", Name=name, BlockedInputMessaging="no", BlockedOutputsMessaging="no")


def selected(*arns: dict, kind: str = "AWS::Bedrock::Guardrail", **more) -> list[tuple[str, str]]:
    """The verdicts and words of data-events-missing, each ARN condition in a selector of its own."""
    fields = [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": [kind]}]
    selectors = [{"FieldSelectors": [*fields, {"Field": "resources.ARN", **arn}]} for arn in arns]
    trail = resource("AWS::CloudTrail::Trail", S3BucketName="logs-elsewhere", IsLogging=True)
    trail["Properties"]["AdvancedEventSelectors"] = selectors
    text = json.dumps({"Resources": {"Trail": trail, "Own": guardrail("own"), **more}})
    found = judged(text, "cloudtrail-bedrock-audit").findings
    return [(one.verdict, one.message) for one in found if one.rule == "data-events-missing"]


def test_the_only_guardrail_is_the_one_that_is_named():
    said = "the calls to the Bedrock guardrail Own are recorded; resources.ARN leaves out those to others"
    assert selected({"Equals": [OWN]}) == [(Verdict.HOLDS, said)]


def test_another_guardrail_is_named_as_not_recorded():
    found = dict(selected({"Equals": [OWN]}, Second=guardrail("second")))
    assert set(found) == {Verdict.HOLDS, Verdict.VIOLATED}
    said = "no trail records ApplyGuardrail, the calls to the Bedrock guardrail Second: widen the selector"
    assert found[Verdict.VIOLATED].startswith(said)
    assert "in part" not in found[Verdict.VIOLATED]


def test_several_selectors_record_their_guardrails_together():
    second = {"Equals": [{"Fn::GetAtt": ["Second", "GuardrailArn"]}]}
    found = selected({"Equals": [OWN]}, second, Second=guardrail("second"))
    assert [verdict for verdict, _ in found] == [Verdict.HOLDS]


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ({"StartsWith": [f"{ANY}flow/"]}, Verdict.HOLDS),
        ({"Equals": [{"Fn::GetAtt": ["Alias", "Arn"]}]}, Verdict.UNKNOWN),
        ({"Equals": [f"{ANY}flow/ANOTHER/alias/ONE"]}, Verdict.UNKNOWN),
    ],
)
def test_the_aliases_of_a_flow_are_not_known(condition, verdict):
    role = "arn:aws:iam::123456789012:role/flow"
    flow = resource("AWS::Bedrock::Flow", Name="flow", ExecutionRoleArn=role, Definition={})
    routes = [{"FlowVersion": "1"}]
    flow_arn = {"Fn::GetAtt": ["Flow", "Arn"]}
    alias = resource("AWS::Bedrock::FlowAlias", Name="alias", FlowArn=flow_arn, RoutingConfiguration=routes)
    found = selected(condition, kind=FLOWS, Flow=flow, Alias=alias)
    assert [one for one, message in found if "flow Flow" in message] == [verdict]


GATEWAY = resource(
    "AWS::BedrockAgentCore::Gateway",
    Name="tools",
    AuthorizerType="AWS_IAM",
    ProtocolType="MCP",
    RoleArn="arn:aws:iam::123456789012:role/tools",
)
MEMORY = resource("AWS::BedrockAgentCore::Memory", Name="memory", EventExpiryDuration=30)


@pytest.mark.parametrize(
    ("kind", "one", "said"),
    [
        ("AWS::BedrockAgentCore::Gateway", GATEWAY, "the calls to the Bedrock gateway Tool"),
        ("AWS::BedrockAgentCore::Memory", MEMORY, "the calls to the Bedrock memory Tool"),
    ],
)
def test_what_agents_work_with_is_recorded_by_its_own_type(kind: str, one: dict, said: str):
    assert [verdict for verdict, message in selected({"StartsWith": ["arn:"]}, Tool=one) if said in message] == [
        Verdict.VIOLATED
    ]
    found = selected({"StartsWith": ["arn:"]}, kind=kind, Tool=one)
    assert [verdict for verdict, message in found if said in message] == [Verdict.HOLDS]
