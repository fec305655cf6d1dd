"""Read a whole account."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from scenarios.account import Account, Origins
from scenarios.account.network import Placement
from scenarios.account.workload import Workload
from scenarios.observation import (
    bedrock,
    ecr,
    iam,
    kms,
    messaging,
    network,
    opensearch,
    s3,
    sagemaker,
    secretsmanager,
    trail,
    workload,
)
from scenarios.observation.reader import Reader, Session

_READERS: tuple[tuple[str, Callable[[Reader], dict[str, Any]]], ...] = (
    ("iam", iam.read),
    ("s3", s3.read),
    ("s3control", s3.read_access_points),
    ("kms", kms.read),
    ("ec2", network.read),
    ("ec2", workload.read_instances),
    ("lambda", workload.read_lambda),
    ("ecs", workload.read_ecs),
    ("sagemaker", sagemaker.read),
    ("bedrock", bedrock.read_bedrock),
    ("bedrock-agent", bedrock.read_agents),
    ("opensearchserverless", opensearch.read),
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
    "Lambda": ("lambda",),
    "ECS": ("ecs",),
    "SageMaker": ("sagemaker",),
    "Bedrock": ("bedrock", "bedrock-agent"),
    "OpenSearchServerless": ("opensearchserverless",),
    "CloudTrail": ("cloudtrail",),
    "Logs": ("logs",),
    "SNS": ("sns",),
    "SQS": ("sqs",),
    "SecretsManager": ("secretsmanager",),
    "ECR": ("ecr",),
}


def services_of(resource_types: Iterable[str]) -> frozenset[str]:
    """The boto3 services that have to be read for an account made of these CloudFormation types; always IAM."""
    found = {"iam"}
    for resource_type in resource_types:
        found.update(_SERVICES.get(resource_type.split("::")[1] if "::" in resource_type else "", ()))
        if resource_type == "AWS::S3::AccessPoint":  # a client of its own, which few accounts need
            found.add("s3control")
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

    `services` limits the reading to boto3 services that are in use; by default all are read. Making a client takes
    longer than most calls.
    """
    partition = next((name for start, name in _PARTITIONS.items() if region.startswith(start)), "aws")
    reader = Reader(session, account_id, region, partition, origins or Origins())
    facts: dict[str, Any] = {}
    for service, read in _READERS:
        if services is None or service in services:
            facts |= read(reader)
    account = Account(account_id=account_id, region=region, partition=partition, **facts, unread=tuple(reader.unread))
    return _placed(account)


_PARTITIONS = {"cn-": "aws-cn", "us-gov-": "aws-us-gov"}
_WORKLOADS = (
    "functions",
    "instances",
    "ecs_services",
    "notebooks",
    "models",
    "endpoint_configs",
    "domains",
    "user_profiles",
    "job_definitions",
)


def _placed(account: Account) -> Account:
    """Fill in the VPC of each workload from its subnets."""
    vpcs = {subnet.subnet_id: subnet.vpc_id for subnet in account.subnets}
    facts = {name: tuple(_with_vpc(getattr(account, name), vpcs)) for name in _WORKLOADS}
    return account.model_copy(update=facts)


def _with_vpc(workloads: Iterable[Workload], vpcs: dict[str, str]) -> Iterator[Workload]:
    for each in workloads:
        place = each.placement
        vpc = vpcs.get(place.subnet_ids[0]) if place is not None and place.subnet_ids else None
        if place is None or vpc is None:
            yield each
        else:
            filled = Placement(subnet_ids=place.subnet_ids, security_group_ids=place.security_group_ids, vpc_id=vpc)
            yield each.model_copy(update={"placement": filled})
