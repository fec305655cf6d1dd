"""Where the packets of one subnet come out: on through gateways, peering connections and transit gateways.

What AWS does not forward comes from "VPC peering basics"
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html): a peering connection carries only what goes
from one of its two VPCs to the other, never on through a gateway of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scenarios.account.network import NatGateway, Peering, PublicAccessBlock, Route, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.addressed import ipv6_address, may_have_public_address, public_address
from scenarios.network.addresses import ALL_V4, ALL_V6, NAT64, PUBLIC, blocks
from scenarios.network.hangs import ROUTE, on, whole
from scenarios.network.packets import NOTHING, Packets
from scenarios.network.path import Blocked, Hop, Undecided
from scenarios.network.ranges import Ranges
from scenarios.network.route import Leg, legs
from scenarios.network.screen import sift
from scenarios.network.topology import Topology, own_block
from scenarios.network.transit import transit_legs
from scenarios.network.way import INTERNET, Turn, Way

_FARTHEST = 8
"""Route tables on one way: beyond, it goes in circles."""


@dataclass(frozen=True)
class _At:
    """Where packets are: at the route table of `subnet`, sent on by an interface there: the workload's, a NAT or a
    transit gateway's (`by`). They bear an address of `sender`, in the subnet `client`. `guarded` tells that the
    subnet's network ACL has yet to be asked whether it lets them out.
    """

    topology: Topology
    source: Workload
    subnet: Subnet
    sender: Ranges
    client: Subnet
    by: str = "workload"
    guarded: bool = True
    depth: int = 0

    def within(self, subnet: Subnet, by: str) -> _At:
        """The same packets at another subnet's table."""
        return replace(self, subnet=subnet, by=by, depth=self.depth + 1, guarded=True)


def forward(topology: Topology, source: Workload, subnet: Subnet, packets: Packets) -> Iterator[Way]:
    """The ways of these packets from one subnet of the workload, every packet on one of them. What filters say at the
    workload's own interface is not asked."""
    for version in (ALL_V4, ALL_V6):
        part = packets.at(version)
        if not part:
            continue
        sender = block_of(subnet, version)
        at = _At(topology, source, subnet, sender, subnet, guarded=False)
        for way in _onward(at, Way(part, sender=sender)):
            yield way if way.stop is not None else _with_address(source, subnet, way, version)


def back(topology: Topology, source: Workload, start: Subnet, by: str, packets: Packets, sender: Ranges) -> list[Way]:
    """The ways of answers that `sender` gives from a subnet, past its network ACL.

    Whose answers they are matters to internet gateways alone, which lead none back.
    """
    key = (back, start.subnet_id, by, packets, sender)
    if key not in topology.memo:
        at = _At(topology, source, start, sender, start, by=by)
        topology.memo[key] = list(_onward(at, Way(packets, sender=sender)))
    found: list[Way] = topology.memo[key]
    return found


def block_of(subnet: Subnet, version: Ranges) -> Ranges:
    """The addresses of one version that interfaces in the subnet may have."""
    return own_block(subnet) & ALL_V4 if version == ALL_V4 else blocks(subnet.ipv6_cidrs)


def _with_address(source: Workload, subnet: Subnet, way: Way, version: Ranges) -> Way:
    """Whoever has no address of the version sends no such packets."""
    has = bool(subnet.cidr) if version == ALL_V4 else ipv6_address(source, subnet)
    if has:
        return way
    number = 4 if version == ALL_V4 else 6
    if has is None:
        return way.undecided(f"whether {source.name} gets an IPv6 address is not said in the template", source.origin)
    why = f"{source.name} has no IPv{number} address"
    about = on(subnet, "CidrBlock" if number == 4 else "Ipv6CidrBlock", "AssignIpv6AddressOnCreation")
    return way.blocked("no-address", why, source.origin or subnet.origin, *about)


def _onward(at: _At, way: Way) -> Iterator[Way]:
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


def _along(at: _At, way: Way, leg: Leg, route: Route) -> Iterator[Way]:
    table = at.topology.route_table(at.subnet)
    origin = route.origin or (table.origin if table else None)
    way = replace(way, about=(*way.about, *whole(route), *on(route, *ROUTE)))
    if leg.unread:
        why = f"a route of {at.subnet.subnet_id} is for {route.destination}, which is no block that can be read"
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
    elif step is _nat:
        yield from _nat(at, gone, route, origin)
    else:
        yield from _through(at, gone, lambda let: step(at, let, route, origin))


def _through(at: _At, way: Way, step: Callable[[Way], Iterator[Way]]) -> Iterator[Way]:
    """On, with what the network ACL of the subnet lets out of it, where that is to be asked."""
    if at.guarded:
        way, stopped = sift(at.topology, at.subnet, way)
        yield from stopped
    if way.packets:
        yield from step(way)


def _local(at: _At, way: Way) -> Iterator[Way]:
    """In the VPC: at once, or past the network ACL of the subnet that they come from."""
    arrived = replace(way, where=at.subnet.vpc_id)
    inside = arrived.part(blocks((at.subnet.cidr, *at.subnet.ipv6_cidrs)))
    if inside.packets:
        yield replace(inside, stays=inside.stays or not at.depth)
    outside = replace(arrived, packets=arrived.packets - inside.packets)
    if outside.packets:
        yield from _through(at, outside, lambda let: iter((let,)))


_Step = Callable[[_At, Way, Route, Origin | None], Iterator[Way]]


def _internet_gateway(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    public = way.part(PUBLIC)
    rest = way.packets - public.packets
    if rest:
        yield replace(way, packets=rest).blocked("not-public", "no such address is on the internet", origin)
    if not public.packets:
        return
    if at.by == "transit":
        why = f"{route.target_id} passes nothing that comes through a transit gateway without a NAT gateway"
        yield public.blocked("no-public-address", why, origin)
        return
    v6 = public.part(ALL_V6)
    v4 = replace(public, packets=public.packets - v6.packets)
    if v4.packets:
        yield _by_address(at, v4, origin)
    if v6.packets:
        yield _by_ipv6(at, v6, route, origin)


def _by_address(at: _At, way: Way, origin: Origin | None) -> Way:
    if at.by == "nat":
        return _arrived(at, way)
    public = public_address(at.source, at.subnet)
    given = on(at.subnet, "MapPublicIpOnLaunch") if may_have_public_address(at.source) else ()
    if not public:
        why = f"{at.source.name} has no public address: the internet gateway passes nothing for it"
        return way.blocked("no-public-address", why, origin, *given)
    return _arrived(at, replace(way, about=(*way.about, *given)))


def _by_ipv6(at: _At, way: Way, route: Route, origin: Origin | None) -> Way:
    if way.packets.addresses <= NAT64:
        return way.blocked("not-public", "NAT64 addresses are for NAT gateways alone", origin)
    way = replace(way, packets=way.packets - Packets.of(way.packets.kinds, NAT64))
    has = ipv6_address(at.source, at.subnet) if at.by == "workload" else False
    if has:
        return _arrived(at, way, nat=route.target != "internet-gateway")
    if has is None:
        return way.undecided(f"whether {at.source.name} gets an IPv6 address is not said in the template", origin)
    why = f"{at.source.name} has no IPv6 address"
    return way.blocked("no-public-address", why, origin, *on(at.subnet, "Ipv6CidrBlock", "AssignIpv6AddressOnCreation"))


def _egress_only(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    v6 = way.part(PUBLIC & ALL_V6)
    rest = way.packets - v6.packets
    if rest:
        why = "an egress-only internet gateway is for public IPv6 addresses"
        yield replace(way, packets=rest).blocked("not-public", why, origin)
    if v6.packets:
        yield _by_ipv6(at, v6, route, origin)


def _arrived(at: _At, way: Way, *, nat: bool = False) -> Way:
    """On the internet, unless the VPC's public access is blocked."""
    block = at.topology.account.public_access_block
    if block is not None and _stops(block, at.subnet, nat=nat or at.by == "nat"):
        why = f"VPC block public access is {block.mode} in this region"
        return way.blocked("public-access-block", why, block.origin, *whole(block))
    return replace(way, where=INTERNET, about=(*way.about, *whole(block)))


def _stops(block: PublicAccessBlock, subnet: Subnet, *, nat: bool) -> bool:
    """Blocking ingress leaves what only lets connections out: NAT and egress-only gateways. An exclusion for egress
    matters where both directions are blocked (https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html).
    """
    spared = {kind for name, kind in block.excluded if name in (subnet.vpc_id, subnet.subnet_id)}
    if block.mode == "block-bidirectional":
        return not spared
    return block.mode == "block-ingress" and not nat and "allow-bidirectional" not in spared


def _nat(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    gateway = at.topology.nat_gateways.get(route.target_id or "")
    if gateway is None:
        yield way.undecided(f"{route.target_id} is not in this template", origin)
        return
    about = whole(gateway)
    if (outside := at.topology.stand_in([gateway.subnet_id])) is not None:
        yield way.undecided(f"{gateway.nat_gateway_id} stands in {outside}", origin, *about)
        return
    place = at.topology.subnets.get(gateway.subnet_id)
    if place is None:
        yield way.undecided(f"the subnet of {gateway.nat_gateway_id} is not known", origin, *about)
        return
    v6 = way.part(ALL_V6 - NAT64)
    if v6.packets:
        yield v6.blocked("no-route", f"{gateway.nat_gateway_id} carries IPv4 and NAT64 only", origin, *about)
    rest = replace(way, packets=way.packets - v6.packets, about=(*way.about, *about))
    for part in _to_door(at, place, rest):
        if part.stop is not None:
            yield part
            continue
        for further in _from_nat(at, place, part):
            yield _of_nat(further, gateway, place, origin)


def _to_door(at: _At, place: Subnet, way: Way) -> Iterator[Way]:
    """From the subnet to the one that the NAT gateway stands in, past the network ACLs of both unless they are one."""
    if place.subnet_id == at.subnet.subnet_id:
        yield replace(way, stays=way.stays or not at.depth)
        return
    for part in _through(at, way, lambda let: iter((let,))):
        if part.stop is not None:
            yield part
            continue
        let, stopped = sift(at.topology, place, part, at.sender)
        yield from stopped
        if let.packets:
            yield let


def _from_nat(at: _At, place: Subnet, way: Way) -> Iterator[Way]:
    """On from a NAT gateway, whose address the packets bear from there; those of NAT64 go on as IPv4."""
    way = replace(way, turns=(*way.turns, Turn(place, at.client)))
    on_from = replace(at.within(place, "nat"), sender=own_block(place), client=place)
    v4 = way.part(ALL_V4)
    if v4.packets:
        yield from _onward(on_from, v4)
    if meant := translated(way.packets):
        for further in _onward(on_from, replace(way, packets=meant)):
            found = replace(further, packets=untranslated(further.packets))
            seen = found.stop is not None or found.where == INTERNET
            yield found if seen else found.undecided("what NAT64 makes of it is not followed into a VPC", place.origin)


def _of_nat(further: Way, gateway: NatGateway, place: Subnet, origin: Origin | None) -> Way:
    """The way on from a NAT gateway, told as one through it."""
    if further.where == INTERNET and further.stop is None and not gateway.public:
        why = f"{gateway.nat_gateway_id} is a private NAT gateway"
        return further.blocked("no-route", why, origin, *on(gateway, "ConnectivityType"))
    if isinstance(further.stop, Blocked) and further.stop.code == "no-route":
        why = f"the NAT gateway's own subnet {place.subnet_id} has no route for it"
        return replace(further, stop=replace(further.stop, why=why, at=origin))
    return further


def translated(packets: Packets) -> Packets:
    """What NAT64 makes of packets to IPv4 addresses that are written as IPv6 ones."""
    return _moved(packets.at(NAT64), -NAT64.parts[0][0])


def untranslated(packets: Packets) -> Packets:
    """Those packets as they were before."""
    return _moved(packets, NAT64.parts[0][0])


def _moved(packets: Packets, by: int) -> Packets:
    found = NOTHING
    for box in packets.boxes:
        found |= Packets.of(box.kinds, Ranges(tuple((low + by, high + by) for low, high in box.addresses.parts)))
    return found


def _peering(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    peering = at.topology.peerings.get(route.target_id or "")
    if peering is None:
        yield way.undecided(f"{route.target_id} is not in this template: nobody sees what lies behind", origin)
        return
    way = replace(way, about=(*way.about, *whole(peering)))
    if at.by != "workload":
        why = f"{peering.peering_id} carries only what comes from its own VPCs"
        yield way.blocked("edge-to-edge", why, origin)
        return
    public = way.part(PUBLIC - _known_blocks(at.topology, peering))
    if public.packets:
        why = f"a peering connection leads to the other VPC alone, not on through its gateways ({peering.peering_id})"
        yield public.blocked("edge-to-edge", why, origin)
    rest = replace(way, packets=way.packets - public.packets)
    if rest.packets:
        yield from _to_peer(at, rest, peering, origin)


def _to_peer(at: _At, way: Way, peering: Peering, origin: Origin | None) -> Iterator[Way]:
    other = other_end(peering, at.subnet.vpc_id)
    vpc = at.topology.vpcs.get(other)
    if vpc is None or at.topology.stand_in([other]):
        where = f"{other} of account {peering.accepter_account}" if peering.accepter_account else other
        why = f"{peering.peering_id} leads to {where}, which is not in this template"
        yield replace(way.undecided(why, origin), where=other)
        return
    if not peering.active:
        yield way.undecided(f"{peering.peering_id} has yet to be accepted", origin)
        return
    inside = way.part(blocks((*vpc.cidrs, *vpc.ipv6_cidrs)))
    if inside.packets:
        yield replace(inside.on(Hop(other, "is the VPC at the other end", vpc.origin)), where=other)
    outside = replace(way, packets=way.packets - inside.packets)
    if outside.packets:
        yield outside.blocked("edge-to-edge", f"no such address is in {other}, the VPC at the other end", origin)


def _known_blocks(topology: Topology, peering: Peering) -> Ranges:
    ends = (topology.vpcs.get(end) for end in (peering.requester_vpc_id, peering.accepter_vpc_id))
    return blocks(text for vpc in ends if vpc for text in (*vpc.cidrs, *vpc.ipv6_cidrs))


def other_end(peering: Peering, vpc_id: str) -> str:
    """The VPC that a peering connection joins with this one."""
    return peering.accepter_vpc_id if peering.requester_vpc_id == vpc_id else peering.requester_vpc_id


def _transit(at: _At, way: Way, route: Route, _: Origin | None) -> Iterator[Way]:
    for leg in transit_legs(at.topology, at.subnet, route.target_id or "", way.packets.addresses):
        part = replace(way.part(leg.addresses), about=(*way.about, *leg.about))
        if leg.stop is not None:
            yield replace(part, stop=replace(leg.stop, hops=part.hops, about=(*part.about, *leg.stop.about)))
            continue
        for door in leg.doors:
            part, stopped = sift(at.topology, door, part, at.sender)
            yield from (_maybe(each) if len(leg.doors) > 1 else each for each in stopped)
        part = part.on(Hop(leg.table, f"leads to {leg.attachment}", leg.origin))
        if not leg.subnets:
            yield part.undecided(f"the subnets of {leg.attachment} are not known", leg.origin)
        elif part.packets:
            yield from _any_of(
                [list(_onward(at.within(exit, "transit"), part)) for exit in leg.subnets], part, leg.origin
            )


def _maybe(way: Way) -> Way:
    """A way that is stopped at one of several doors, of which nobody knows the one that it takes."""
    if not isinstance(way.stop, Blocked):
        return way
    stop = way.stop
    return replace(way, stop=Undecided(stop.why, stop.at, stop.about, stop.code, stop.hops))


def _any_of(choices: Sequence[list[Way]], way: Way, origin: Origin | None) -> Iterator[Way]:
    """The ways on, which may begin in one of several subnets: undecided where it matters which."""
    first = _outcome(choices[0])
    if all(_same(_outcome(ways), first) for ways in choices[1:]):
        yield from choices[0]
    else:
        yield way.undecided("in which of the attachment's subnets it comes out is not known, and they differ", origin)


_Outcome = dict[tuple[str | None, bool, bool], Packets]


def _outcome(ways: Sequence[Way]) -> _Outcome:
    """What becomes of which packets."""
    found: _Outcome = {}
    for way in ways:
        open_way = way.stop is None
        key = (way.where if open_way else None, open_way, isinstance(way.stop, Blocked))
        found[key] = found.get(key, NOTHING) | way.packets
    return found


def _same(one: _Outcome, other: _Outcome) -> bool:
    return one.keys() == other.keys() and all(one[key] <= other[key] <= one[key] for key in one)


def _appliance(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    """A network interface or an instance: one that forwards does with packets what its software will."""
    known = (one for one in at.topology.account.network_interfaces)
    found = next((i for i in known if route.target_id in (i.interface_id, i.instance_id)), None)
    why = f"{route.target_id} forwards packets: nobody sees what its software does with them"
    yield way.undecided(why, origin, *whole(found))


_STEPS: dict[str, _Step] = {
    "internet-gateway": _internet_gateway,
    "egress-only-internet-gateway": _egress_only,
    "nat-gateway": _nat,
    "peering": _peering,
    "transit-gateway": _transit,
    "network-interface": _appliance,
    "instance": _appliance,
}
