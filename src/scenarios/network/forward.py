"""Where the packets of one subnet come out: on through gateways, peering connections and transit gateways.

What AWS does not forward comes from "VPC peering basics"
(https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html): a peering connection carries only what goes
from one of its two VPCs to the other, never on through a gateway of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from scenarios.account.network import Peering, Route, Subnet
from scenarios.account.workload import (
    EcsService,
    Instance,
    LambdaFunction,
    LaunchTemplate,
    ScalingGroup,
    Workload,
)
from scenarios.finding import Origin
from scenarios.network.addresses import ALL_V4, ALL_V6, NAT64, PUBLIC, blocks
from scenarios.network.hangs import ROUTE, on, whole
from scenarios.network.network_acl import ruling
from scenarios.network.packets import Packets
from scenarios.network.path import Blocked, Hop, Undecided
from scenarios.network.ranges import Ranges
from scenarios.network.route import Leg, legs
from scenarios.network.topology import Topology, own_block
from scenarios.network.transit import transit_legs

INTERNET = "internet"
_FARTHEST = 8
"""Route tables on one way: beyond, it goes in circles."""


@dataclass(frozen=True)
class Way:
    """Packets that go one way together: `where` they arrive (the internet, or a VPC), or what stops them."""

    packets: Packets
    hops: tuple[Hop, ...] = ()
    about: tuple[Origin, ...] = ()
    kind: str = "local"
    via: str | None = None
    where: str | None = None
    stop: Blocked | Undecided | None = None

    def on(self, hop: Hop, *about: Origin) -> Way:
        """The same way, one hop further."""
        return replace(self, hops=(*self.hops, hop), about=(*self.about, *about))

    def part(self, addresses: Ranges) -> Way:
        """The way of those packets alone that go to these addresses."""
        return replace(self, packets=self.packets.at(addresses))

    def blocked(self, code: str, why: str, at: Origin | None, *about: Origin) -> Way:
        """The way, stopped."""
        return replace(self, stop=Blocked(code, why, at, self.hops, (*self.about, *about)))

    def undecided(self, why: str, at: Origin | None, *about: Origin) -> Way:
        """The way, as far as anybody sees."""
        return replace(self, stop=Undecided(why, at, (*self.about, *about), hops=self.hops))


@dataclass(frozen=True)
class _At:
    """Where packets are: at the route table of `subnet`, come by `by` (the workload itself, a NAT or a transit
    gateway)."""

    topology: Topology
    source: Workload
    subnet: Subnet
    by: str = "workload"
    depth: int = field(default=0)

    def within(self, subnet: Subnet, by: str) -> _At:
        """The same packets at another subnet's table."""
        return replace(self, subnet=subnet, by=by, depth=self.depth + 1)


def forward(topology: Topology, source: Workload, subnet: Subnet, packets: Packets) -> Iterator[Way]:
    """The ways of these packets from one subnet of the workload, every packet on one of them. What filters say at the
    workload's own interface is not asked."""
    yield from _onward(_At(topology, source, subnet), Way(packets))


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
        part = replace(way.part(leg.addresses), about=(*way.about, *whole(table)))
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
    if route.target == "local":
        vpc_id = at.subnet.vpc_id
        yield replace(way.on(Hop(vpc_id, "is the VPC that the address is in", origin)), where=vpc_id)
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
    else:
        yield from step(at, gone, route, origin)


_Step = Callable[[_At, Way, Route, Origin | None], Iterator[Way]]


def _internet_gateway(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    if at.by == "transit":
        why = f"{route.target_id} passes nothing that comes through a transit gateway without a NAT gateway"
        yield way.blocked("no-public-address", why, origin)
        return
    v6 = way.part(ALL_V6)
    v4 = replace(way, packets=way.packets - v6.packets)
    if v4.packets:
        yield _by_address(at, v4, origin)
    if v6.packets:
        yield _by_ipv6(at, v6, route, origin)


def _by_address(at: _At, way: Way, origin: Origin | None) -> Way:
    if at.by == "nat":
        return _arrived(at, way, origin)
    public = public_address(at.source, at.subnet)
    given = on(at.subnet, "MapPublicIpOnLaunch") if may_have_public_address(at.source) else ()
    if not public:
        why = f"{at.source.name} has no public address: the internet gateway passes nothing for it"
        return way.blocked("no-public-address", why, origin, *given)
    return _arrived(at, replace(way, about=(*way.about, *given)), origin)


def _by_ipv6(at: _At, way: Way, route: Route, origin: Origin | None) -> Way:
    has = ipv6_address(at.source, at.subnet) if at.by == "workload" else False
    if has:
        return _arrived(at, way, origin, nat=route.target != "internet-gateway")
    if has is None:
        return way.undecided(f"whether {at.source.name} gets an IPv6 address is not said in the template", origin)
    why = f"{at.source.name} has no IPv6 address"
    return way.blocked("no-public-address", why, origin, *on(at.subnet, "Ipv6CidrBlock", "AssignIpv6AddressOnCreation"))


def _egress_only(at: _At, way: Way, route: Route, origin: Origin | None) -> Iterator[Way]:
    yield _by_ipv6(at, way, route, origin)


def _arrived(at: _At, way: Way, origin: Origin | None, *, nat: bool = False) -> Way:
    """On the internet, unless the VPC's public access is blocked."""
    block = at.topology.account.public_access_block
    spared = {at.subnet.vpc_id, at.subnet.subnet_id} & {name for name, _ in block.excluded} if block else ()
    closed = block and not spared and _stops(block.mode, nat=nat or at.by == "nat")
    if block is not None and closed:
        why = f"VPC block public access is {block.mode} in this region"
        return way.blocked("public-access-block", why, block.origin, *whole(block))
    public = way.packets.at(PUBLIC)
    if not public:
        return way.blocked("not-public", "no such address is on the internet", origin)
    return replace(way, packets=public, where=INTERNET, about=(*way.about, *whole(block)))


def _stops(mode: str, *, nat: bool) -> bool:
    """Blocking ingress leaves what only lets connections out: NAT and egress-only gateways
    (https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html)."""
    return mode == "block-bidirectional" or (mode == "block-ingress" and not nat)


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
    packets = way.packets.at(ALL_V4) | _translated(way.packets)
    rest = replace(way, packets=packets, about=(*way.about, *about))
    if not rest.packets:
        return
    if (refused := _refused_at_door(at, place, rest)) is not None:
        yield refused
        return
    for further in _onward(at.within(place, "nat"), rest):
        if further.where == INTERNET and not gateway.public:
            why = f"{gateway.nat_gateway_id} is a private NAT gateway"
            yield rest.blocked("no-route", why, origin, *on(gateway, "ConnectivityType"))
        elif isinstance(further.stop, Blocked) and further.stop.code == "no-route":
            why = f"the NAT gateway's own subnet {place.subnet_id} has no route for it"
            yield replace(further, stop=replace(further.stop, why=why, at=origin))
        else:
            yield further


def _translated(packets: Packets) -> Packets:
    """What NAT64 makes of packets to IPv4 addresses that are written as IPv6 ones."""
    first = NAT64.parts[0][0]
    found = Packets()
    for box in packets.at(NAT64).boxes:
        meant = Ranges(tuple((low - first, high - first) for low, high in box.addresses.parts))
        found |= Packets.of(box.kinds, meant)
    return found


def _refused_at_door(at: _At, place: Subnet, way: Way) -> Way | None:
    """The network ACL of the subnet that a gateway stands in may let nothing of it in."""
    acl = at.topology.acl(place)
    if acl is None or place.subnet_id == at.subnet.subnet_id:
        return None
    found = ruling(acl, Packets.of(way.packets.kinds, own_block(at.subnet)), egress=False)
    if found.possible or found.refusing is None:
        return None
    why = f"network ACL {acl.acl_id} lets nothing from {at.subnet.subnet_id} into {place.subnet_id}"
    return way.blocked("network-acl", why, found.refusing.origin or acl.origin, *whole(acl), *found.hangs)


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
        part = part.on(Hop(leg.table, f"leads to {leg.attachment}", leg.origin))
        if not leg.subnets:
            yield part.undecided(f"the subnets of {leg.attachment} are not known", leg.origin)
        for subnet in leg.subnets[:1]:
            yield from _onward(at.within(subnet, "transit"), part)


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


def may_have_public_address(source: Workload) -> bool:
    """A function's and SageMaker's interfaces never have a public address, whatever their subnet gives
    (https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html)."""
    return isinstance(source, Instance | EcsService | LaunchTemplate | ScalingGroup)


def public_address(source: Workload, subnet: Subnet) -> bool:
    """Whether the workload's interfaces in the subnet get a public IPv4 address."""
    if isinstance(source, Instance):
        return source.public_ip or subnet.public_ip_on_launch
    if isinstance(source, LaunchTemplate | ScalingGroup):
        return subnet.public_ip_on_launch if source.public_ip is None else source.public_ip
    return isinstance(source, EcsService) and source.public_ip


def ipv6_address(source: Workload, subnet: Subnet) -> bool | None:
    """Whether the workload's interfaces in the subnet get an IPv6 address; nothing where an account setting or the
    service decides."""
    if not subnet.ipv6_cidrs:
        return False
    if isinstance(source, LambdaFunction | Instance):
        return source.ipv6
    if isinstance(source, LaunchTemplate | ScalingGroup):
        return subnet.ipv6_on_launch if source.ipv6 is None else source.ipv6
    return None
