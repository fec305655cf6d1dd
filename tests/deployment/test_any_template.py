"""Whatever a template says, it is deployed or refused in one line; nothing else is ever raised."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from deployment.support import Offline
from scenarios.deployment import deploy
from scenarios.errors import InputError
from scenarios.template import parse

NAMES = st.sampled_from(
    ["A", "B", "P", "C", "AWS::Region", "AWS::NoValue", "Nope", "", "${A}", "A.Arn", "{{resolve:ssm:x}}"]
)
FUNCTIONS = st.sampled_from(
    "Ref Condition Fn::GetAtt Fn::Sub Fn::Join Fn::Select Fn::Split Fn::FindInMap Fn::If Fn::GetAZs Fn::Cidr "
    "Fn::Base64 Fn::ImportValue Fn::Length Fn::ToJsonString Fn::Transform Fn::Equals Fn::And Fn::Or Fn::Not "
    "Fn::Contains Fn::EachMemberIn Fn::Nope Key".split()
)
LEAVES = st.one_of(NAMES, st.integers(-1, 300), st.booleans(), st.none())
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FUNCTIONS, inner, max_size=2), max_leaves=12
)
PARAMETERS = st.fixed_dictionaries(
    {"Type": st.sampled_from(["String", "Number", "CommaDelimitedList", "List<Number>", "AWS::EC2::Image::Id"])},
    optional=dict.fromkeys(
        "Default AllowedValues AllowedPattern MinValue MaxValue MinLength MaxLength NoEcho".split(), VALUES
    ),
)
RESOURCES = st.fixed_dictionaries(
    {"Type": st.sampled_from(["Vendor::X::Y", "Custom::X", "AWS::CloudFormation::Stack", "X::MODULE"])},
    optional={"Properties": st.dictionaries(FUNCTIONS, VALUES, max_size=3), "DependsOn": VALUES, "Condition": VALUES},
)
TEMPLATES = st.fixed_dictionaries(
    {"Resources": st.dictionaries(st.sampled_from("AB"), RESOURCES, min_size=1)},
    optional={
        "Parameters": st.dictionaries(st.just("P"), PARAMETERS),
        "Conditions": st.dictionaries(st.just("C"), VALUES),
        "Mappings": st.dictionaries(NAMES, VALUES, max_size=2),
        "Rules": st.dictionaries(
            NAMES, st.fixed_dictionaries({"Assertions": VALUES}, optional={"RuleCondition": VALUES})
        ),
        "Outputs": st.dictionaries(NAMES, st.fixed_dictionaries({"Value": VALUES}, optional={"Condition": VALUES})),
    },
)


@given(TEMPLATES)
@settings(max_examples=200)
def test_any_template(body):
    refused: InputError | None = None
    try:
        template = parse(json.dumps(body), "t.json")
        deployment = deploy(template, Offline())
    except InputError as error:
        refused = error
    if refused is not None:
        assert "\n" not in str(refused)
        assert refused.file == "t.json"
    else:
        assert {entry.logical_id for entry in deployment.ledger} == set(template.resources)
