"""Which private IPv4 addresses a workload's packets bear.

Whoever has an interface in a subnet has one of the subnet's addresses. Which it is, AWS picks ("Amazon EC2 instance IP
addressing", https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html), unless the template
says it. A rule for the address that AWS has picked, by `!GetAtt Box.PrivateIp`, is for this interface all the same.
"""

from __future__ import annotations

from scenarios.account.network import Subnet
from scenarios.account.workload import Instance, Interface, Workload
from scenarios.network.sets.addresses import block
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import own_block


def addresses_of(source: Workload, subnet: Subnet) -> Ranges:
    """The addresses that the workload's interface in the subnet may have: one where the template says which."""
    whole = own_block(subnet)
    known = [block(one.address) for one in _here(source, subnet) if one.address is not None]
    return whole & known[0] if known and known[0] is not None else whole


def picked_by_aws(source: Workload, subnet: Subnet) -> bool:
    """Whether the workload has a single address in the subnet, nobody knows which."""
    return isinstance(source, Instance) and all(one.address is None for one in _here(source, subnet))


def namesakes(source: Workload, subnet: Subnet) -> frozenset[str]:
    """The logical ids by which rules name the address of the workload's interface in the subnet."""
    found = [one for one in _here(source, subnet) if one.device == 0 or one.origin != source.origin]
    return frozenset(one.origin.logical_id for one in found if one.origin is not None)


def _here(source: Workload, subnet: Subnet) -> list[Interface]:
    if not isinstance(source, Instance):
        return []
    return [one for one in source.interfaces if one.placement and subnet.subnet_id in one.placement.subnet_ids]
