"""Things that run code or containers, wherever they run."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy, Tags
from scenarios.account.network import Placement


class Workload(Fact):
    """What all workloads share: a role to act with, and a place in a network.

    `placement` is absent for a workload outside any VPC of the account (in a service's own network).
    `role` is the ARN of the role that its code acts with.
    """

    name: str
    arn: str
    role: str | None = None
    placement: Placement | None = None
    tags: Tags = ()


class LambdaFunction(Workload):
    """A Lambda function; without placement it runs in Lambda's own network, with internet. `ipv6` where its
    interfaces have IPv6 addresses besides."""

    runtime: str | None = None
    environment: Tags = ()
    kms_key: str | None = None
    policy: Policy | None = None
    url_auth: str | None = None
    ipv6: bool = False


class Instance(Workload):
    """An EC2 instance; `public_ip` tells whether it gets a public IPv4 address, `ipv6` an IPv6 one."""

    instance_id: str
    public_ip: bool = False
    ipv6: bool = False
    imds_v2_required: bool | None = None


class TaskDefinition(Fact):
    """An ECS task definition. `network_mode` is `awsvpc`, `bridge`, `host` or `none`."""

    arn: str
    family: str
    network_mode: str
    task_role: str | None = None
    execution_role: str | None = None
    images: tuple[str, ...] = ()
    launch_types: tuple[str, ...] = ()


class EcsService(Workload):
    """An ECS service: its role is its task definition's task role."""

    cluster: str
    task_definition: str
    public_ip: bool = False
    launch_type: str | None = None
    execution_role: str | None = None


class LaunchTemplate(Workload):
    """A launch template, by what instances made from its default version get.

    `public_ip` and `ipv6` are absent where the subnet decides. Without placement it leaves the subnet open.
    """

    launch_template_id: str
    security_group_ids: tuple[str, ...] = ()
    public_ip: bool | None = None
    ipv6: bool | None = None
    imds_v2_required: bool | None = None


class ScalingGroup(Workload):
    """An EC2 Auto Scaling group: its instances are those of its launch template (or configuration), in its subnets.

    `public_ip` and `ipv6` are absent where the subnet decides.
    """

    launch_template: str | None = None
    public_ip: bool | None = None
    ipv6: bool | None = None
