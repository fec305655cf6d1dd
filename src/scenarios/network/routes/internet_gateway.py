"""Internet gateways, egress-only ones among them, and what of them VPC block public access leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account.network import Route
from scenarios.finding import Origin
from scenarios.network.hangs import on, whole
from scenarios.network.routes.addressed import ipv6_address, may_have_public_address, public_address
from scenarios.network.routes.place import At, Onward
from scenarios.network.routes.public_access import closed_to_public
from scenarios.network.routes.way import INTERNET, Way
from scenarios.network.sets.addresses import ALL_V6, NAT64, PUBLIC
from scenarios.network.sets.packets import Packets


def internet_gateway(at: At, way: Way, route: Route, origin: Origin | None, _: Onward) -> Iterator[Way]:
    """Out to public addresses: for IPv4 with a public address of one's own, or with a NAT gateway's."""
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


def _by_address(at: At, way: Way, origin: Origin | None) -> Way:
    if at.by == "nat":
        return _arrived(at, way)
    public = public_address(at.source, at.subnet)
    if isinstance(public, str):
        return way.undecided(f"whether {at.source.name} has a public address: {public}", at.source.origin)
    given = on(at.subnet, "MapPublicIpOnLaunch") if may_have_public_address(at.source) else ()
    if not public:
        why = f"{at.source.name} has no public address: the internet gateway passes nothing for it"
        return way.blocked("no-public-address", why, origin, *given)
    return _arrived(at, replace(way, about=(*way.about, *given)))


def _by_ipv6(at: At, way: Way, route: Route, origin: Origin | None) -> Way:
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


def egress_only(at: At, way: Way, route: Route, origin: Origin | None, _: Onward) -> Iterator[Way]:
    """Out to public IPv6 addresses."""
    v6 = way.part(PUBLIC & ALL_V6)
    rest = way.packets - v6.packets
    if rest:
        why = "an egress-only internet gateway is for public IPv6 addresses"
        yield replace(way, packets=rest).blocked("not-public", why, origin)
    if v6.packets:
        yield _by_ipv6(at, v6, route, origin)


def _arrived(at: At, way: Way, *, nat: bool = False) -> Way:
    """On the internet, unless the VPC's public access is blocked."""
    closed = closed_to_public(at.topology, at.subnet, "nat" if nat or at.by == "nat" else "out")
    if closed is not None:
        return replace(way, stop=replace(closed, hops=way.hops, about=(*way.about, *closed.about)))
    return replace(way, where=INTERNET, about=(*way.about, *whole(at.topology.account.public_access_block)))
