"""`AWS::Serverless`: what a SAM template becomes, and where its parts stand."""

from __future__ import annotations

import copy
import subprocess
import sys
from contextlib import suppress

import pytest

from deployment.support import deployed, stack
from scenarios.deployment.ledger import Status
from scenarios.deployment.scope import Parameter
from scenarios.deployment.serverless import translated
from scenarios.errors import InputError
from scenarios.finding import Origin
from scenarios.template import parse

HEAD = "Transform: AWS::Serverless-2016-10-31\n"
APPLICATION = (
    HEAD
    + """\
Parameters:
  Stage: {Type: String}
Globals:
  Function:
    Runtime: python3.12
    Handler: app.handler
    VpcConfig:
      SubnetIds: [subnet-1]
      SecurityGroupIds: [sg-1]
Resources:
  Uploads: {Type: AWS::S3::Bucket}
  Jobs: {Type: AWS::SQS::Queue}
  Ask:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./src
      Environment:
        Variables: {STAGE: !Ref Stage}
      FunctionUrlConfig:
        AuthType: NONE
      Policies:
        - AmazonBedrockFullAccess
        - S3ReadPolicy:
            BucketName: other
        - Statement:
            - Effect: Allow
              Action: bedrock:InvokeModel
              Resource: '*'
      Events:
        Web: {Type: Api, Properties: {Path: /ask, Method: post}}
        Http: {Type: HttpApi, Properties: {Path: /ask, Method: post}}
        Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        Planned: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Seen:
          Type: EventBridgeRule
          Properties:
            Pattern: {source: [own]}
        Put: {Type: S3, Properties: {Bucket: !Ref Uploads, Events: 's3:ObjectCreated:*'}}
        Job: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}
  Table: {Type: AWS::Serverless::SimpleTable}
  Layer: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer/}}
  Rest: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
  Http: {Type: AWS::Serverless::HttpApi}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: flow.asl.json
      Policies:
        - LambdaInvokePolicy: {FunctionName: !Ref Ask}
  Join:
    Type: AWS::Serverless::Connector
    Properties: {Source: {Id: Ask}, Destination: {Id: Table}, Permissions: [Read]}
  Graph:
    Type: AWS::Serverless::GraphQLApi
    Properties: {SchemaUri: ./schema.graphql, Auth: {Type: AWS_IAM}}
Outputs:
  Url: {Value: !Sub 'https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod'}
  Role: {Value: !GetAtt AskRole.Arn}
"""
)
LINES = APPLICATION.splitlines()


def line(text: str) -> int:
    """The line that a text begins on, from 1; the text is unique."""
    (found,) = [number for number, own in enumerate(LINES, 1) if own.strip().startswith(text)]
    return found


@pytest.fixture(scope="module")
def application():
    return deployed(APPLICATION)


@pytest.mark.parametrize(
    ("logical_id", "kind", "status"),
    [
        ("Ask", "AWS::Lambda::Function", Status.DEPLOYED),
        ("AskRole", "AWS::IAM::Role", Status.DEPLOYED),
        ("AskUrl", "AWS::Lambda::Url", Status.DEPLOYED),
        ("AskNightly", "AWS::Events::Rule", Status.DEPLOYED),
        ("AskPlanned", "AWS::Scheduler::Schedule", Status.DEPLOYED),
        ("AskSeen", "AWS::Events::Rule", Status.DEPLOYED),
        ("AskPutPermission", "AWS::Lambda::Permission", Status.DEPLOYED),
        ("AskJob", "AWS::Lambda::EventSourceMapping", Status.DEPLOYED),
        ("Uploads", "AWS::S3::Bucket", Status.DEPLOYED),
        ("Table", "AWS::DynamoDB::Table", Status.DEPLOYED),
        ("ServerlessRestApi", "AWS::ApiGateway::RestApi", Status.PARTIAL),
        ("Rest", "AWS::ApiGateway::RestApi", Status.PARTIAL),
        ("Http", "AWS::ApiGatewayV2::Api", Status.RECORDED),
        ("FlowRole", "AWS::IAM::Role", Status.DEPLOYED),
        ("JoinPolicy", "AWS::IAM::ManagedPolicy", Status.DEPLOYED),
    ],
)
def test_what_is_made(application, logical_id, kind, status):
    entry = application.entry(logical_id)
    assert entry is not None
    assert (entry.type, entry.status) == (kind, status)


def test_every_sam_type_is_translated(application):
    assert application.template.unsupported == ()
    assert [entry.type for entry in application.ledger if entry.type.startswith("AWS::Serverless")] == []
    assert {"Layer", "Flow", "Graph"} <= {
        name for entry in application.ledger for name in ("Layer", "Flow", "Graph") if entry.logical_id.startswith(name)
    }


@pytest.mark.parametrize(
    ("logical_id", "path", "text"),
    [
        ("Ask", (), "Ask:"),
        ("Ask", ("Environment", "Variables", "STAGE"), "Variables: {STAGE"),
        ("Ask", ("VpcConfig", "SubnetIds"), "SubnetIds:"),
        ("Ask", ("Code", "S3Bucket"), "CodeUri:"),
        ("Ask", ("Role",), "Ask:"),
        ("AskRole", (), "Ask:"),
        ("AskRole", ("ManagedPolicyArns", 0), "Policies:"),
        ("AskRole", ("ManagedPolicyArns", 2), "- AmazonBedrockFullAccess"),
        ("AskRole", ("Policies", 0), "- S3ReadPolicy:"),
        ("AskRole", ("Policies", 0, "PolicyDocument", "Statement", 0, "Resource"), "- S3ReadPolicy:"),
        ("AskRole", ("Policies", 1, "PolicyDocument", "Statement", 0), "- Effect: Allow"),
        ("AskRole", ("Policies", 1, "PolicyDocument", "Statement", 0, "Action"), "Action: bedrock"),
        ("AskUrl", (), "FunctionUrlConfig:"),
        ("AskUrl", ("AuthType",), "AuthType:"),
        ("AskUrlPublicPermissions", (), "Ask:"),
        ("AskNightly", (), "Nightly:"),
        ("AskSeen", ("EventPattern",), "Seen:"),
        ("AskSeenPermission", (), "Seen:"),
        ("AskPutPermission", ("SourceArn",), "Put:"),
        ("ServerlessRestApi", (), "Ask:"),
        ("Uploads", (), "Uploads:"),
        ("FlowRole", ("Policies", 0), "- LambdaInvokePolicy"),
        ("JoinPolicy", (), "Join:"),
    ],
)
def test_places(application, logical_id, path, text):
    origin = Origin(logical_id, ("Properties", *path) if path else ())
    found = application.position(origin).line
    expected = [number for number, own in enumerate(LINES, 1) if own.strip().startswith(text)]
    assert found in expected, LINES[found - 1]


def test_references_to_what_is_generated(application):
    assert application.outputs["Url"].endswith(".execute-api.us-east-1.amazonaws.com/Prod")
    assert application.outputs["Role"].startswith("arn:aws:iam::123456789012:role/scenario-AskRole-")


def test_parameters_without_a_value_are_kept_as_references(application):
    ((path, reason),) = application.origins.uncertain_within(Origin("Ask", ("Properties", "Environment")))
    assert (path, reason) == (("Variables", "STAGE"), "parameter Stage has no value")


ALIAS = (
    HEAD
    + """\
Parameters: {Alias: {Type: String%s}}
Resources:
  Ask:
    Type: AWS::Serverless::Function
    Properties: {InlineCode: x, Runtime: python3.12, Handler: a.b, AutoPublishAlias: !Ref Alias}
"""
)


@pytest.mark.parametrize(
    ("more", "given", "doubtful"),
    [
        ("", {}, True),
        ("", {"Alias": "live"}, False),
        (", Default: live", {}, False),
        (", Default: live, NoEcho: true", {}, True),
    ],
)
def test_parameters_that_decide_what_is_made(more, given, doubtful):
    deployment = deployed(ALIAS % more, given)
    alias = next(entry for entry in deployment.ledger if entry.type == "AWS::Lambda::Alias")
    assert bool(list(deployment.origins.uncertain_within(Origin(alias.logical_id)))) is doubtful
    assert bool(list(deployment.origins.uncertain_within(Origin("Ask")))) is doubtful


FUNCTION = "{Type: AWS::Serverless::Function, Properties: {%s}}"


@pytest.mark.parametrize(
    ("resource", "cause"),
    [
        (FUNCTION % "CodeUri: s3://a/b, Runtime: [x]", "Ask: AWS::Serverless-2016-10-31 refuses it: "),
        (FUNCTION % "CodeUri: s3://a/b, Events: {E: {Type: Nope}}", "Ask: AWS::Serverless-2016-10-31 refuses it: "),
        (FUNCTION % "Policies: [{NoSuchPolicy: {}}]", "Ask: AWS::Serverless-2016-10-31 refuses it: "),
        (FUNCTION % "Policies: [{S3ReadPolicy: {Bucket: b}}]", "Ask: AWS::Serverless-2016-10-31 refuses it: "),
        ("{Type: AWS::Serverless::Api, Properties: {}}", "Missing required property 'StageName'"),
        ("{Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: x}}", "PrimaryKey"),
    ],
)
def test_what_sam_refuses(resource, cause):
    with pytest.raises(InputError) as refused:
        deployed(f"{HEAD}Resources:\n  Fine: {{Type: AWS::S3::Bucket}}\n  Ask: {resource}\n")
    assert cause in refused.value.cause
    assert "\n" not in refused.value.cause
    assert (refused.value.file, refused.value.line) == ("t.yaml", 4)


def test_another_transform_may_mend_what_sam_refuses():
    deployment = deployed(
        "Transform: [Macro, AWS::Serverless-2016-10-31]\nResources:\n  Ask: {Type: AWS::Serverless::Api}\n"
    )
    assert [mark.name for mark in deployment.template.unsupported] == ["AWS::Serverless-2016-10-31", "Macro"]


def test_an_application_of_the_repository_is_recorded():
    deployment = deployed(
        HEAD
        + """\
Resources:
  Other:
    Type: AWS::Serverless::Application
    Properties: {Location: {ApplicationId: 'arn:aws:serverlessrepo:us-east-1:1:applications/x', SemanticVersion: 1.0.0}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !GetAtt Other.Outputs.Name}}
Outputs:
  Name: {Value: !GetAtt Other.Outputs.Name}
"""
    )
    entry = deployment.entry("Other")
    assert entry is not None
    assert (entry.status, entry.type) == (Status.RECORDED, "AWS::Serverless::Application")
    assert "Serverless Application Repository" in str(entry.reason)
    assert deployment.outputs == {"Name": None}
    assert list(deployment.origins.uncertain_within(Origin("Topic", ("Properties", "TopicName"))))


@pytest.mark.parametrize("junk", [None, [], {}, "x", 7, {"Ref": "Nope"}, {"Fn::If": ["C", 1, 2]}, [[{}]]])
def test_odd_input_costs_an_error_of_the_users_at_most(junk):
    """Every part of a template in turn is something else: the translator may refuse it or break down, we may not."""
    template = parse(APPLICATION, "t.yaml")

    for path in list(template.positions):
        if len(path) < 3 or path[0] not in ("Resources", "Globals"):
            continue
        body = copy.deepcopy(template.body)
        at = body
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = junk
        own = type(template)("t.yaml", "", body, template.positions)
        with suppress(InputError):
            made, _ = translated(own, {"Stage": Parameter("s")}, stack())
            assert made.resources


def test_the_translator_is_imported_for_a_sam_template_only(tmp_path):
    program = """
import sys
from scenarios.cli.main import main
main(["deploy", sys.argv[1], "--output", "/dev/null"])
print("samtranslator" in sys.modules)
"""
    sam = tmp_path / "t.yaml"
    sam.write_text(APPLICATION)
    for file, expected in (("templates/private-app-bedrock/template.yaml", "False"), (str(sam), "True")):
        ran = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
        assert (ran.stdout.strip(), ran.stderr) == (expected, "")


def test_managed_policies_of_another_partition():
    deployment = deployed(APPLICATION, region="us-gov-west-1")
    role = deployment.resolved["AskRole"]
    assert "arn:aws-us-gov:iam::aws:policy/AmazonBedrockFullAccess" in role["ManagedPolicyArns"]


def test_a_type_that_the_translator_does_not_know_is_not_expanded():
    deployment = deployed(
        f"{HEAD}Resources:\n  New: {{Type: AWS::Serverless::Novelty}}\n  T: {{Type: AWS::SNS::Topic}}\n"
    )
    assert [(mark.name, mark.position.line) for mark in deployment.template.unsupported] == [
        ("AWS::Serverless-2016-10-31", 3)
    ]
    assert {entry.logical_id: entry.status for entry in deployment.ledger} == {
        "New": Status.UNSUPPORTED,
        "T": Status.DEPLOYED,
    }
