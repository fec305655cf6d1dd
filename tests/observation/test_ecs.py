"""ECS services, and the tasks that EventBridge starts, read back as facts."""

from __future__ import annotations

from typing import Any

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account import Account

ROLE = "arn:aws:iam::123456789012:role/task"
BASE = f"""
  Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Subnet: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}}}
  Group: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: g, VpcId: !Ref Vpc}}}}
  Cluster: {{Type: AWS::ECS::Cluster}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: app
      NetworkMode: awsvpc
      TaskRoleArn: {ROLE}
      ContainerDefinitions: [{{Name: a, Image: i, Memory: 512}}]
  Bridged:
    Type: AWS::ECS::TaskDefinition
    Properties: {{Family: old, TaskRoleArn: {ROLE}, ContainerDefinitions: [{{Name: a, Image: i, Memory: 512}}]}}
"""
SERVICE = """
  Service:
    Type: AWS::ECS::Service
    DependsOn: [Task, Bridged]
    Properties: {Cluster: !Ref Cluster, %s}
"""
RULE = """
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: nightly
      ScheduleExpression: rate(1 day)
      Targets:
      - {Id: other, Arn: 'arn:aws:sqs:us-east-1:123456789012:q'}
      - {Id: t, Arn: !GetAtt Cluster.Arn, RoleArn: 'arn:aws:iam::123456789012:role/events', %s}
"""
SCHEDULE = """
  Schedule:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: hourly
      ScheduleExpression: rate(1 hour)
      FlexibleTimeWindow: {Mode: 'OFF'}
      Target: {Arn: !GetAtt Cluster.Arn, RoleArn: 'arn:aws:iam::123456789012:role/events', %s}
"""
WHOLE = "Subnets: [!Ref Subnet], SecurityGroups: [!Ref Group], AssignPublicIp: ENABLED"


def place(account: Account, workload: Any) -> tuple[list[str], list[str]] | None:
    if workload.placement is None:
        return None
    assert workload.placement.vpc_id == account.vpcs[0].vpc_id
    subnets = {subnet.subnet_id: name for name, subnet in by_origin(account.subnets).items()}
    groups = {group.group_id: name for name, group in by_origin(account.security_groups).items()}
    return (
        [subnets[subnet] for subnet in workload.placement.subnet_ids],
        [groups.get(group, "default") for group in workload.placement.security_group_ids],
    )


HERE, BY_DEFAULT = (["Subnet"], ["Group"]), (["Subnet"], ["default"])
ON_HOSTS = "its tasks stand where their container instances do"


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (
            f"TaskDefinition: !Ref Task, NetworkConfiguration: {{AwsvpcConfiguration: {{{WHOLE}}}}}",
            (ROLE, HERE, True, None),
        ),
        (
            "TaskDefinition: app, NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [!Ref Subnet]}}",
            (ROLE, BY_DEFAULT, False, None),
        ),
        ("TaskDefinition: !Ref Bridged", (ROLE, None, False, ON_HOSTS)),
    ],
)
def test_service(properties: str, expected: object) -> None:
    account = observed(BASE + SERVICE % properties)
    (service,) = account.ecs_services
    assert (service.role, place(account, service), service.public_ip, service.doubt_of_place()) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (
            f"TaskDefinitionArn: !Ref Task, NetworkConfiguration: {{AwsVpcConfiguration: {{{WHOLE}}}}}",
            (ROLE, HERE, True, None, None),
        ),
        (
            "TaskDefinitionArn: !Ref Task, NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [!Ref Subnet]}}",
            (ROLE, BY_DEFAULT, False, None, None),
        ),
        ("TaskDefinitionArn: !Ref Bridged", (ROLE, None, False, ON_HOSTS, None)),
        (
            "TaskDefinitionArn: !Ref Task, NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [!If [Maybe, "
            "!Ref Subnet, !Ref Subnet]], SecurityGroups: [!Ref Group]}}",
            (ROLE, HERE, False, NO_VALUE, None),
        ),
        (
            "TaskDefinitionArn: 'arn:aws:ecs:us-east-1:123456789012:task-definition/elsewhere:1', "
            "NetworkConfiguration: {AwsVpcConfiguration: {Subnets: [!Ref Subnet], SecurityGroups: [!Ref Group]}}",
            (None, HERE, False, None, "its task definition is not in this account"),
        ),
    ],
)
@pytest.mark.parametrize("starter", [RULE, SCHEDULE])
def test_a_task_that_is_started_by_the_clock(starter: str, parameters: str, expected: object) -> None:
    account = observed(BASE + starter % f"EcsParameters: {{{parameters}}}")
    (task,) = account.ecs_tasks
    assert (
        task.role,
        place(account, task),
        task.public_ip,
        task.doubt_of_place(),
        task.doubt_of_role(),
    ) == expected
    assert task.origin is not None
    found = (task.name, task.origin.logical_id, task.origin.path)
    assert found in (
        ("nightly/t", "Rule", ("Properties", "Targets", 1)),
        ("hourly", "Schedule", ("Properties", "Target")),
    )
    assert task in tuple(account.workloads())


@pytest.mark.parametrize(
    ("said", "of_place", "of_role"),
    [
        ("TaskRoleArn: !Ref P", None, NO_VALUE),
        ("NetworkMode: !If [Maybe, awsvpc, awsvpc]", NO_VALUE, None),
        ("Cpu: !Ref P", None, None),
    ],
)
def test_what_of_a_definition_is_only_assumed(said: str, of_place: str | None, of_role: str | None) -> None:
    mode = "" if "NetworkMode" in said else "NetworkMode: awsvpc, "
    account = observed(
        f"""
  Cluster: {{Type: AWS::ECS::Cluster}}
  Own:
    Type: AWS::ECS::TaskDefinition
    Properties: {{{mode}{said}, ContainerDefinitions: [{{Name: a, Image: i, Memory: 512}}]}}
"""
        + RULE % "EcsParameters: {TaskDefinitionArn: !Ref Own}"
    )
    (task,) = account.ecs_tasks
    assert (task.doubt_of_place(), task.doubt_of_role()) == (of_place, of_role)


def test_a_task_with_a_role_of_its_own() -> None:
    own = "arn:aws:iam::123456789012:role/own"
    parameters = f'EcsParameters: {{TaskDefinitionArn: !Ref Task}}, Input: \'{{"taskRoleArn": "{own}"}}\''
    (task,) = observed(BASE + RULE % parameters).ecs_tasks
    assert task.role == own


def test_schedules_of_other_things() -> None:
    account = observed(SCHEDULE.replace("!GetAtt Cluster.Arn", "'arn:aws:sqs:us-east-1:123456789012:q'") % "Input: x")
    assert (account.ecs_tasks, account.unread) == ((), ())
