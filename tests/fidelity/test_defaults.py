"""What AWS sets by itself where a template says nothing, and moto does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from scenarios.deployment import deploy
from scenarios.deployment.deployment import Deployment
from scenarios.emulator import emulator
from scenarios.template import parse

ACCOUNT = "123456789012"
TEMPLATE = """
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Key: {Type: AWS::KMS::Key}
  Queue: {Type: AWS::SQS::Queue}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Door:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      {VpcId: !Ref Vpc, VpcEndpointType: Interface, ServiceName: com.amazonaws.us-east-1.kms, SubnetIds: [!Ref Subnet]}
  Gate: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.s3}}
Outputs:
  Bucket: {Value: !Ref Bucket}
  Key: {Value: !Ref Key}
  Queue: {Value: !Ref Queue}
  Vpc: {Value: !Ref Vpc}
  Subnet: {Value: !Ref Subnet}
  Group: {Value: !GetAtt Group.GroupId}
  Door: {Value: !Ref Door}
  Gate: {Value: !Ref Gate}
"""


@pytest.fixture(scope="module")
def account() -> Iterator[tuple[Any, Deployment]]:
    with emulator(account_id=ACCOUNT) as session:
        yield session, deploy(parse(TEMPLATE, "t.yaml"), session, account_id=ACCOUNT)


def test_a_new_bucket(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html"""
    session, deployment = account
    client, name = session.client("s3"), deployment.outputs["Bucket"]
    (rule,) = client.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    block = client.get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"]
    assert block == dict.fromkeys(block, True)
    assert len(block) == 4
    (rule,) = client.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
    assert rule == {"ObjectOwnership": "BucketOwnerEnforced"}


def test_a_new_key(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"""
    session, deployment = account
    client, key = session.client("kms"), deployment.outputs["Key"]
    (statement,) = json.loads(client.get_key_policy(KeyId=key, PolicyName="default")["Policy"])["Statement"]
    assert statement["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
    assert (statement["Effect"], statement["Action"], statement["Resource"]) == ("Allow", "kms:*", "*")
    assert client.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False


def test_a_new_queue_is_encrypted(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html"""
    session, deployment = account
    shown = session.client("sqs").get_queue_attributes(QueueUrl=deployment.outputs["Queue"], AttributeNames=["All"])
    assert shown["Attributes"]["SqsManagedSseEnabled"] == "true"


def test_endpoints_that_say_nothing(account: tuple[Any, Deployment]) -> None:
    """The VPC's default group, no private names, and a policy that lets everything through.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
    """
    session, deployment = account
    client, made = session.client("ec2"), deployment.outputs
    (door,) = client.describe_vpc_endpoints(VpcEndpointIds=[made["Door"]])["VpcEndpoints"]
    (group,) = client.describe_security_groups(
        Filters=[{"Name": "vpc-id", "Values": [made["Vpc"]]}, {"Name": "group-name", "Values": ["default"]}]
    )["SecurityGroups"]
    assert [held["GroupId"] for held in door["Groups"]] == [group["GroupId"]]
    assert door["PrivateDnsEnabled"] is False
    for endpoint in client.describe_vpc_endpoints(VpcEndpointIds=[made["Door"], made["Gate"]])["VpcEndpoints"]:
        (statement,) = json.loads(endpoint["PolicyDocument"])["Statement"]
        assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Allow", "*", "*")


def test_a_new_subnet_has_the_default_acl(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html"""
    session, deployment = account
    wanted = [{"Name": "association.subnet-id", "Values": [deployment.outputs["Subnet"]]}]
    (acl,) = session.client("ec2").describe_network_acls(Filters=wanted)["NetworkAcls"]
    assert acl["IsDefault"] is True
    rules = sorted((entry["Egress"], entry["RuleNumber"], entry["RuleAction"]) for entry in acl["Entries"])
    assert rules == [(egress, *rule) for egress in (False, True) for rule in ((100, "allow"), (32767, "deny"))]


def test_a_new_group_lets_everything_out_and_nothing_in(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"""
    session, deployment = account
    (group,) = session.client("ec2").describe_security_groups(GroupIds=[deployment.outputs["Group"]])["SecurityGroups"]
    assert group["IpPermissions"] == []
    (rule,) = group["IpPermissionsEgress"]
    assert (rule["IpProtocol"], [item["CidrIp"] for item in rule["IpRanges"]]) == ("-1", ["0.0.0.0/0"])


def test_the_default_group_lets_its_own_members_in(account: tuple[Any, Deployment]) -> None:
    """https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"""
    session, deployment = account
    wanted = [{"Name": "vpc-id", "Values": [deployment.outputs["Vpc"]]}, {"Name": "group-name", "Values": ["default"]}]
    (group,) = session.client("ec2").describe_security_groups(Filters=wanted)["SecurityGroups"]
    (rule,) = group["IpPermissions"]
    assert [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [group["GroupId"]]
