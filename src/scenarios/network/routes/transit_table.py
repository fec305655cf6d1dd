"""What a transit gateway does with the packets of a VPC.

The table that the VPC's attachment is associated with decides: its longest prefix, static routes before propagated
ones ("How transit gateways work", https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scenarios.account.network import Subnet, TransitGatewayAttachment, TransitGatewayRouteTable
from scenarios.finding import Origin
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Undecided
from scenarios.network.sets.addresses import block, length
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class TransitLeg:
    """Addresses that a transit gateway sends to one attachment, or stops.

    They get to it through one of the own attachment's `doors`, and come out in one of the other's `subnets`: those in
    the zone that they come from, all of them where it is not known or has none.
    """

    addresses: Ranges
    stop: Blocked | Undecided | None = None
    table: str = ""
    attachment: str = ""
    subnets: tuple[Subnet, ...] = ()
    doors: tuple[Subnet, ...] = ()
    origin: Origin | None = None
    about: tuple[Origin, ...] = ()


_JOINING = ("DefaultRouteTableAssociation", "DefaultRouteTablePropagation", "SubnetIds", "VpcId")
"""What says how an attachment joins a VPC with the gateway."""


def transit_legs(topology: Topology, subnet: Subnet, gateway: str, wanted: Ranges) -> Iterator[TransitLeg]:
    """The ways of the wanted addresses from a subnet whose route leads to the gateway."""
    attachment, stop = _entrance(topology, subnet, gateway)
    if attachment is None or stop is not None:
        yield TransitLeg(wanted, stop)
        return
    doors = _in_zone(topology, attachment, subnet)
    table = topology.transit_tables.get(attachment.attachment_id)
    about = whole(attachment)
    if table is None:
        why = f"which route table of {gateway} {attachment.attachment_id} is associated with is not known"
        yield TransitLeg(wanted, Undecided(why, attachment.origin), about=about)
        return
    doubt = table.doubt("Associations", "Propagations") or attachment.doubt(*_JOINING)
    if doubt is not None:
        yield TransitLeg(wanted, Undecided(f"the routes of {table.route_table_id}: {doubt}", table.origin), about=about)
        return
    left = wanted
    routes = sorted(_routes(topology, table), key=lambda route: (-route.length, not route.static))
    for route in routes:
        shared = left & route.addresses
        if not shared:
            continue
        left -= shared
        for rival in routes:
            torn = shared & rival.addresses if route.rivals(rival) else Ranges()
            if torn:
                why = f"two routes of {table.route_table_id} for the same addresses lead apart"
                yield TransitLeg(torn, Undecided(why, rival.origin or table.origin), about=(*about, *whole(table)))
                shared -= torn
        if shared:
            leg = _leg(topology, table, route, shared, (*about, *whole(table)))
            yield replace(leg, subnets=_nearest(leg.subnets, subnet), doors=doors)
    if left:
        yield TransitLeg(left, _unrouted(topology, table, attachment), about=(*about, *whole(table)))


def _unrouted(
    topology: Topology, table: TransitGatewayRouteTable, attachment: TransitGatewayAttachment
) -> Blocked | Undecided:
    """What becomes of addresses that no route of the table is for: some of its routes may be learned."""
    of_gateway = [a for a in topology.attachments.values() if a.transit_gateway_id == table.transit_gateway_id]
    learned = next((one.attachment_id for one in of_gateway if one.learns), None)
    unseen = next((name for name in table.propagations if name not in topology.attachments), learned)
    if unseen is not None:
        return Undecided(f"which routes {table.route_table_id} learns over {unseen} is not known", table.origin)
    why = f"{table.route_table_id} of {table.transit_gateway_id} has no route for it"
    return Blocked("no-route", why, table.origin or attachment.origin)


def _entrance(
    topology: Topology, subnet: Subnet, gateway: str
) -> tuple[TransitGatewayAttachment | None, Blocked | Undecided | None]:
    """The VPC's attachment to the gateway, which has to have a subnet in the zone that packets come from."""
    own = [
        one
        for one in topology.attachments.values()
        if one.transit_gateway_id == gateway and one.vpc_id == subnet.vpc_id
    ]
    if not own:
        why = f"how {subnet.vpc_id} is attached to {gateway} is not in this template"
        return None, Undecided(why, subnet.origin)
    doors = [topology.subnets[name] for name in own[0].subnet_ids if name in topology.subnets]
    zones = {door.availability_zone for door in doors}
    if not doors or None in zones or subnet.availability_zone is None:
        return own[0], None
    assumed = next((each.zone_assumed for each in (subnet, *doors) if each.zone_assumed), None)
    if assumed is not None and not _in_each_zone(doors, subnet):
        why = f"whether {own[0].attachment_id} has a subnet in the zone of {subnet.subnet_id}: {assumed}"
        return own[0], Undecided(why, subnet.origin)
    if subnet.availability_zone not in zones:
        why = f"{own[0].attachment_id} has no subnet in {subnet.availability_zone}, the zone of {subnet.subnet_id}"
        return own[0], Blocked("transit-zone", why, own[0].origin, about=on(own[0], "SubnetIds"))
    return own[0], None


def _in_each_zone(doors: list[Subnet], subnet: Subnet) -> bool:
    """Whether one of them is the packets' own subnet, whose zone is theirs whichever that is."""
    return any(door.subnet_id == subnet.subnet_id for door in doors)


def _in_zone(topology: Topology, attachment: TransitGatewayAttachment, subnet: Subnet) -> tuple[Subnet, ...]:
    """The attachment's subnets that packets from this subnet may enter it in."""
    return _nearest(tuple(topology.subnets[name] for name in attachment.subnet_ids if name in topology.subnets), subnet)


def _nearest(subnets: tuple[Subnet, ...], subnet: Subnet) -> tuple[Subnet, ...]:
    zone = None if subnet.zone_assumed else subnet.availability_zone
    near = tuple(
        each for each in subnets if zone is not None and (each.zone_assumed or each.availability_zone in (zone, None))
    )
    return near or subnets


@dataclass(frozen=True)
class _Route:
    addresses: Ranges
    length: int
    attachment: str | None
    static: bool
    origin: Origin | None
    unsure: str | None = None

    def rivals(self, other: _Route) -> bool:
        """Whether nothing says which of the two decides: the blocks of two VPCs may overlap."""
        equal = (self.length, self.static) == (other.length, other.static)
        return equal and self.attachment != other.attachment


def _routes(topology: Topology, table: TransitGatewayRouteTable) -> Iterator[_Route]:
    for route in table.routes:
        addresses = block(route.destination)
        if addresses is None:
            yield _Route(
                block("0.0.0.0/0") or Ranges(), 128, None, True, route.origin, f"{route.destination} is no block"
            )
            continue
        size = length(route.destination)
        yield _Route(addresses, size, route.attachment_id, True, route.origin, route.uncertain)
    for name in table.propagations:
        attachment = topology.attachments.get(name)
        vpc = topology.vpcs.get(attachment.vpc_id or "") if attachment else None
        for text in (*vpc.cidrs, *vpc.ipv6_cidrs) if vpc else ():
            origin = attachment.origin if attachment else table.origin
            yield _Route(block(text) or Ranges(), length(text), name, False, origin)


def _leg(
    topology: Topology, table: TransitGatewayRouteTable, route: _Route, shared: Ranges, about: tuple[Origin, ...]
) -> TransitLeg:
    at = route.origin or table.origin
    about = (*about, *([route.origin] if route.origin else []))
    if route.unsure is not None:
        return TransitLeg(shared, Undecided(f"a route of {table.route_table_id}: {route.unsure}", at), about=about)
    if route.attachment is None:
        why = f"{table.route_table_id} drops it: its route is a blackhole"
        return TransitLeg(shared, Blocked("blackhole", why, at), about=about)
    attachment = topology.attachments.get(route.attachment)
    if attachment is None or attachment.vpc_id is None or topology.stand_in([attachment.vpc_id]):
        why = f"{table.route_table_id} leads to {route.attachment}: nobody sees what lies behind"
        return TransitLeg(shared, Undecided(why, at), about=about)
    subnets = tuple(topology.subnets[name] for name in attachment.subnet_ids if name in topology.subnets)
    about = (*about, *whole(attachment))
    return TransitLeg(shared, None, table.route_table_id, route.attachment, subnets, origin=at, about=about)
