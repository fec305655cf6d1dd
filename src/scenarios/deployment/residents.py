"""What stands in a VPC's subnets besides the workloads, as a deployment's resolved properties say.

The emulator makes no network interfaces for load balancers, databases, caches and file systems, as AWS does.

Sources: "Default security groups for your VPCs",
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html, and the pages of the types in the
"CloudFormation Template Reference Guide".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.account.network import Resident
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry, Status
from scenarios.finding import Origin, PropertyPath


@dataclass(frozen=True)
class _Kind:
    """The dotted properties that name its subnets, or a subnet group of the type `group`, and its security groups.

    `defaulted` says whether it gets the VPC's default group where it names none; `spared` are properties with which it
    does not.
    """

    subnets: tuple[str, ...]
    groups: str
    group: str = ""
    defaulted: bool = True
    spared: tuple[str, ...] = ()


_KINDS: Mapping[str, _Kind] = {
    "AWS::AmazonMQ::Broker": _Kind(("SubnetIds",), "SecurityGroups"),
    "AWS::AppRunner::VpcConnector": _Kind(("Subnets",), "SecurityGroups"),
    "AWS::Batch::ComputeEnvironment": _Kind(
        ("ComputeResources.Subnets",), "ComputeResources.SecurityGroupIds", defaulted=False
    ),
    "AWS::CodeBuild::Project": _Kind(("VpcConfig.Subnets",), "VpcConfig.SecurityGroupIds", defaulted=False),
    "AWS::DAX::Cluster": _Kind(("SubnetGroupName",), "SecurityGroupIds", "AWS::DAX::SubnetGroup"),
    "AWS::DMS::ReplicationInstance": _Kind(
        ("ReplicationSubnetGroupIdentifier",), "VpcSecurityGroupIds", "AWS::DMS::ReplicationSubnetGroup"
    ),
    "AWS::DocDB::DBCluster": _Kind(("DBSubnetGroupName",), "VpcSecurityGroupIds", "AWS::DocDB::DBSubnetGroup"),
    "AWS::EC2::InstanceConnectEndpoint": _Kind(("SubnetId",), "SecurityGroupIds"),
    "AWS::EFS::MountTarget": _Kind(("SubnetId",), "SecurityGroups"),
    "AWS::EKS::Cluster": _Kind(
        ("ResourcesVpcConfig.SubnetIds",), "ResourcesVpcConfig.SecurityGroupIds", defaulted=False
    ),
    "AWS::ElastiCache::CacheCluster": _Kind(
        ("CacheSubnetGroupName",), "VpcSecurityGroupIds", "AWS::ElastiCache::SubnetGroup"
    ),
    "AWS::ElastiCache::ReplicationGroup": _Kind(
        ("CacheSubnetGroupName",), "SecurityGroupIds", "AWS::ElastiCache::SubnetGroup"
    ),
    "AWS::ElastiCache::ServerlessCache": _Kind(("SubnetIds",), "SecurityGroupIds"),
    "AWS::ElasticLoadBalancing::LoadBalancer": _Kind(("Subnets",), "SecurityGroups"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _Kind(("Subnets", "SubnetMappings"), "SecurityGroups"),
    "AWS::Elasticsearch::Domain": _Kind(("VPCOptions.SubnetIds",), "VPCOptions.SecurityGroupIds"),
    "AWS::FSx::FileSystem": _Kind(("SubnetIds",), "SecurityGroupIds"),
    "AWS::MSK::Cluster": _Kind(("BrokerNodeGroupInfo.ClientSubnets",), "BrokerNodeGroupInfo.SecurityGroups"),
    "AWS::MSK::ServerlessCluster": _Kind(("VpcConfigs",), "VpcConfigs"),
    "AWS::MWAA::Environment": _Kind(
        ("NetworkConfiguration.SubnetIds",), "NetworkConfiguration.SecurityGroupIds", defaulted=False
    ),
    "AWS::MemoryDB::Cluster": _Kind(("SubnetGroupName",), "SecurityGroupIds", "AWS::MemoryDB::SubnetGroup"),
    "AWS::Neptune::DBCluster": _Kind(("DBSubnetGroupName",), "VpcSecurityGroupIds", "AWS::Neptune::DBSubnetGroup"),
    "AWS::RDS::DBCluster": _Kind(("DBSubnetGroupName",), "VpcSecurityGroupIds", "AWS::RDS::DBSubnetGroup"),
    "AWS::RDS::DBInstance": _Kind(
        ("DBSubnetGroupName",), "VPCSecurityGroups", "AWS::RDS::DBSubnetGroup", spared=("DBClusterIdentifier",)
    ),
    "AWS::RDS::DBProxy": _Kind(("VpcSubnetIds",), "VpcSecurityGroupIds"),
    "AWS::Redshift::Cluster": _Kind(
        ("ClusterSubnetGroupName",), "VpcSecurityGroupIds", "AWS::Redshift::ClusterSubnetGroup"
    ),
    "AWS::RedshiftServerless::Workgroup": _Kind(("SubnetIds",), "SecurityGroupIds"),
    "AWS::Route53Resolver::ResolverEndpoint": _Kind(("IpAddresses",), "SecurityGroupIds", defaulted=False),
}

TYPES = frozenset(_KINDS) | {kind.group for kind in _KINDS.values() if kind.group}


def residents(deployment: Deployment) -> tuple[Resident, ...]:
    """The residents of all of a deployment's VPCs."""
    there = [entry for entry in deployment.ledger if entry.type in TYPES and entry.status is not Status.SKIPPED]
    subnets = {entry.physical_id: _named(deployment.resolved.get(entry.logical_id, {}), "subnet-") for entry in there}
    return tuple(_resident(entry, deployment, subnets) for entry in there if entry.type in _KINDS)


def _resident(entry: Entry, deployment: Deployment, subnets: Mapping[str | None, tuple[str, ...]]) -> Resident:
    kind, properties = _KINDS[entry.type], deployment.resolved.get(entry.logical_id, {})
    places = [value for path in kind.subnets if (value := _at(properties, path)) is not None]
    own = tuple(one for value in places for one in _named(value, "subnet-"))
    if kind.group:
        known = {str(name).lower(): found for name, found in subnets.items()}
        own = tuple(one for value in places for one in known.get(str(value).lower(), ()))
    balancer = entry.type == "AWS::ElasticLoadBalancingV2::LoadBalancer"
    spared = any(name in properties for name in kind.spared)
    return Resident(
        kind=entry.type,
        subnet_ids=own,
        security_group_ids=_named(_at(properties, kind.groups), "sg-"),
        # A network load balancer that names no group has none, a gateway load balancer never has one.
        defaulted=kind.defaulted and not spared and (not balancer or properties.get("Type") in (None, "application")),
        said_by=tuple(_path(path) for path in (*kind.subnets, kind.groups)),
        origin=Origin(entry.logical_id),
    )


def _path(dotted: str) -> PropertyPath:
    return tuple(dotted.split("."))


def _at(properties: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        properties = properties.get(name) if isinstance(properties, Mapping) else None
    return properties


def _named(value: Any, start: str) -> tuple[str, ...]:
    """The ids within a value that begin so."""
    return tuple(dict.fromkeys(text for text in _texts(value) if text.startswith(start)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)
