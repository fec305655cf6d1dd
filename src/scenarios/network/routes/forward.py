"""Where the packets of one subnet come out: on by its route table, through whatever that leads to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account.network import Route, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.hangs import ROUTE, on, whole
from scenarios.network.path import Hop
from scenarios.network.routes.addressed import ipv6_address
from scenarios.network.routes.internet_gateway import egress_only, internet_gateway
from scenarios.network.routes.nat_gateway import nat_gateway
from scenarios.network.routes.peering import peering_connection
from scenarios.network.routes.place import At, Onward, Step, block_of, through
from scenarios.network.routes.route import Leg, legs
from scenarios.network.routes.transit_gateway import transit_gateway
from scenarios.network.routes.way import Way
from scenarios.network.sets.addresses import ALL_V4, ALL_V6, blocks
from scenarios.network.sets.packets import Packets
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology

_FARTHEST = 8
"""Route tables on one way: beyond, it goes in circles."""


def forward(topology: Topology, source: Workload, subnet: Subnet, packets: Packets) -> Iterator[Way]:
    """The ways of these packets from one subnet of the workload, every packet on one of them. What filters say at the
    workload's own interface is not asked."""
    for version in (ALL_V4, ALL_V6):
        part = packets.at(version)
        if not part:
            continue
        sender = block_of(subnet, version, source)
        at = At(topology, source, subnet, sender, subnet, guarded=False)
        for way in _onward(at, Way(part, sender=sender)):
            yield way if way.stop is not None else _with_address(source, subnet, way, version)


def back(topology: Topology, source: Workload, start: Subnet, by: str, packets: Packets, sender: Ranges) -> list[Way]:
    """The ways of answers that `sender` gives from a subnet, past its network ACL.

    Whose answers they are matters to internet gateways alone, which lead none back.
    """
    key = (back, start.subnet_id, by, packets, sender)
    if key not in topology.memo:
        at = At(topology, source, start, sender, start, by=by)
        topology.memo[key] = list(_onward(at, Way(packets, sender=sender)))
    found: list[Way] = topology.memo[key]
    return found


def _with_address(source: Workload, subnet: Subnet, way: Way, version: Ranges) -> Way:
    """Whoever has no address of the version sends no such packets."""
    has = bool(block_of(subnet, ALL_V4)) if version == ALL_V4 else ipv6_address(source, subnet)
    if has:
        return way
    number = 4 if version == ALL_V4 else 6
    if has is None:
        return way.undecided(f"whether {source.name} gets an IPv6 address is not said in the template", source.origin)
    why = f"{source.name} has no IPv{number} address"
    about = on(subnet, "CidrBlock" if number == 4 else "Ipv6CidrBlock", "AssignIpv6AddressOnCreation")
    return way.blocked("no-address", why, source.origin or subnet.origin, *about)


def _onward(at: At, way: Way) -> Iterator[Way]:
    table = at.topology.route_table(at.subnet)
    if table is None:
        why = f"the route table {at.topology.unknown_association(at.subnet)}"
        yield way.undecided(why, at.subnet.origin)
        return
    if at.depth > _FARTHEST:
        yield way.blocked("routing-loop", "its routes lead in circles", table.origin)
        return
    for leg in legs(at.topology, table, way.packets.addresses):
        packets = way.packets.at(leg.addresses)
        part = replace(way, packets=packets, about=(*way.about, *whole(table)), sender=at.sender)
        if leg.route is None:
            why = f"{table.route_table_id}, the route table of {at.subnet.subnet_id}, has no route for it"
            yield part.blocked("no-route", why, table.origin or at.subnet.origin)
        else:
            yield from _along(at, part, leg, leg.route)


def _along(at: At, way: Way, leg: Leg, route: Route) -> Iterator[Way]:
    table = at.topology.route_table(at.subnet)
    origin = route.origin or (table.origin if table else None)
    way = replace(way, about=(*way.about, *whole(route), *on(route, *ROUTE)))
    if leg.unread:
        named = route.destination or "what is not known"
        why = f"a route of {at.subnet.subnet_id} is for {named}, which is no block that can be read"
        yield way.undecided(why, origin)
        return
    if leg.torn:
        why = f"two routes of {at.subnet.subnet_id} for the same addresses, such as {route.destination}, lead apart"
        yield way.undecided(why, origin)
        return
    if route.target == "local":
        yield from _local(at, way.on(Hop(at.subnet.vpc_id, "is the VPC that the address is in", origin)))
        return
    if route.blackhole:
        yield way.blocked(
            "blackhole", f"the route for {route.destination} leads to {route.target_id}, which is gone", origin
        )
        return
    what = f"{route.target} {route.target_id}" if route.target_id else route.target
    name = table.route_table_id if table else ""
    gone = replace(
        way.on(Hop(what, f"is the route of {name} for {route.destination}", origin)),
        kind=way.kind if way.via else route.target,
        via=way.via or route.target_id,
    )
    step = _STEPS.get(route.target)
    if step is None:
        yield gone.undecided(f"{name} leads to {what} for {route.destination}: nobody sees what lies behind", origin)
    elif step is nat_gateway:
        yield from nat_gateway(at, gone, route, origin, _onward)  # it asks the ACLs of two subnets, or of none
    else:
        yield from through(at, gone, lambda let: step(at, let, route, origin, _onward))


def _local(at: At, way: Way) -> Iterator[Way]:
    """In the VPC: at once, or past the network ACL of the subnet that they come from."""
    arrived = replace(way, where=at.subnet.vpc_id)
    inside = arrived.part(blocks((at.subnet.cidr, *at.subnet.ipv6_cidrs)))
    if inside.packets:
        out = at.subnet if at.by == "transit" else None
        yield replace(inside, stays=inside.stays or not at.depth, exit=out)
    outside = replace(arrived, packets=arrived.packets - inside.packets)
    if outside.packets:
        yield from through(at, outside, lambda let: iter((let,)))


def _appliance(at: At, way: Way, route: Route, origin: Origin | None, _: Onward) -> Iterator[Way]:
    """A network interface or an instance: one that forwards does with packets what its software will, any other drops
    those that are not for itself ("Disable source and destination check",
    https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html)."""
    known = (one for one in at.topology.account.network_interfaces)
    found = next((i for i in known if route.target_id in (i.interface_id, i.instance_id)), None)
    place = at.topology.subnets.get(found.subnet_id) if found is not None else None
    if found is None or found.forwards or place is None:
        why = f"{route.target_id} may forward packets: nobody sees what its software does with them"
        yield way.undecided(why, origin, *whole(found))
        return
    beside = way.part(blocks((place.cidr, *place.ipv6_cidrs)))
    if beside.packets:
        why = f"{route.target_id} stands where the packets are for: whether they are for itself is not known"
        yield beside.undecided(why, origin, *whole(found))
    others = replace(way, packets=way.packets - beside.packets)
    if others.packets:
        why = f"{route.target_id} drops packets that are for others: its source/destination check is on"
        owner = next((one for one in at.topology.account.instances if one.instance_id == found.instance_id), None)
        about = (*whole(found), *(origin for one in (found, owner) if one for origin in on(one, "SourceDestCheck")))
        yield others.blocked("source-destination-check", why, origin, *about)


_STEPS: dict[str, Step] = {
    "internet-gateway": internet_gateway,
    "egress-only-internet-gateway": egress_only,
    "nat-gateway": nat_gateway,
    "peering": peering_connection,
    "transit-gateway": transit_gateway,
    "network-interface": _appliance,
    "instance": _appliance,
}
