"""What of Bedrock stands in a network: AgentCore runtimes, jobs, and endpoints of OpenSearch Serverless."""

from __future__ import annotations

from typing import Any

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account.origins import Origins
from scenarios.emulator import emulator
from scenarios.observation import observe

ROLE = "arn:aws:iam::123456789012:role/r"
BASE = """
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
"""
RUNTIME = f"""
  Runtime:
    Type: AWS::BedrockAgentCore::Runtime
    Properties:
      AgentRuntimeName: agent
      RoleArn: {ROLE}
      AgentRuntimeArtifact: {{ContainerConfiguration: {{ContainerUri: 'image:1'}}}}
      ProtocolConfiguration: MCP
      EnvironmentVariables: {{A: b}}
      NetworkConfiguration: {{%s}}
"""
IN_VPC = "NetworkMode: VPC, NetworkModeConfig: {Subnets: [%s], SecurityGroups: [!Ref Group]}"


@pytest.mark.parametrize(
    ("network", "placed", "doubt"),
    [
        ("NetworkMode: PUBLIC", False, None),
        (IN_VPC % "!Ref Subnet", True, None),
        (IN_VPC % "!If [Maybe, !Ref Subnet, !Ref Subnet]", True, NO_VALUE),
    ],
)
def test_agent_runtime(network: str, placed: bool, doubt: str | None) -> None:
    account = observed(BASE + RUNTIME % network)
    (runtime,) = account.agent_runtimes
    assert (runtime.name, runtime.role, runtime.image, runtime.environment) == (
        "agent",
        ROLE,
        "image:1",
        (("A", "b"),),
    )
    assert runtime.doubt_of_place() == doubt
    assert (runtime.placement is not None) is placed
    if runtime.placement is not None:
        assert runtime.placement.vpc_id == account.vpcs[0].vpc_id
        assert runtime.placement.subnet_ids == (account.subnets[0].subnet_id,)
        assert runtime.placement.security_group_ids == (by_origin(account.security_groups)["Group"].group_id,)
    assert runtime.origin is not None
    assert runtime.origin.logical_id == "Runtime"


@pytest.mark.parametrize(
    ("groups", "group", "doubt"),
    [
        (", SecurityGroupIds: [!Ref Group]", "Group", None),
        ("", None, None),
        (", SecurityGroupIds: [!If [Maybe, !Ref Group, !Ref Group]]", "Group", NO_VALUE),
    ],
)
def test_collection_endpoint(groups: str, group: str | None, doubt: str | None) -> None:
    account = observed(
        BASE
        + f"""
  Door:
    Type: AWS::OpenSearchServerless::VpcEndpoint
    Properties: {{Name: door, VpcId: !Ref Vpc, SubnetIds: [!Ref Subnet]{groups}}}
"""
    )
    (door,) = account.collection_endpoints
    assert (door.vpc_id, door.subnet_ids) == (account.vpcs[0].vpc_id, (account.subnets[0].subnet_id,))
    names = {each.group_id: each.origin and each.origin.logical_id for each in account.security_groups}
    assert [names[each] for each in door.security_group_ids] == [group]
    assert door.doubt("SecurityGroupIds") == doubt


class Running:
    """A session in whose account a job of each kind runs, and nothing else answers."""

    place = {"subnetIds": ["subnet-1"], "securityGroupIds": ["sg-1"]}
    answers = {
        "list_model_customization_jobs": {"modelCustomizationJobSummaries": [{"jobArn": "arn:c"}]},
        "get_model_customization_job": {
            "jobArn": "arn:c",
            "jobName": "tune",
            "roleArn": ROLE,
            "vpcConfig": place,
            "trainingDataConfig": {"s3Uri": "s3://train"},
            "validationDataConfig": {"validators": [{"s3Uri": "s3://check"}]},
            "outputDataConfig": {"s3Uri": "s3://out"},
        },
        "list_model_invocation_jobs": {"invocationJobSummaries": [{"jobArn": "arn:i"}]},
        "get_model_invocation_job": {
            "jobArn": "arn:i",
            "jobName": "batch",
            "inputDataConfig": {"s3InputDataConfig": {"s3Uri": "s3://in"}},
            "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://out"}},
        },
    }

    def client(self, service_name: str) -> Any:
        return self

    def can_paginate(self, operation: str) -> bool:
        return False

    def __getattr__(self, operation: str) -> Any:
        return lambda **given: self.answers.get(operation, {})


def test_jobs_that_run() -> None:
    account = observe(
        Running(), account_id="123456789012", region="us-east-1", origins=Origins(), services=("bedrock-jobs",)
    )
    tune, batch = account.bedrock_jobs
    assert tune.placement is not None
    assert (tune.name, tune.kind, tune.role, tune.input_uris, tune.output_uri, tune.placement.subnet_ids) == (
        "tune",
        "customization",
        ROLE,
        ("s3://train", "s3://check"),
        "s3://out",
        ("subnet-1",),
    )
    assert (batch.kind, batch.placement, batch.input_uris, batch.output_uri) == (
        "invocation",
        None,
        ("s3://in",),
        "s3://out",
    )


def test_a_whole_account_can_be_read() -> None:
    """As a live one is, without a word on what is in use; the emulator has no batch inference."""
    with emulator() as session:
        account = observe(session, account_id="123456789012", region="us-east-1")
    assert {mark.what for mark in account.unread} <= {"bedrock.model_invocation_jobs"}
