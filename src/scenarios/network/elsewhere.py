"""Ways to addresses that are no service's: in the workload's own VPC, in other networks, or on the internet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.network import Subnet, Vpc
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.filters.screen import screened
from scenarios.network.hangs import whole
from scenarios.network.path import Block, Blocked, Hop, Network, Path, Trace, Undecided, together, worst
from scenarios.network.routes.leaving import Leaving, leaving
from scenarios.network.routes.returning import answered_back
from scenarios.network.routes.way import INTERNET
from scenarios.network.sets.addresses import EVERY_ADDRESS, PUBLIC, block, blocks, texts
from scenarios.network.sets.packets import EVERY_KIND, Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.network.standing import Standing, named, stand, stands
from scenarios.network.topology import Topology


def to_block(account: Account, source: Workload, destination: Block) -> Trace:
    """Whether connections from every subnet of the workload get to any address of the block, and which they are.

    Without a port it is enough, on the internet, that a packet gets there. What stands at the address decides for
    itself whether it admits the packet.
    """
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return standing
    addresses = block(destination.cidr)
    if addresses is None:
        return Undecided(f"{destination.cidr} is no block of addresses", None)
    port = destination.port
    wanted = Packets.of(EVERY_KIND if port is None else kinds("tcp", port, port), addresses)
    answers, far, near = port is not None, wanted, list[Trace]()
    for one, subnet in _next_door(standing):
        if here := far.at(blocks((subnet.cidr, *subnet.ipv6_cidrs))):
            near.append(together(list(_ends(one, subnet, here, answers=answers))))
            far -= here
    return together([*([_from_all(standing, far, answers=answers)] if far else ()), *near])


def _next_door(standing: Standing) -> Iterator[tuple[Standing, Subnet]]:
    """The subnets that other interfaces of a machine stand in: what is for these leaves by them."""
    for one in standing.beside:
        yield from ((one, subnet) for subnet in one.subnets if subnet not in standing.subnets)


def _from_all(standing: Standing, wanted: Packets, *, answers: bool) -> Trace:
    """The way from every subnet."""
    traces = [together(list(_ends(standing, subnet, wanted, answers=answers))) for subnet in standing.subnets]
    found = worst(traces)
    if isinstance(found, Path):
        return replace(found, packets=_from_each(traces))
    if isinstance(found, Blocked) and not all(isinstance(trace, Blocked) for trace in traces):
        cut = named(standing.subnets[traces.index(found)])
        return replace(found, why=f"{found.why}; of the subnets of {standing.source.name}, {cut} is cut off")
    return found


ELSEWHERE = Network("other networks")


def to_network(account: Account, source: Workload, destination: Network) -> Trace:
    """Whether any connection gets to any address of another network."""
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return standing
    known = to_networks(account, source)
    if destination in known:
        return known[destination]
    unsure = [trace for trace in known.values() if isinstance(trace, Undecided)]
    if unsure:
        return unsure[0]
    why = f"no route of {standing.vpc.vpc_id} leads to {destination.name}"
    return Blocked("no-route", why, standing.vpc.origin or source.origin, about=standing.about)


def to_networks(account: Account, source: Workload) -> dict[Network, Trace]:
    """The way to each other network that any route leads to: other VPCs, and whatever lies behind a gateway.

    `ELSEWHERE` stands for all addresses that no known gateway is the way to, and for what an interface may stand in of
    which nobody knows where it is.
    """
    found: dict[str, list[Trace]] = {}
    standings = stands(account, source)
    home = next((one.vpc for one in standings if isinstance(one, Standing)), None)
    for standing in standings:
        if isinstance(standing, Standing) and home is not None:
            for name, traces in _networks(standing, home):
                found.setdefault(name, []).extend(traces)
        elif isinstance(standing, Undecided):
            found.setdefault(ELSEWHERE.name, []).append(standing)
    return {Network(name): together(traces) for name, traces in found.items()}


def _networks(standing: Standing, home: Vpc) -> list[tuple[str, list[Trace]]]:
    topology = standing.topology
    key = (_networks, standing.source, home.vpc_id)
    if key not in topology.memo:
        found: dict[str, list[Trace]] = {}
        own, others = _all(home), Ranges()
        for vpc in topology.vpcs.values():
            others |= _all(vpc) if vpc.vpc_id != home.vpc_id else Ranges()
        wanted = Packets.of(EVERY_KIND, ((EVERY_ADDRESS - PUBLIC) | others) - own)
        for subnet in standing.subnets:
            for part in leaving(standing, subnet, wanted, strangers=True):
                for name, trace in _to_other(standing, part):
                    found.setdefault(name, []).append(trace)
        topology.memo[key] = list(found.items())
    kept: list[tuple[str, list[Trace]]] = topology.memo[key]
    return kept


def _to_other(standing: Standing, part: Leaving) -> Iterator[tuple[str, Trace]]:
    """The network at the end of a way: the VPC that it arrives in, else what it leaves through."""
    where, via = part.way.where, part.way.via
    if where is not None and where != INTERNET and part.way.stop is None:
        for trace in _inside(standing, part):
            yield where, trace
    elif not (isinstance(part.way.stop, Blocked) and part.way.stop.code == "not-public"):
        yield where if where is not None and where != INTERNET else via or ELSEWHERE.name, part.trace


def _all(vpc: Vpc) -> Ranges:
    return blocks((*vpc.cidrs, *vpc.ipv6_cidrs))


def _from_each(traces: list[Trace]) -> Packets:
    """The packets that are on every one of the ways."""
    found = [trace.packets for trace in traces if isinstance(trace, Path)]
    kept = found[0]
    for packets in found[1:]:
        kept &= packets
    return kept


def _ends(standing: Standing, subnet: Subnet, wanted: Packets, *, answers: bool) -> Iterator[Trace]:
    for part in leaving(standing, subnet, wanted, strangers=True):
        where = part.way.where
        if part.way.stop is not None or where is None or not part.possible:
            yield part.trace
        elif where != INTERNET:
            yield from _inside(standing, part)
        elif answers:
            yield answered_back(standing, part, None).trace
        else:
            yield part.trace


def _inside(standing: Standing, part: Leaving) -> Iterator[Trace]:
    """From where the packets have come into a VPC to each of its subnets that they are for."""
    topology, wanted = standing.topology, part.way.packets.addresses
    before = part.way.exit or (part.way.turns[-1].place if part.way.turns else part.subnet)
    found = False
    for places, everywhere in _alike(topology, part.way.where or "", before):
        if shared := wanted & everywhere:
            found = True
            some = places if shared == everywhere else [(place, own) for place, own in places if own & shared]
            yield from _to_alike(standing, part, some, shared)
    if not found:
        why = f"no subnet of {part.way.where} has such an address"
        yield Blocked("no-subnet", why, part.way.about[0] if part.way.about else None, part.way.hops, part.way.about)


_Place = tuple[Subnet, Ranges]
"""A subnet with addresses in it."""


def _alike(topology: Topology, vpc_id: str, apart: Subnet) -> list[tuple[list[_Place], Ranges]]:
    """The subnets of a VPC, together where routes and network ACL treat them alike; `apart` by itself. With the
    addresses of all that are together."""
    key = (_alike, vpc_id, apart.subnet_id if apart.vpc_id == vpc_id else None)
    if key not in topology.memo:
        found: dict[object, list[_Place]] = {}
        for place in topology.subnets_of[vpc_id]:
            own = blocks((place.cidr, *place.ipv6_cidrs))
            found.setdefault(_kind(topology, place, apart), []).append((place, own))
        topology.memo[key] = [
            (places, Ranges.of(*(span for _, own in places for span in own.parts))) for places in found.values()
        ]
    kept: list[tuple[list[_Place], Ranges]] = topology.memo[key]
    return kept


def _kind(topology: Topology, place: Subnet, apart: Subnet) -> object:
    """What tells a subnet from others, but for its addresses."""
    table, acl = topology.route_table(place), topology.acl(place)
    if table is None or acl is None or place.subnet_id == apart.subnet_id:
        return place.subnet_id
    routes = tuple((route.destination, route.target, route.target_id, route.blackhole) for route in table.routes)
    return acl.acl_id, routes, place.availability_zone, bool(place.cidr), bool(place.ipv6_cidrs)


def _to_alike(standing: Standing, part: Leaving, places: list[_Place], everywhere: Ranges) -> Iterator[Trace]:
    """All at once where all or none of the packets get there, else to each subnet by itself."""
    if len(places) > 1:
        at_once = _to_place(standing, part, places[0][0], everywhere, more=len(places) - 1)
        if isinstance(at_once, Blocked):
            others = (each for place, _ in places for each in _about(standing.topology, place))
            yield replace(at_once, about=tuple(dict.fromkeys((*at_once.about, *others))))
            return
        if isinstance(at_once, Path) and part.sure.at(everywhere) <= at_once.packets:
            yield at_once
            return
    for place, own in places:
        yield _to_place(standing, part, place, own & everywhere)


def _about(topology: Topology, place: Subnet) -> Iterator[Origin]:
    table = topology.route_table(place)
    yield from whole(place, table, *(table.routes if table else ()))


def _to_place(standing: Standing, part: Leaving, place: Subnet, shared: Ranges, *, more: int = 0) -> Trace:
    way = part.way.part(shared)
    here = replace(part, way=way, sure=part.sure.at(shared), possible=part.possible.at(shared))
    before = way.exit or (way.turns[-1].place if way.turns else part.subnet)
    if here.possible and place.subnet_id != before.subnet_id:
        here = _admitted(standing, here, place)
    if here.possible:
        here = answered_back(standing, here, place)
    trace = here.trace
    if not isinstance(trace, Path) or place.subnet_id == part.subnet.subnet_id:
        return trace
    holds = f"and {more} other subnets hold" if more else "holds"
    why = f"{holds} {texts(trace.packets.addresses)}: what stands there admits what it will"
    return replace(trace, hops=(*trace.hops, Hop(place.subnet_id, why, place.origin)))


def _admitted(standing: Standing, part: Leaving, place: Subnet) -> Leaving:
    """Those packets that the ACL of the subnet at the far end lets in."""
    found = screened(standing.topology, place, part.possible, part.way.sender)
    if found is None:
        why = f"the network ACL {standing.topology.unknown_association(place)}"
        return replace(part, sure=Packets(), shut=part.shut or Undecided(why, place.origin, part.way.about))
    acl = standing.topology.acl(place)
    about = (*part.way.about, *found.about)
    part = replace(part, way=replace(part.way, about=about))
    sure, name = part.sure & found.sure, acl.acl_id if acl else ""
    shut = part.shut
    if not found.possible:
        why = f"network ACL {name} refuses it at {place.subnet_id}"
        shut = Blocked("network-acl", why, found.at, part.way.hops, about)
    elif not sure:
        shut = shut or Undecided(f"network ACL {name} lets a part of it pass at {place.subnet_id}", found.at, about)
    return replace(part, sure=sure, possible=found.possible, shut=shut)
