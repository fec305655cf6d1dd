"""The way back: answers follow routes of their own, and cross network ACLs as packets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from scenarios.account.network import Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.filters.answers import answered, answered_through
from scenarios.network.hangs import whole
from scenarios.network.path import Blocked, Undecided
from scenarios.network.routes.edge import gateways_for, sent_aside
from scenarios.network.routes.forward import back
from scenarios.network.routes.leaving import Leaving
from scenarios.network.routes.nat_gateway import translated, untranslated
from scenarios.network.routes.place import block_of
from scenarios.network.routes.way import Way
from scenarios.network.sets.addresses import ALL_V4, ALL_V6, blocks
from scenarios.network.sets.packets import EVERY_KIND, Packets
from scenarios.network.standing import Standing


def answered_back(standing: Standing, part: Leaving, place: Subnet | None) -> Leaving:
    """Those packets whose answers get back to the workload, from `place` or from the internet."""
    turns = part.way.turns
    starts = (place, *(turn.place for turn in reversed(turns)))
    homes = (*(turn.place for turn in reversed(turns)), part.subnet)
    for index, (start, home) in enumerate(zip(starts, homes, strict=True)):
        inner = index < len(turns) and part.possible.addresses <= ALL_V6  # behind NAT64
        here = _renamed(part, translated) if inner else part
        to = standing.source if index == len(turns) else None
        here = _step(standing, here, start, home, to, nat=index > 0)
        part = _renamed(here, untranslated) if inner else here
        if not part.possible:
            return part
    return part


def _renamed(part: Leaving, change: Callable[[Packets], Packets]) -> Leaving:
    return replace(part, sure=change(part.sure), possible=change(part.possible))


def _step(
    standing: Standing, part: Leaving, start: Subnet | None, home: Subnet, to: Workload | None, *, nat: bool
) -> Leaving:
    """From one place to the one that the packets came from, a NAT gateway's or that of `to`: along its routes, then
    past the ACL at home."""
    if start is not None:
        part = _routed(standing, part, start, home, to, "nat" if nat else "workload")
    else:
        part = _past_edge(standing, part, home, to)
    if part.possible and (start is None or start.subnet_id != home.subnet_id):
        part = _let_in(standing, part, home)
    return part


def _past_edge(standing: Standing, part: Leaving, home: Subnet, to: Workload | None) -> Leaving:
    """Those whose answers no edge route table leads to an appliance."""
    topology, wanted = standing.topology, part.possible.addresses
    receivers = block_of(home, ALL_V4 if wanted <= ALL_V4 else ALL_V6, to)
    for gateway in gateways_for(topology, home, wanted):
        if (aside := sent_aside(topology, gateway, home, receivers)) is not None:
            return _kept(part, Packets(), part.possible, aside.about, aside)
    return part


def _routed(
    standing: Standing, part: Leaving, start: Subnet, home: Subnet, receiver: Workload | None, by: str
) -> Leaving:
    addresses = part.possible.addresses
    version = ALL_V4 if addresses <= ALL_V4 else ALL_V6
    clients = block_of(home, version, receiver)
    everything = Packets.of(EVERY_KIND, clients)
    # Mostly it matters neither who answers nor to which subnet of the VPC: then one walk does for many.
    vpc = standing.topology.vpcs.get(home.vpc_id)
    wide = clients | (blocks((*vpc.cidrs, *vpc.ipv6_cidrs)) & version if vpc else clients)
    for sender, to in ((version, wide), (addresses, clients)):
        found = back(standing.topology, standing.source, start, by, Packets.of(EVERY_KIND, to), sender)
        ways = [way for way in found if way.packets.addresses & clients]
        sure = _those(way.packets.at(clients) for way in ways if _home(way, home))
        if everything and everything <= sure:
            return _with(part, tuple(origin for way in ways for origin in way.about))
    possible = sure | _those(way.packets for way in ways if isinstance(way.stop, Undecided))
    kept = answered_through(part.sure, sure, clients, surely=True)
    maybe = answered_through(part.possible, possible, clients, surely=False)
    about = tuple(origin for way in ways for origin in way.about)
    return _kept(part, kept, maybe, about, _lost(standing, part, ways, start, home))


def _home(way: Way, home: Subnet) -> bool:
    return way.stop is None and way.where == home.vpc_id and not way.turns


def _those(found: Iterator[Packets]) -> Packets:
    kept = Packets()
    for packets in found:
        kept |= packets
    return kept


def _lost(standing: Standing, part: Leaving, ways: list[Way], start: Subnet, home: Subnet) -> Blocked | Undecided:
    """What keeps the answers, or a part of them, from getting back."""
    astray = [way for way in ways if not _home(way, home)]
    unsure = next((way.stop for way in astray if isinstance(way.stop, Undecided)), None)
    if unsure is not None:
        return replace(unsure, about=part.way.about)
    table = standing.topology.route_table(start)
    at = next(iter(whole(table)), start.origin)
    stop = next((way.stop for way in astray if isinstance(way.stop, Blocked)), None)
    if stop is not None and stop.code == "network-acl":
        return replace(stop, why=f"{stop.why} (answers from {start.subnet_id})", hops=part.way.hops)
    name = table.route_table_id if table else "an unknown table"
    why = f"{name}, the route table of {start.subnet_id}, leads no answer back to {home.subnet_id}"
    if stop is not None and stop.code in _ITS_OWN and (stop.code, stop.at) != ("no-route", at):
        why = f"{why}: {stop.why}"
    return Blocked("no-return-route", why, _place_of(stop, at), part.way.hops)


_ITS_OWN = ("no-route", "blackhole", "edge-to-edge", "transit-zone")
"""Breaks of the answers' way that are mended where they are; any other means that the table leads them astray."""


def _place_of(stop: Blocked | None, at: Origin | None) -> Origin | None:
    return stop.at if stop is not None and stop.at is not None and stop.code in _ITS_OWN else at


def _let_in(standing: Standing, part: Leaving, home: Subnet) -> Leaving:
    """Those whose answers the network ACL of the subnet lets in."""
    acl = standing.topology.acl(home)
    if acl is None:
        why = f"the network ACL {standing.topology.unknown_association(home)}"
        return _kept(part, Packets(), part.possible, (), Undecided(why, home.origin))
    sure, possible = answered(standing.topology, acl, part.sure, part.possible)
    why = f"network ACL {acl.acl_id} lets no answer into {home.subnet_id}"
    return _kept(part, sure, possible, whole(acl), Blocked("network-acl", why, acl.origin, part.way.hops))


def _with(part: Leaving, about: tuple[Origin, ...]) -> Leaving:
    """The part, which hangs on these besides."""
    return replace(part, way=replace(part.way, about=tuple(dict.fromkeys((*part.way.about, *about)))))


def _kept(
    part: Leaving, sure: Packets, possible: Packets, about: tuple[Origin, ...], lost: Blocked | Undecided
) -> Leaving:
    """The part as far as its answers get back."""
    part = _with(part, about)
    about = part.way.about
    if not possible:
        return replace(part, sure=sure, possible=possible, shut=replace(lost, about=about))
    if not sure and part.shut is None:
        why = lost.why if isinstance(lost, Undecided) else f"for a part of its addresses only: {lost.why}"
        return replace(part, sure=sure, possible=possible, shut=Undecided(why, lost.at, about, lost.code))
    return replace(part, sure=sure, possible=possible)
