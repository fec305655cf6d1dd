"""Whether a workload can make a call: the network and the policies together, in templates."""

from __future__ import annotations

import pytest

from scenarios.access import Outcome
from scenarios.effective import Ability, can
from scenarios.network import Blocked, Path, Undecided
from scenarios.run.judge import deploy_and_observe
from scenarios.run.names import Names
from scenarios.run.options import Options
from scenarios.template import parse

TEMPLATE = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  OnSubnet: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: app}}
  S3Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"
      RouteTableIds: [!Ref Table]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: "*", Action: "s3:*", Resource: "ENDPOINT_RESOURCE"}]
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: "kms:*", Resource: "*"}
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: documents
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: "s3:*"
            Resource: "arn:aws:s3:::documents/*"
            Condition: BUCKET_CONDITION
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: [s3:GetObject, bedrock:InvokeModel], Resource: "*"}
              - {Effect: Allow, Action: KMS_ACTION, Resource: !GetAtt Key.Arn}
  App:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      Role: !GetAtt Role.Arn
      Code: {ZipFile: pass}
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group]}
"""
STANDARD = {
    "ENDPOINT_RESOURCE": "*",
    "BUCKET_CONDITION": "{StringNotEquals: {aws:SourceVpce: !Ref S3Endpoint}}",
    "KMS_ACTION": "kms:Decrypt",
}


def asked(action: str = "s3:GetObject", resource: str = "arn:aws:s3:::documents/a", **edits: str) -> Ability:
    text = TEMPLATE
    for name, value in {**STANDARD, **edits}.items():
        text = text.replace(name, value)
    deployment, account = deploy_and_observe(parse(text, "t.yaml"), Options())
    return can(account, Names(deployment, account).workload("App"), action, resource)


def test_through_the_endpoint() -> None:
    found = asked()
    assert found.outcome is Outcome.ALLOWED
    assert isinstance(found.way, Path)
    assert found.via is not None
    assert found.via.endpoint_id == found.way.via
    assert [one.request.action for one in found.permissions] == ["s3:GetObject", "kms:Decrypt"]
    context = found.permissions[0].request.context
    assert context["aws:sourcevpce"] == found.via.endpoint_id
    assert context["aws:sourcevpc"] == found.via.vpc_id
    assert context["aws:sourceip"] == ()


@pytest.mark.parametrize(
    ("edits", "outcome"),
    [
        ({"BUCKET_CONDITION": "{StringNotEquals: {aws:SourceVpce: vpce-0123456789abcdef0}}"}, Outcome.EXPLICIT_DENY),
        ({"BUCKET_CONDITION": "{StringNotEquals: {aws:SourceVpc: !Ref Vpc}}"}, Outcome.ALLOWED),
        ({"BUCKET_CONDITION": "{NotIpAddress: {aws:SourceIp: 203.0.113.0/24}}"}, Outcome.EXPLICIT_DENY),
        ({"BUCKET_CONDITION": "{NotIpAddress: {aws:VpcSourceIp: 10.0.0.0/16}}"}, Outcome.ALLOWED),
        ({"BUCKET_CONDITION": "{NotIpAddress: {aws:VpcSourceIp: 10.0.2.0/24}}"}, Outcome.EXPLICIT_DENY),
        ({"BUCKET_CONDITION": "{IpAddress: {aws:VpcSourceIp: 10.0.1.64/26}}"}, Outcome.UNKNOWN),
        ({"ENDPOINT_RESOURCE": "arn:aws:s3:::others/*"}, Outcome.IMPLICIT_DENY),
        ({"KMS_ACTION": "kms:Encrypt"}, Outcome.IMPLICIT_DENY),
    ],
)
def test_every_layer_sees_the_way(edits: dict[str, str], outcome: Outcome) -> None:
    assert asked(**edits).outcome is outcome


def test_a_call_that_does_not_get_there() -> None:
    model = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0"
    found = asked("bedrock:InvokeModel", model)
    assert found.outcome is Outcome.IMPLICIT_DENY
    assert isinstance(found.way, Blocked)
    assert found.way.code == "no-endpoint"
    assert found.permissions == ()


def test_over_the_internet_there_is_no_endpoint() -> None:
    outside = {"      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: [!Ref Group]}\n": ""}
    found = asked(**outside)
    assert found.via is None
    assert isinstance(found.way, Path)
    assert found.outcome is Outcome.EXPLICIT_DENY  # the bucket admits the endpoint alone
    assert asked("bedrock:InvokeModel", "arn:aws:bedrock:us-east-1::foundation-model/m", **outside).outcome is (
        Outcome.ALLOWED
    )


def test_a_way_that_nobody_knows() -> None:
    found = asked(**{"SubnetIds: [!Ref Subnet]": "SubnetIds: [subnet-0123456789abcdef0]"})
    assert found.outcome is Outcome.UNKNOWN
    assert isinstance(found.way, Undecided)
