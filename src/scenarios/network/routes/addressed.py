"""Which addresses a workload's interfaces have."""

from __future__ import annotations

from scenarios.account.network import Subnet
from scenarios.account.workload import (
    EcsService,
    Instance,
    LambdaFunction,
    LaunchTemplate,
    ScalingGroup,
    Workload,
)
from scenarios.network.sets.addresses import ALL_V4
from scenarios.network.topology import own_block


def may_have_public_address(source: Workload) -> bool:
    """A function's and SageMaker's interfaces never have a public address, whatever their subnet gives
    (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html)."""
    return isinstance(source, Instance | EcsService | LaunchTemplate | ScalingGroup)


def public_address(source: Workload, subnet: Subnet) -> bool | str:
    """Whether the workload's interfaces in the subnet get a public IPv4 address, or why nobody knows."""
    if not own_block(subnet) & ALL_V4:
        return False
    if may_have_public_address(source) and (doubt := source.doubt_of_public_address()) is not None:
        return doubt
    if isinstance(source, Instance):
        return source.public_ip
    if isinstance(source, LaunchTemplate | ScalingGroup):
        return subnet.public_ip_on_launch if source.public_ip is None else source.public_ip
    return isinstance(source, EcsService) and source.public_ip


def ipv6_address(source: Workload, subnet: Subnet) -> bool | None:
    """Whether the workload's interfaces in the subnet get an IPv6 address; nothing where an account setting or the
    service decides, or what nobody knows of the subnet."""
    if not subnet.ipv6_cidrs:
        return False
    if subnet.doubt("Ipv6CidrBlock") is not None:
        return None
    if isinstance(source, LambdaFunction | Instance):
        return source.ipv6
    if isinstance(source, LaunchTemplate | ScalingGroup):
        return subnet.ipv6_on_launch if source.ipv6 is None else source.ipv6
    return None
