"""Where a workload stands, as far as anybody can tell."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.account import Account
from scenarios.account.network import SecurityGroup, Subnet, Vpc
from scenarios.account.workload import LaunchTemplate, Machine, Workload
from scenarios.finding import Origin
from scenarios.network.attached import each_interface
from scenarios.network.path import Blocked, Undecided
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class Standing:
    """A workload's subnets, groups and VPC, all of them known; of a machine with several network interfaces, those of
    one, which `source` tells alone. `beside` is how it stands with the others.
    """

    topology: Topology
    source: Workload
    vpc: Vpc
    subnets: tuple[Subnet, ...]
    groups: tuple[SecurityGroup, ...]
    beside: tuple[Standing, ...] = ()

    @property
    def about(self) -> tuple[Origin, ...]:
        """The origins of all of these."""
        interfaces = self.source.interfaces if isinstance(self.source, Machine) else ()
        facts = (self.source, *interfaces, self.vpc, *self.subnets, *self.groups)
        return tuple(dict.fromkeys(fact.origin for fact in facts if fact.origin is not None))

    def toward(self, place: Subnet) -> Standing:
        """How it stands with the interface that packets for this subnet leave by: one in the subnet itself, to which
        its operating system has a route of its own, else this one."""
        if place in self.subnets:
            return self
        return next((one for one in self.beside if place in one.subnets), self)


def stand(account: Account, source: Workload) -> Standing | Blocked | Undecided:
    """The workload's standing with its primary interface; blocked for one outside every VPC, undecided where it names
    what nobody observed, also for another interface of its own."""
    found, *beside = stands(account, source)
    if not isinstance(found, Standing):
        return found
    vague = next((one for one in beside if isinstance(one, Undecided)), None)
    return vague or replace(found, beside=tuple(one for one in beside if isinstance(one, Standing)))


def stands(account: Account, source: Workload) -> tuple[Standing | Blocked | Undecided, ...]:
    """Its standing with each of its interfaces, the primary one first."""
    return tuple(_stand(account, each) for each in each_interface(source))


def _stand(account: Account, source: Workload) -> Standing | Blocked | Undecided:
    place = source.placement
    if (doubt := source.doubt_of_place()) is not None:
        return Undecided(f"where {source.name} stands: {doubt}", source.origin)
    if isinstance(source, LaunchTemplate) and place is None:
        return Undecided(f"{source.name} leaves open which subnet its instances stand in", source.origin)
    if place is None or not place.subnet_ids:
        return Blocked("no-subnet", f"{source.name} stands in no VPC of the account", source.origin)
    topology = account.derived(Topology)
    unknown = topology.stand_in((*place.subnet_ids, *place.security_group_ids))
    if unknown is not None:
        return Undecided(unknown, source.origin)
    subnets = tuple(topology.subnets[name] for name in place.subnet_ids if name in topology.subnets)
    groups = tuple(topology.groups[name] for name in place.security_group_ids if name in topology.groups)
    if len(subnets) < len(place.subnet_ids) or len(groups) < len(place.security_group_ids):
        return Undecided(f"{source.name} names subnets or security groups that are not in this account", source.origin)
    vpc = topology.vpcs.get(subnets[0].vpc_id)
    if vpc is None or topology.stand_in([vpc.vpc_id]):
        return Undecided(f"the VPC of {source.name} is not known", source.origin)
    if not groups:
        default = topology.default_groups.get(vpc.vpc_id)
        groups = (default,) if default else ()
    return Standing(topology, source, vpc, subnets, groups)


def named(subnet: Subnet) -> str:
    """A subnet's logical id and its id."""
    return f"{subnet.origin.logical_id} ({subnet.subnet_id})" if subnet.origin else subnet.subnet_id
