"""Whole deployments: order, ledger, outputs, what is uncertain, what is secret."""

from __future__ import annotations

import pytest

from deployment.support import ACCOUNT, deployed
from scenarios.deployment import deploy
from scenarios.deployment.ledger import Status
from scenarios.deployment.provider import REGISTRY, Created, Request, provider
from scenarios.emulator import emulator
from scenarios.errors import InputError
from scenarios.finding import Origin
from scenarios.template import parse


@pytest.fixture
def made(monkeypatch):
    """Three providers of this test's own; the order in which things were made."""
    monkeypatch.setattr("scenarios.deployment.provider.REGISTRY", REGISTRY)
    before, order = dict(REGISTRY), []

    @provider("AWS::Garden::Bed")
    def bed(request: Request) -> Created:
        order.append(request.logical_id)
        size = request.properties["Size"]
        return Created(request.name(max_length=40), {"Arn": f"arn:bed/{size}"}, identity=f"arn:bed/{size}")

    @provider("AWS::Garden::Plant")
    def plant(request: Request) -> Created:
        order.append(request.logical_id)
        bed_arn = request.properties["Bed"]
        if bed_arn == "arn:bed/0":
            raise ValueError("no room\nin the bed")
        return Created(f"{request.logical_id}@{bed_arn}", origins={(bed_arn, "plant"): ("Properties", "Bed")})

    @provider("AWS::Garden::Gardener")
    def gardener(request: Request) -> Created:
        order.append(request.logical_id)
        raise KeyError(request.properties.peek().get("Tool"))

    yield order
    REGISTRY.clear()
    REGISTRY.update(before)


def test_three_providers(made):
    deployment = deployed("""
Conditions:
  Never: !Equals [a, b]
Resources:
  Rose: {Type: AWS::Garden::Plant, Properties: {Bed: !GetAtt Bed.Arn, Colour: red}}
  Tulip: {Type: AWS::Garden::Plant, DependsOn: Rose, Properties: {Bed: !GetAtt Small.Arn}}
  Pot: {Type: AWS::Garden::Plant, Properties: {Bed: !Ref Tulip}}
  Weed: {Type: AWS::Garden::Plant, Condition: Never, Properties: {Bed: !GetAtt Bed.Arn}}
  Bed: {Type: AWS::Garden::Bed, Properties: {Size: '5'}}
  Small: {Type: AWS::Garden::Bed, Properties: {Size: '0'}}
  Bob: {Type: AWS::Garden::Gardener, Properties: {Tool: rake}}
  Eve: {Type: AWS::Garden::Gardener, Properties: {Tool: !Ref Bob}}
Outputs:
  Rose: {Value: !Ref Rose}
  Tulip: {Value: !Ref Tulip}
  Weed: {Value: !Ref Weed, Condition: Never}
""")
    assert made == ["Bed", "Rose", "Small", "Tulip", "Pot", "Bob", "Eve"]
    lines = {entry.logical_id: (entry.status, entry.unmapped, entry.reason) for entry in deployment.ledger}
    assert list(lines) == ["Rose", "Tulip", "Pot", "Weed", "Bed", "Small", "Bob", "Eve"]
    assert lines["Rose"] == (Status.PARTIAL, ("Colour",), None)
    assert lines["Tulip"] == (Status.FAILED, (), "no room in the bed")
    assert lines["Pot"] == (Status.DEPLOYED, (), "refers to Tulip: Tulip was not made")
    assert lines["Weed"] == (Status.SKIPPED, (), None)
    assert lines["Bob"] == (Status.FAILED, (), "the emulator broke down on these properties")
    assert lines["Eve"] == (Status.SKIPPED, (), "waits on Bob: Bob was not made")
    assert deployment.outputs == {"Rose": "Rose@arn:bed/5", "Tulip": None}
    assert deployment.origins.find("arn:bed/5", "plant") == Origin("Rose", ("Properties", "Bed"))
    assert dict(deployment.origins.uncertain_within(Origin("Pot"))) == {("Properties", "Bed"): "Tulip was not made"}
    assert deployment.references["Tulip"] == {"Rose", "Small"}


def test_a_missing_operation_is_recorded(monkeypatch):
    def lacks(request: Request) -> Created:
        raise NotImplementedError("The create_thing action has not been implemented")

    monkeypatch.setitem(REGISTRY, "AWS::AmazonMQ::Broker", lacks)
    deployment = deployed("Resources: {T: {Type: 'AWS::AmazonMQ::Broker'}}\nOutputs: {T: {Value: !GetAtt T.Arn}}")
    (entry,) = deployment.ledger
    assert entry.status == Status.RECORDED
    assert entry.reason is not None
    assert "has not been implemented" in entry.reason
    assert deployment.outputs["T"].startswith(f"arn:aws:mq:us-east-1:{ACCOUNT}:")


@pytest.mark.parametrize(
    ("resources", "cause", "line"),
    [
        ("  A: {Type: T, Properties: {X: !Ref B}}\n  B: {Type: T, Properties: {X: !Ref A}}", "A -> B -> A", 2),
        (
            "  C: {Type: T, DependsOn: B}\n  B: {Type: T, Properties: {X: !GetAtt A.Y}}\n  A: {Type: T, DependsOn: C}",
            "C -> B -> A -> C",
            2,
        ),
        ("  A:\n    Type: T\n    Properties:\n      X: !Sub '${A.Arn}'", "circular dependency: A -> A", 5),
        ("  A: {Type: T}\n  B:\n    Type: T\n    DependsOn: [A, Aa]", "B refers to Aa, which is neither", 5),
        ("  Bucket: {Type: T}\n  B: {Type: T, Properties: {X: !Ref Buket}}", "did you mean Bucket?", 3),
        ("  A:\n    Type: T\n    Properties:\n      X:\n        - a\n        - !Sub '${Nope}'", "refers to Nope", 7),
        ("  A: {Type: T, Condition: Nope}", "there is no condition Nope", 2),
        ("  A: {Type: T, Properties: !Sub text}", "the Properties of A are no mapping", 2),
        ("  A: {Type: T, Properties: {X: !If [Never, !Ref Nope, b]}}", "refers to Nope", 2),
    ],
)
def test_refused_as_a_whole(resources, cause, line):
    with pytest.raises(InputError) as error:
        deployed(f"Resources:\n{resources}\nConditions:\n  Never: !Equals [a, b]")
    assert cause in error.value.cause
    assert (error.value.file, error.value.line) == ("t.yaml", line)


def test_branches_that_are_not_taken_make_no_circle():
    deployment = deployed("""
Conditions: {Never: !Equals [a, b]}
Resources:
  A: {Type: AWS::SNS::Topic, Properties: {DisplayName: !If [Never, !Ref B, plain]}}
  B: {Type: AWS::SNS::Topic, Properties: {DisplayName: !GetAtt A.TopicName}}
""")
    assert [entry.status for entry in deployment.ledger] == [Status.DEPLOYED, Status.DEPLOYED]
    assert deployment.references == {"A": frozenset(), "B": {"A"}}


@pytest.mark.parametrize(
    ("conditions", "cause"),
    [
        ("{A: !Condition B, B: !Not [!Condition A]}", "conditions go in a circle: A -> B -> A"),
        ("{A: !Equals [!Ref Nope, b]}", "Ref to Nope"),
        ("{A: !Equals [a]}", "Fn::Equals takes two values"),
        ("{A: !And [!Equals [a, b]]}", "Fn::And with these arguments is no condition"),
        ("{A: !Sub text}", "Fn::Sub with these arguments is no condition"),
        ("{A: text}", "a condition is one function"),
    ],
)
def test_conditions_refused(conditions, cause):
    with pytest.raises(InputError) as error:
        deployed(f"Conditions: {conditions}\nResources: {{T: {{Type: 'AWS::SNS::Topic'}}}}")
    assert cause in error.value.cause
    assert error.value.line == 1


def test_an_undecided_condition_makes_the_resource_uncertain():
    deployment = deployed("""
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, x]}
Resources:
  T: {Type: AWS::SNS::Topic, Condition: C}
Outputs:
  T: {Value: !Ref T, Condition: C}
""")
    assert deployment.ledger[0].status == Status.DEPLOYED
    ((path, reason),) = deployment.origins.uncertain_within(Origin("T"))
    assert (path, reason) == ((), "whether T is made is not known: parameter P has no value")
    assert deployment.outputs == {"T": None}


def test_custom_resources_nested_stacks_modules_and_typos():
    deployment = deployed("""
Resources:
  Custom: {Type: 'Custom::Anything', Properties: {ServiceToken: 'arn:aws:lambda:us-east-1:1:function:f'}}
  Other: {Type: 'AWS::CloudFormation::CustomResource', Properties: {ServiceToken: x}}
  Nested: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: 'https://example.com/t'}}
  Wait: {Type: 'AWS::CloudFormation::WaitConditionHandle'}
  Module: {Type: 'My::Own::Thing::MODULE'}
  Typo: {Type: 'AWS::S3::Bukket'}
  Foreign: {Type: 'Vendor::Cloud::Thing'}
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !GetAtt Custom.Name
      TopicName: !GetAtt Nested.Outputs.Name
  Second: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Custom}}
Outputs:
  Custom: {Value: !GetAtt Custom.Name}
  Nested: {Value: !GetAtt Nested.Outputs.Name}
  Stack: {Value: !Ref Nested}
""")
    status = {entry.logical_id: entry.status for entry in deployment.ledger}
    recorded = dict.fromkeys(("Custom", "Other", "Nested", "Wait", "Module"), Status.RECORDED)
    unsupported = dict.fromkeys(("Typo", "Foreign"), Status.UNSUPPORTED)
    assert status == {**recorded, **unsupported, "Topic": Status.DEPLOYED, "Second": Status.DEPLOYED}
    assert dict(deployment.origins.uncertain_within(Origin("Topic"))) == {
        ("Properties", "DisplayName"): "Custom: a custom resource is never run here",
        ("Properties", "TopicName"): "Nested: a nested stack's template is not read here",
    }
    assert dict(deployment.origins.uncertain_within(Origin("Second"))) == {
        ("Properties", "DisplayName"): "Custom: a custom resource is never run here",
    }
    stack = f"arn:aws:cloudformation:us-east-1:{ACCOUNT}:stack/scenario-Nested-"
    assert (deployment.outputs["Custom"], deployment.outputs["Nested"]) == (None, None)
    assert deployment.outputs["Stack"].startswith(stack)


def test_types_of_a_transform_are_unsupported_and_the_rest_is_made():
    deployment = deployed("""
Transform: Own-Macro
Resources:
  Function: {Type: AWS::Own::Function, Properties: {Handler: x}}
  Topic: {Type: AWS::SNS::Topic}
""")
    function, topic = deployment.ledger
    assert (function.status, topic.status) == (Status.UNSUPPORTED, Status.DEPLOYED)
    assert function.reason == "AWS::Own::Function needs Own-Macro, which cannot be expanded here"
    assert deployment.notes == ("Own-Macro cannot be expanded here",)


def test_a_transform_among_the_resources_is_no_resource():
    deployment = deployed("""
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://b/k'}}
  Topic: {Type: AWS::SNS::Topic}
""")
    assert [entry.logical_id for entry in deployment.ledger] == ["Topic"]
    assert deployment.notes == ("AWS::Include cannot be expanded here",)


SECRET = """
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  Parameter:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Name: !Sub '/x/${Password}', Value: !Join ['', [user, ':', !Ref Password]]}
  Failing:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: !Ref Password}
Outputs:
  Plain: {Value: !Ref Password}
  Encoded: {Value: !Base64 {Ref: Password}}
  Attribute: {Value: !GetAtt Parameter.Value}
  Name: {Value: !Ref Parameter}
  Other: {Value: !Ref AWS::Region}
"""


def test_secrets_are_never_shown():
    deployment = deployed(SECRET, {"Password": "hunter2"})
    assert deployment.outputs == {
        "Plain": "****",
        "Encoded": "****",
        "Attribute": "****",
        "Name": "/x/****",
        "Other": "us-east-1",
    }
    assert deployment.resolved["Parameter"] == {"Type": "String", "Name": "****", "Value": "****"}
    failing = deployment.entry("Failing")
    assert failing is not None
    assert failing.status == Status.FAILED
    assert (
        failing.reason
        == "InvalidParameterValue: Value (****) for parameter cidrBlock is invalid. This is not a valid CIDR block."
    )
    shown = f"{deployment.ledger}{deployment.outputs}{deployment.resolved}{deployment.placeholders}"
    assert "hunter2" not in shown
    assert "aHVudGVyMg==" not in shown


def test_the_secret_itself_is_deployed():
    with emulator(account_id=ACCOUNT, region="us-east-1") as session:
        deploy(parse(SECRET, "t.yaml"), session, parameters={"Password": "hunter2"})
        assert session.client("ssm").get_parameter(Name="/x/hunter2")["Parameter"]["Value"] == "user:hunter2"


LOOP = """
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList%s}
Resources:
  Other: {Type: AWS::SNS::Topic}
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - Topic${Name}: {Type: AWS::SNS::Topic, Properties: {DisplayName: !Ref Name}}
"""


def test_loops():
    deployment = deployed(LOOP % ", Default: 'One,Two'")
    assert [entry.logical_id for entry in deployment.ledger] == ["Other", "TopicOne", "TopicTwo"]
    assert deployment.resolved["TopicTwo"] == {"DisplayName": "Two"}
    assert not list(deployment.origins.uncertain_within(Origin("TopicOne")))


def test_loops_over_what_nobody_knows():
    deployment = deployed(LOOP % ", AllowedValues: [A, B]")
    assert [entry.logical_id for entry in deployment.ledger] == ["Other", "TopicA"]
    assert dict(deployment.origins.uncertain_within(Origin("TopicA"))) == {
        (): "a loop decides: parameter Names has no value"
    }
    assert not list(deployment.origins.uncertain_within(Origin("Other")))


RULES = """
Parameters:
  Stage: {Type: String, Default: %s}
  Sizes: {Type: CommaDelimitedList, Default: 'a,b'}
  Vpc: {Type: String}
Rules:
  Large:
    RuleCondition: !Equals [!Ref Stage, prod]
    Assertions:
      - Assert: %s
        AssertDescription: not for production
Resources: {T: {Type: AWS::SNS::Topic}}
"""


@pytest.mark.parametrize(
    "assertion",
    [
        "{'Fn::Contains': [[c, d], !Ref Stage]}",
        "{'Fn::EachMemberIn': [!Ref Sizes, [a, c]]}",
        "{'Fn::EachMemberEquals': [!Ref Sizes, a]}",
        "{'Fn::Not': [{'Fn::Contains': [!Ref Sizes, b]}]}",
        "{'Fn::And': [{'Fn::Equals': [a, b]}, {'Fn::Contains': [{'Fn::RefAll': 'AWS::EC2::VPC::Id'}, x]}]}",
    ],
)
def test_rules(assertion):
    with pytest.raises(InputError) as error:
        deployed(RULES % ("prod", assertion))
    assert (error.value.cause, error.value.line) == ("rule Large: not for production", 10)
    assert deployed(RULES % ("dev", assertion)).notes == ()


@pytest.mark.parametrize(
    "assertion",
    [
        "{'Fn::Contains': [{'Fn::RefAll': 'AWS::EC2::VPC::Id'}, !Ref Stage]}",
        "{'Fn::EachMemberIn': [{'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', 'Tags.X']}, [a]]}",
        "{'Fn::Equals': [!Ref Vpc, x]}",
    ],
)
def test_rules_that_nobody_can_judge(assertion):
    assert deployed(RULES % ("prod", assertion)).notes == ("rule Large cannot be judged before deployment",)


def test_it_comes_out_the_same_every_time():
    text = "Resources: {B: {Type: AWS::S3::Bucket}, R: {Type: AWS::Kendra::Index}, G: {Type: AWS::EC2::VPC}}"
    one, other = deployed(text), deployed(text)
    assert [entry.physical_id for entry in one.ledger][:2] == [entry.physical_id for entry in other.ledger][:2]


@pytest.mark.parametrize(("region", "suffix"), [("eu-west-1", "amazonaws.com"), ("cn-north-1", "amazonaws.com.cn")])
def test_regions(region, suffix):
    text = "Resources: {T: {Type: AWS::SNS::Topic}}\nOutputs: {S: {Value: !Ref AWS::URLSuffix}, Z: {Value: !GetAZs ''}}"
    outputs = deployed(text, region=region).outputs
    assert outputs["S"] == suffix
    assert all(zone.startswith(region) for zone in outputs["Z"])
