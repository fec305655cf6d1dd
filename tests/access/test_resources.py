# ruff: noqa: E501 - a template in few lines
"""Resource policies of every kind that an account shows, asked of a deployed template: within the account, from another
one, by a service."""

from __future__ import annotations

from functools import cache

import pytest

from scenarios.access import Request, all_allowed, ask, decide, may, policies_for, whole_call
from scenarios.access.collect import EVERYTHING
from scenarios.account import Account
from scenarios.run.judge import deploy_and_observe
from scenarios.run.options import Options
from scenarios.template import parse

TEMPLATE = """\
Resources:
  Reader:
    Type: AWS::IAM::Role
    Properties:
      RoleName: reader
      AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: 2012-10-17
            Statement:
              - {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Point.Arn}/object/*"}
              - {Effect: Allow, Action: s3:GetObject, Resource: !Sub "${Inside.Arn}/object/*"}
              - {Effect: Allow, Action: [secretsmanager:GetSecretValue, aoss:*], Resource: "*"}
              - {Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy: {Version: 2012-10-17, Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: "kms:*", Resource: "*"}]}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - {Effect: Allow, Principal: {AWS: "444455556666"}, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: "*", Action: "sns:Subscribe", Resource: !Ref Topic, Condition: {StringEquals: {"sns:Protocol": https}}}]
  Images:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: images
      RepositoryPolicyText:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {AWS: "444455556666"}, Action: "ecr:BatchGetImage"}]
  Plain: {Type: AWS::ECR::Repository, Properties: {RepositoryName: plain}}
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {Name: token, KmsKeyId: !Ref Key}}
  SecretPolicy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy:
        Version: 2012-10-17
        Statement: [{Effect: Deny, Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*", Condition: {StringEquals: {"secretsmanager:VersionStage": AWSPREVIOUS}}}]
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"}}
  Documents: {Type: AWS::S3::Bucket, Properties: {BucketName: documents}}
  DocumentsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Documents
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - {Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: !Sub "${Documents.Arn}/private/*", Condition: {StringEquals: {"s3:AccessPointNetworkOrigin": Internet}}}
  Point: {Type: AWS::S3::AccessPoint, Properties: {Name: everywhere, Bucket: !Ref Documents}}
  Inside: {Type: AWS::S3::AccessPoint, Properties: {Name: inside, Bucket: !Ref Documents, VpcConfiguration: {VpcId: !Ref Vpc}}}
  Vectors:
    Type: AWS::OpenSearchServerless::AccessPolicy
    Properties:
      Name: vectors
      Type: data
      Policy: !Sub '[{"Rules":[{"ResourceType":"index","Resource":["index/vectors/*"],"Permission":["aoss:ReadDocument"]}],"Principal":["${Reader.Arn}","saml/123456789012/idp/user/ann"]}]'
"""
READER = "arn:aws:iam::123456789012:role/reader"
PARTNER = "arn:aws:iam::444455556666:role/partner"
STRANGER = "arn:aws:iam::777788889999:role/stranger"
HERE = "us-east-1:123456789012"
POINT = f"arn:aws:s3:{HERE}:accesspoint/everywhere/object"
INSIDE = f"arn:aws:s3:{HERE}:accesspoint/inside/object"


@cache
def account() -> Account:
    return deploy_and_observe(parse(TEMPLATE, "t.yaml"), Options())[1]


@pytest.mark.parametrize(
    ("principal", "action", "resource", "expected"),
    [
        (PARTNER, "sqs:SendMessage", f"arn:aws:sqs:{HERE}:jobs", "allowed"),
        (PARTNER, "sqs:ReceiveMessage", f"arn:aws:sqs:{HERE}:jobs", "implicit_deny"),
        (STRANGER, "sqs:SendMessage", f"arn:aws:sqs:{HERE}:jobs", "implicit_deny"),
        (READER, "sqs:SendMessage", f"arn:aws:sqs:{HERE}:jobs", "implicit_deny"),
        ("events.amazonaws.com", "sqs:SendMessage", f"arn:aws:sqs:{HERE}:jobs", "allowed"),
        ("sns.amazonaws.com", "sqs:SendMessage", f"arn:aws:sqs:{HERE}:jobs", "implicit_deny"),
        (STRANGER, "sns:Publish", f"arn:aws:sns:{HERE}:news", "implicit_deny"),
        (PARTNER, "ecr:BatchGetImage", f"arn:aws:ecr:{HERE}:repository/images", "allowed"),
        (STRANGER, "ecr:BatchGetImage", f"arn:aws:ecr:{HERE}:repository/images", "implicit_deny"),
        (PARTNER, "ecr:BatchGetImage", f"arn:aws:ecr:{HERE}:repository/plain", "implicit_deny"),
        (READER, "aoss:ReadDocument", "index/vectors/documents", "allowed"),
        (READER, "aoss:WriteDocument", "index/vectors/documents", "implicit_deny"),
        (READER, "aoss:ReadDocument", "index/others/documents", "implicit_deny"),
    ],
)
def test_a_policy_of_each_kind(principal: str, action: str, resource: str, expected: str) -> None:
    request = Request(principal, action, resource, "123456789012")
    policies = policies_for(account(), request)
    if ":123456789012:" not in principal and principal.startswith("arn:"):  # it may bring along whatever it likes
        policies = policies.__class__(
            identity=(EVERYTHING,), resource=policies.resource, resource_kind=policies.resource_kind
        )
    assert decide(request, policies).outcome.value == expected


@pytest.mark.parametrize(
    ("resource", "through", "expected"),
    [
        (f"{POINT}/a", False, "allowed"),
        (f"{POINT}/private/a", False, "explicit_deny"),  # by the bucket behind it
        (f"{INSIDE}/a", False, "explicit_deny"),  # from outside its VPC
        (f"{INSIDE}/a", True, "allowed"),
        (f"{INSIDE}/private/a", True, "allowed"),
        ("arn:aws:s3:::documents/a", False, "implicit_deny"),  # the role may use the access points only
    ],
)
def test_through_access_points(resource: str, through: bool, expected: str) -> None:
    via = account().endpoints[0] if through else None
    requests = whole_call(account(), Request(READER, "s3:GetObject", resource), via)
    assert all_allowed(may(account(), requests, via=via)).outcome.value == expected


def test_reading_a_secret_takes_its_key() -> None:
    (secret,) = account().secrets
    stage = {"secretsmanager:versionstage": "AWSCURRENT"}
    first, key = whole_call(account(), Request(READER, "secretsmanager:GetSecretValue", secret.arn, None, stage))
    assert key.action == "kms:Decrypt"
    assert key.context["kms:encryptioncontext:secretarn"] == secret.arn
    assert [ask(account(), one).outcome.value for one in (first, key)] == ["allowed", "allowed"]
