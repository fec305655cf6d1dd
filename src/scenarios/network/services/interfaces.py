"""From a workload's subnet to each network interface of an endpoint.

The service's name resolves to the interfaces of every zone ("Access an AWS service using an interface VPC endpoint",
https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html): where one of them cannot be
reached, that part of the connections time out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scenarios.account.network import Endpoint, SecurityGroup, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.addresses import addresses_of, namesakes, picked_by_aws
from scenarios.network.filters.crossings import HTTPS, acls
from scenarios.network.filters.security_group import Admission, Side, admission
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided, worst
from scenarios.network.routes.route import legs
from scenarios.network.sets.addresses import texts
from scenarios.network.sets.packets import Packets
from scenarios.network.standing import Standing, named
from scenarios.network.topology import own_block


@dataclass(frozen=True)
class Interfaces:
    """An endpoint with the subnets that its interfaces stand in and the groups that they stand behind."""

    endpoint: Endpoint
    places: Sequence[Subnet]
    groups: Sequence[SecurityGroup]

    @property
    def door(self) -> Origin | None:
        """What a person would edit to admit a workload: the first group that the template makes, else what should
        have named one."""
        made = whole(*self.groups)
        return made[0] if made else next(iter(on(self.endpoint, "SecurityGroupIds")), None)


def to_each(interfaces: Interfaces, standing: Standing, subnet: Subnet) -> Trace:
    """The way to every interface, or what closes it to one of them."""
    traces = [_by_nearest(interfaces, place, standing, subnet) for place in interfaces.places]
    found = worst(traces)
    if isinstance(found, Blocked) and not all(isinstance(trace, Blocked) for trace in traces):
        place = interfaces.places[traces.index(found)]
        cut = f"the service's name also resolves to the interface in {named(place)}, which cannot be reached from "
        return replace(found, why=f"{found.why}; {cut}{named(subnet)}: connections to it time out")
    return found


def _by_nearest(interfaces: Interfaces, place: Subnet, standing: Standing, subnet: Subnet) -> Trace:
    by = standing.toward(place)
    return _to(interfaces, place, by, subnet if by is standing else place)


def _to(interfaces: Interfaces, place: Subnet, standing: Standing, subnet: Subnet) -> Trace:
    endpoint, source = interfaces.endpoint, standing.source.name
    about = (*standing.about, *whole(endpoint, place, *interfaces.groups))
    first = Hop(source, f"stands in {subnet.subnet_id}", standing.source.origin)
    astray = _astray(standing, subnet, place)
    if astray is not None:
        return replace(astray, hops=(first,), about=(*about, *astray.about))
    out, into = _admissions(interfaces, place, standing, subnet)
    passing = acls(standing, subnet, place)
    stops: list[Trace] = []
    if out.passed.addresses != own_block(place):
        why = f"no security group of {source} lets TCP 443 out to {endpoint.endpoint_id}{_partly(out, place)}"
        shut = Blocked("workload-group-egress", why, door_of(standing))
        stops.append(replace(or_unread(shut, out), about=(*about, *_hangs(out, subnet, place))))
    if into.passed.addresses != addresses_of(standing.source, subnet):
        why = f"no security group of {endpoint.endpoint_id} admits TCP 443 from {source}{_partly(into, subnet)}"
        shut = Blocked("endpoint-group-ingress", why + _default(interfaces), interfaces.door)
        closed = or_picked(standing.source, subnet, or_unread(shut, into), into)
        stops.append(replace(closed, about=(*about, *_hangs(into, subnet, place))))
    if _default(interfaces):
        stops.reverse()  # nobody chose this group for the endpoint: what it lacks comes first
    if passing.stop is not None:
        stops.append(replace(passing.stop, about=(*about, *passing.about)))
    if stops:
        return _after(first, worst(stops))
    hops = (
        first,
        *(Hop(rule.rule_id, "lets TCP 443 out", rule.origin) for rule in out.rules),
        *passing.hops,
        Hop(endpoint.endpoint_id, f"has an interface in {place.subnet_id}", endpoint.origin),
        *(Hop(rule.rule_id, "admits TCP 443", rule.origin) for rule in into.rules),
    )
    hangs = (*_hangs(out, subnet, place), *_hangs(into, subnet, place), *passing.about)
    return Path(hops, "endpoint", endpoint.endpoint_id, (*about, *hangs))


def _after(first: Hop, trace: Trace) -> Trace:
    return trace if isinstance(trace, Path) else replace(trace, hops=(first,))


def _admissions(
    interfaces: Interfaces, place: Subnet, standing: Standing, subnet: Subnet
) -> tuple[Admission, Admission]:
    """What the workload's groups let out to the interface, and what the endpoint's groups admit from the workload."""
    topology = standing.topology
    here, there = addresses_of(standing.source, subnet), own_block(place)
    names = namesakes(standing.source, subnet)
    groups = tuple(_ids(standing.groups)), tuple(_ids(interfaces.groups))
    key = (_admissions, subnet.subnet_id, place.subnet_id, groups, here, names)
    if key not in topology.memo:
        door, client = Side(there, frozenset(groups[1])), Side(here, frozenset(groups[0]), names=names)
        topology.memo[key] = (
            admission(topology, standing.groups, "egress", Packets.of(HTTPS, there), door),
            admission(topology, interfaces.groups, "ingress", Packets.of(HTTPS, here), client),
        )
    found: tuple[Admission, Admission] = topology.memo[key]
    return found


def _astray(standing: Standing, subnet: Subnet, place: Subnet) -> Blocked | Undecided | None:
    """A route more specific than the VPC's local one may take the packets elsewhere, to an appliance
    (https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html)."""
    topology = standing.topology
    table = topology.route_table(subnet)
    if table is None:
        return None  # whatever the table is, it has the local route
    for leg in legs(topology, table, own_block(place)):
        if leg.route is None or leg.route.target == "local":
            continue
        origin = leg.route.origin or table.origin
        if leg.unread:
            continue  # a block that nobody can read is hardly more specific than the VPC's own
        if leg.route.blackhole:
            why = f"the route for {leg.route.destination} leads to {leg.route.target_id}, which is gone"
            return Blocked("blackhole", why, origin, about=whole(table, leg.route))
        why = f"{table.route_table_id} leads to {leg.route.target_id} for {leg.route.destination}, not straight to it"
        return Undecided(why, origin, whole(table, leg.route))
    return None


def _partly(found: Admission, place: Subnet) -> str:
    """Says so where a part of the subnet's addresses is let pass."""
    let = found.passed.addresses
    return f" save at {texts(let)}, a part of {place.cidr}" if let else ""


def _ids(groups: Iterable[SecurityGroup]) -> list[str]:
    return [group.group_id for group in groups]


def _default(interfaces: Interfaces) -> str:
    """Says so where nobody chose the group."""
    default = all(group.is_default for group in interfaces.groups)
    return ": it stands behind the VPC's default group, which admits its own members" if default else ""


def _hangs(found: Admission, *subnets: Subnet) -> tuple[Origin, ...]:
    """What an admission hangs on: also the subnets' blocks, where a rule for part of all addresses was compared."""
    blocks = (origin for subnet in subnets if found.narrow for origin in on(subnet, "CidrBlock"))
    return (*found.hangs, *blocks)


def or_unread(shut: Blocked, found: Admission) -> Blocked | Undecided:
    """Closed, or undecided where a rule might admit the packet whose block cannot be read."""
    rule = found.unread
    if rule is None:
        return shut
    if rule.prefix_list_id is not None:
        why = f"prefix list {rule.prefix_list_id} is not known here"
    else:
        why = f"rule {rule.rule_id} is for {rule.cidr}, which is no block that can be read"
    return Undecided(why, rule.origin, code=shut.code)


def or_picked(source: Workload, subnet: Subnet, shut: Blocked | Undecided, found: Admission) -> Blocked | Undecided:
    """Closed, or undecided where a part of the subnet's addresses is let pass, of which the source has one."""
    if isinstance(shut, Undecided) or not found.passed or not picked_by_aws(source, subnet):
        return shut
    let = texts(found.passed.addresses)
    why = f"only {let} is let in: whether that is the address of {source.name}, which AWS picks, is not known"
    return Undecided(why, shut.at, code=shut.code)


def door_of(standing: Standing) -> Origin | None:
    """The group that a person would edit to let the workload out, else the workload."""
    return next(iter(whole(*standing.groups)), standing.source.origin)
