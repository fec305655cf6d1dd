"""NAT gateways: on from a subnet of their own, with an address of their own; NAT64 among what they do
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account.network import NatGateway, Route, Subnet
from scenarios.finding import Origin
from scenarios.network.filters.screen import sift
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked
from scenarios.network.routes.place import At, Onward, through
from scenarios.network.routes.way import INTERNET, Turn, Way
from scenarios.network.sets.addresses import ALL_V4, ALL_V6, NAT64
from scenarios.network.sets.packets import NOTHING, Packets
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import own_block


def nat_gateway(at: At, way: Way, route: Route, origin: Origin | None, onward: Onward) -> Iterator[Way]:
    """To the gateway's subnet, past the network ACLs of both, and on from there."""
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
        for further in _from_nat(at, place, part, onward):
            yield _of_nat(further, gateway, place, origin)


def _to_door(at: At, place: Subnet, way: Way) -> Iterator[Way]:
    """From the subnet to the one that the NAT gateway stands in, past the network ACLs of both unless they are one."""
    if place.subnet_id == at.subnet.subnet_id:
        yield replace(way, stays=way.stays or not at.depth)
        return
    for part in through(at, way, lambda let: iter((let,))):
        if part.stop is not None:
            yield part
            continue
        let, stopped = sift(at.topology, place, part, at.sender)
        yield from stopped
        if let.packets:
            yield let


def _from_nat(at: At, place: Subnet, way: Way, onward: Onward) -> Iterator[Way]:
    """On from a NAT gateway, whose address the packets bear from there; those of NAT64 go on as IPv4."""
    way = replace(way, turns=(*way.turns, Turn(place, at.client)))
    on_from = replace(at.within(place, "nat"), sender=own_block(place), client=place)
    v4 = way.part(ALL_V4)
    if v4.packets:
        yield from onward(on_from, v4)
    if meant := translated(way.packets):
        for further in onward(on_from, replace(way, packets=meant)):
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
