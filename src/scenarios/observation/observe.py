"""Read a whole account."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from scenarios.account import Account, Origins
from scenarios.account.network import Placement
from scenarios.account.workload import Machine, Workload
from scenarios.observation import (
    agentcore,
    bedrock,
    bedrock_jobs,
    compute,
    detection,
    ebs,
    ecr,
    iam,
    kms,
    messaging,
    network,
    opensearch,
    public_access,
    s3,
    sagemaker,
    schedules,
    secretsmanager,
    trail,
    workload,
)
from scenarios.observation.reader import Reader, Session

_READERS: tuple[tuple[str, Callable[[Reader], dict[str, Any]]], ...] = (
    ("iam", iam.read),
    ("loose-policies", iam.read_loose_policies),
    ("s3", s3.read),
    ("s3control", s3.read_access_points),
    ("kms", kms.read),
    ("ec2", network.read),
    ("ec2", workload.read_instances),
    ("public-access-block", public_access.read),
    ("volumes", ebs.read),
    ("launch-templates", compute.read_launch_templates),
    ("autoscaling", compute.read_scaling_groups),
    ("lambda", workload.read_lambda),
    ("ecs", workload.read_ecs),
    ("scheduled-tasks", schedules.read),
    ("sagemaker", sagemaker.read),
    ("bedrock", bedrock.read_bedrock),
    ("bedrock-agent", bedrock.read_agents),
    ("bedrock-agentcore-control", agentcore.read),
    ("bedrock-jobs", bedrock_jobs.read),
    ("opensearchserverless", opensearch.read),
    ("opensearch", opensearch.read_domains),
    ("macie2", detection.read_macie),
    ("config", detection.read_config),
    ("guardduty", detection.read_guardduty),
    ("cloudtrail", trail.read_cloudtrail),
    ("logs", trail.read_logs),
    ("sns", messaging.read_sns),
    ("sqs", messaging.read_sqs),
    ("secretsmanager", secretsmanager.read),
    ("ecr", ecr.read),
)

_SERVICES = {
    "S3": ("s3",),
    "KMS": ("kms",),
    "EC2": ("ec2",),
    "AutoScaling": ("autoscaling", "ec2"),
    "Lambda": ("lambda",),
    "ECS": ("ecs",),
    "Events": ("events", "scheduled-tasks"),
    "Scheduler": ("scheduler", "scheduled-tasks"),
    "SageMaker": ("sagemaker",),
    "Bedrock": ("bedrock", "bedrock-agent"),
    "BedrockAgentCore": ("bedrock-agentcore-control",),
    "OpenSearchServerless": ("opensearchserverless",),
    "OpenSearchService": ("opensearch",),
    "Macie": ("macie2",),
    "Config": ("config",),
    "GuardDuty": ("guardduty",),
    "CloudTrail": ("cloudtrail",),
    "Logs": ("logs",),
    "SNS": ("sns",),
    "SQS": ("sqs",),
    "SecretsManager": ("secretsmanager",),
    "ECR": ("ecr",),
}


_PARTS = {
    "AWS::S3::AccessPoint": "s3control",
    "AWS::EC2::LaunchTemplate": "launch-templates",
    "AWS::EC2::VPCBlockPublicAccessExclusion": "public-access-block",
    "AWS::EC2::VPCBlockPublicAccessOptions": "public-access-block",
    "AWS::BedrockAgentCore::BrowserCustom": "agentcore-tools",
    "AWS::BedrockAgentCore::CodeInterpreterCustom": "agentcore-tools",
    "AWS::BedrockAgentCore::Gateway": "agentcore-gateways",
    "AWS::BedrockAgentCore::Memory": "agentcore-memories",
    "AWS::SageMaker::Cluster": "sagemaker-clusters",
    "AWS::SageMaker::FeatureGroup": "sagemaker-feature-groups",
    "AWS::SageMaker::InferenceExperiment": "sagemaker-experiments",
    "AWS::SageMaker::Pipeline": "sagemaker-pipelines",
    "AWS::SageMaker::Space": "sagemaker-spaces",
}
"""Parts of services, with calls or clients of their own that few accounts need."""


def services_of(resource_types: Iterable[str]) -> frozenset[str]:
    """The boto3 services that have to be read for an account made of these CloudFormation types; always IAM."""
    found = {"iam"}
    for resource_type in resource_types:
        found.update(_SERVICES.get(resource_type.split("::")[1] if "::" in resource_type else "", ()))
        if resource_type in _PARTS:
            found.add(_PARTS[resource_type])
    return frozenset(found)


def observe(
    session: Session,
    *,
    account_id: str,
    region: str,
    origins: Origins | None = None,
    services: Collection[str] | None = None,
) -> Account:
    """Read the account behind `session` into facts; what cannot be read is among them as `Unread`.

    `services` limits the reading to boto3 services, and parts of them, that are in use (`services_of`); by default all
    is read. Making a client takes longer than most calls.
    """
    partition = next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")
    reader = Reader(session, account_id, region, partition, origins or Origins(), services)
    facts: dict[str, Any] = {}
    for service, read in _READERS:
        if reader.wants(service):
            facts |= read(reader)
    account = Account(account_id=account_id, region=region, partition=partition, **facts, unread=tuple(reader.unread))
    return _completed(account, reader)


_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
_WORKLOADS = (
    "functions",
    "instances",
    "ecs_services",
    "ecs_tasks",
    "launch_templates",
    "scaling_groups",
    "notebooks",
    "models",
    "endpoint_configs",
    "domains",
    "user_profiles",
    "spaces",
    "clusters",
    "job_definitions",
    "bedrock_jobs",
    "agent_runtimes",
)


_DEFAULTED = frozenset({"ecs_services", "ecs_tasks", "launch_templates", "scaling_groups"})
"""Those that get their VPC's default security group where they name none.

https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
"""


def _completed(account: Account, reader: Reader) -> Account:
    """Fill in what of a workload others tell: the VPC of its subnets, that VPC's default group where it names none,
    and what of it hangs on something unknown. Instances of a scaling group are told by the group."""
    vpcs = {subnet.subnet_id: subnet.vpc_id for subnet in account.subnets}
    defaults = {group.vpc_id: group.group_id for group in account.security_groups if group.is_default}
    facts: dict[str, tuple[Workload, ...]] = {}
    for name in _WORKLOADS:
        groups = defaults if name in _DEFAULTED else {}
        facts[name] = tuple(_complete(each, vpcs, groups, reader) for each in getattr(account, name))
    scaled = {group.name for group in account.scaling_groups}
    facts["instances"] = tuple(each for each in facts["instances"] if not scaled & set(_groups_of(each)))
    return account.model_copy(update=facts)


def _complete(each: Workload, vpcs: dict[str, str], defaults: dict[str, str], reader: Reader) -> Workload:
    place = _in_vpc(each.placement, vpcs, defaults)
    more: dict[str, Any] = {"placement": place} if place is not each.placement else {}
    if isinstance(each, Machine) and each.interfaces:
        places = (
            one.model_copy(update={"placement": _in_vpc(one.placement, vpcs, defaults)}) for one in each.interfaces
        )
        more["interfaces"] = tuple(places)
    # What stands only in a part of a resource knows itself which of that part's doubts are about it.
    if each.origin is not None and not each.origin.path and (unsure := reader.uncertain(each.origin)):
        more["uncertain"] = (*each.uncertain, *unsure)
    return each.model_copy(update=more) if more else each


def _in_vpc(place: Placement | None, vpcs: dict[str, str], defaults: dict[str, str]) -> Placement | None:
    vpc = vpcs.get(place.subnet_ids[0]) if place is not None and place.subnet_ids else None
    if place is None or vpc is None:
        return place
    groups = place.security_group_ids or ((defaults[vpc],) if vpc in defaults else ())
    return Placement(subnet_ids=place.subnet_ids, security_group_ids=groups, vpc_id=vpc)


def _groups_of(instance: Workload) -> Iterator[str]:
    """The name of the scaling group that has started an instance: AWS tags it so.

    https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
    """
    return (value for key, value in instance.tags if key == "aws:autoscaling:groupName")
