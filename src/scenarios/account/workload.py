"""Things that run code or containers, wherever they run."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy, Tags
from scenarios.account.network import Configured, Placement

_PLACES = frozenset(
    {
        "LaunchTemplate",
        "NetworkConfig",
        "NetworkConfiguration",
        "NetworkInterfaces",
        "SecurityConfig",
        "SecurityGroupIds",
        "SecurityGroups",
        "SubnetId",
        "SubnetIds",
        "VPCZoneIdentifier",
        "VpcConfig",
    }
)
"""The settings, at any depth, that say where something stands."""

_NO_PLACES = frozenset({"AssignPublicIp", "AssociatePublicIpAddress", "PublicIp"})
"""Settings within those that say something else: whether an interface gets a public address."""

_ROLES = frozenset(
    {
        "ExecutionRole",
        "ExecutionRoleArn",
        "IamInstanceProfile",
        "LaunchTemplate",
        "Role",
        "RoleArn",
        "TaskDefinition",
        "TaskDefinitionArn",
    }
)
"""The settings that say with which role something acts."""


class Workload(Configured):
    """What all workloads share: a role to act with, and a place in a network.

    `placement` is absent for a workload outside any VPC of the account (in a service's own network), unless
    `doubt_of_place` says that nobody knows. `role` is the ARN of the role that its code acts with.
    """

    name: str
    arn: str
    role: str | None = None
    placement: Placement | None = None
    tags: Tags = ()

    def doubt_of_place(self) -> str | None:
        """Why nobody knows where it stands, if nobody does; its placement is then only assumed."""
        return self._doubt_within(_PLACES, but=_NO_PLACES)

    def doubt_of_public_address(self) -> str | None:
        """Why nobody knows whether it has a public IPv4 address, if nobody does."""
        return self._doubt_within(_NO_PLACES)

    def doubt_of_role(self) -> str | None:
        """Why nobody knows with which role it acts, if nobody does."""
        return self._doubt_within(_ROLES)

    def _doubt_within(self, settings: frozenset[str], but: frozenset[str] = frozenset()) -> str | None:
        found = ((path, reason) for path, reason in self.uncertain if not but & set(path))
        return next((reason for path, reason in found if len(path) < 2 or settings & set(path)), None)


class LambdaFunction(Workload):
    """A Lambda function; without placement it runs in Lambda's own network, with internet. `ipv6` where its
    interfaces have IPv6 addresses besides."""

    runtime: str | None = None
    environment: Tags = ()
    kms_key: str | None = None
    policy: Policy | None = None
    url_auth: str | None = None
    ipv6: bool = False


class Interface(Configured):
    """One network interface of an instance, or of the instances that a launch template or scaling group makes.

    The primary one is `device` 0. Without placement it is left open which subnet it stands in; `public_ip` and `ipv6`
    are absent where the subnet decides. `address` is the primary private IPv4 address where it is known: one that AWS
    will pick is not.
    """

    device: int = 0
    placement: Placement | None = None
    public_ip: bool | None = None
    ipv6: bool | None = None
    address: str | None = None


class Machine(Workload):
    """What runs on EC2 instances. `placement` is that of the primary network interface; `interfaces` are all of them,
    none where they are not told one by one."""

    interfaces: tuple[Interface, ...] = ()


class Instance(Machine):
    """An EC2 instance; `public_ip` tells whether its primary interface has a public IPv4 address, `ipv6` an IPv6
    one, `imds_v2_required` that its metadata service is version 2's alone, or off."""

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
    """An ECS service: its role is its task definition's task role.

    Tasks in another network mode than `awsvpc` stand where their container instances do, which nothing here tells:
    they have no placement, and `doubt_of_place` says so.
    """

    cluster: str
    task_definition: str
    public_ip: bool = False
    launch_type: str | None = None
    execution_role: str | None = None


class EcsTask(EcsService):
    """ECS tasks that an EventBridge rule or schedule starts: its name (a rule's with the target's id) and ARN."""


class LaunchTemplate(Machine):
    """A launch template, by what instances made from its default version get.

    `public_ip` and `ipv6` are absent where the subnet decides. Without placement it leaves the subnet open; then
    `security_group_ids` has the groups that the instances get wherever they stand. `plain_devices` are the block
    devices that it gives them without encrypting them.
    """

    launch_template_id: str
    security_group_ids: tuple[str, ...] = ()
    public_ip: bool | None = None
    ipv6: bool | None = None
    imds_v2_required: bool | None = None
    plain_devices: tuple[str, ...] = ()


class ScalingGroup(Machine):
    """An EC2 Auto Scaling group: its instances are those of its launch template (or configuration), in its subnets.

    `public_ip` and `ipv6` are absent where the subnet decides. The instances that it has started are no facts of
    their own. A group whose mixed instances policy names several launch templates is one fact for each.
    """

    launch_template: str | None = None
    public_ip: bool | None = None
    ipv6: bool | None = None
    imds_v2_required: bool | None = None
    plain_devices: tuple[str, ...] = ()
