"""Ways to addresses that are no service's: in the workload's own VPC, in other networks, or on the internet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.network import Subnet, Vpc
from scenarios.account.workload import Workload
from scenarios.network.addresses import EVERY_ADDRESS, PUBLIC, block, blocks, texts
from scenarios.network.answers import answered
from scenarios.network.forward import INTERNET
from scenarios.network.hangs import whole
from scenarios.network.leaving import Leaving, leaving
from scenarios.network.network_acl import Ruling, ruling
from scenarios.network.packets import EVERY_KIND, Packets, kinds
from scenarios.network.path import Block, Blocked, Hop, Network, Path, Trace, Undecided, best, worst
from scenarios.network.ranges import Ranges
from scenarios.network.returning import lost_on_return
from scenarios.network.standing import Standing, named, stand


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
    traces = [best(list(_ends(standing, subnet, wanted, answers=port is not None))) for subnet in standing.subnets]
    found = worst(traces)
    if isinstance(found, Blocked) and not all(isinstance(trace, Blocked) for trace in traces):
        cut = named(standing.subnets[traces.index(found)])
        return replace(found, why=f"{found.why}; of the subnets of {source.name}, {cut} is cut off")
    return found


def to_network(account: Account, source: Workload, destination: Network) -> Trace:
    """Whether any connection gets to any address of another network."""
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return standing
    found = dict(_networks(standing)).get(destination.name)
    if found:
        return best(found)
    why = f"no route of {standing.vpc.vpc_id} leads to {destination.name}"
    return Blocked("no-route", why, standing.vpc.origin or source.origin, about=standing.about)


def to_networks(account: Account, source: Workload) -> dict[Network, Trace]:
    """The way to each other network that any route leads to: other VPCs, and whatever lies behind a gateway."""
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return {}
    return {Network(name): best(traces) for name, traces in _networks(standing)}


def _networks(standing: Standing) -> list[tuple[str, list[Trace]]]:
    topology = standing.topology
    key = (_networks, standing.subnets, tuple(group.group_id for group in standing.groups), standing.source.arn)
    if key not in topology.memo:
        found: dict[str, list[Trace]] = {}
        own, others = _all(standing.vpc), Ranges()
        for vpc in topology.vpcs.values():
            others |= _all(vpc) if vpc.vpc_id != standing.vpc.vpc_id else Ranges()
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
    elif via is not None and not (isinstance(part.way.stop, Blocked) and part.way.stop.code == "not-public"):
        yield where if where not in (None, INTERNET) else via, part.trace


def _all(vpc: Vpc) -> Ranges:
    return blocks((*vpc.cidrs, *vpc.ipv6_cidrs))


def _ends(standing: Standing, subnet: Subnet, wanted: Packets, *, answers: bool) -> Iterator[Trace]:
    for part in leaving(standing, subnet, wanted, strangers=True):
        where = part.way.where
        if part.way.stop is not None or where is None:
            yield part.trace
        elif where != INTERNET:
            yield from _inside(standing, part)
        elif answers:
            yield _answered_at_home(standing, part).trace
        else:
            yield part.trace


def _answered_at_home(standing: Standing, part: Leaving) -> Leaving:
    """Those packets whose answers the ACL of the workload's own subnet lets in."""
    acl = standing.topology.acl(part.subnet)
    if acl is None or not part.possible:
        return part
    sure, possible = answered(acl, part.sure, part.possible, egress=False)
    shut: Blocked | Undecided | None = part.shut
    if not possible:
        why = f"network ACL {acl.acl_id} lets no answer into {part.subnet.subnet_id}"
        shut = Blocked("network-acl", why, acl.origin, part.way.hops, (*part.way.about, *whole(acl)))
    return replace(part, sure=sure, possible=possible, shut=shut)


def _inside(standing: Standing, part: Leaving) -> Iterator[Trace]:
    """From where the packets have come into a VPC to each of its subnets that they are for."""
    wanted = part.way.packets.addresses
    places = [
        (place, shared)
        for place in standing.topology.subnets_of[part.way.where or ""]
        if (shared := wanted & blocks((place.cidr, *place.ipv6_cidrs)))
    ]
    for place, shared in places:
        yield _to_place(standing, part, place, shared)
    if not places:
        why = f"no subnet of {part.way.where} has such an address"
        yield Blocked("no-subnet", why, part.way.about[0] if part.way.about else None, part.way.hops, part.way.about)


def _to_place(standing: Standing, part: Leaving, place: Subnet, shared: Ranges) -> Trace:
    way = part.way.part(shared)
    here = replace(part, way=way, sure=part.sure.at(shared), possible=part.possible.at(shared))
    if not here.possible or place.subnet_id == part.subnet.subnet_id:
        return here.trace
    if (lost := lost_on_return(standing, part.subnet, place, way)) is not None:
        return lost
    here = _answered_at_home(standing, _admitted(standing, here, place))
    trace = here.trace
    if not isinstance(trace, Path):
        return trace
    hop = Hop(
        place.subnet_id, f"holds {texts(trace.packets.addresses)}: what stands there admits what it will", place.origin
    )
    return replace(trace, hops=(*trace.hops, hop))


def _admitted(standing: Standing, part: Leaving, place: Subnet) -> Leaving:
    """Those packets that the ACL of the subnet at the far end lets in, and whose answers it lets out."""
    acl = standing.topology.acl(place)
    clients = blocks((part.subnet.cidr, *part.subnet.ipv6_cidrs))
    if acl is None:
        why = f"the network ACL {standing.topology.unknown_association(place)}"
        return replace(part, sure=Packets(), shut=part.shut or Undecided(why, place.origin, part.way.about))
    found = ruling(acl, Packets.of(part.possible.kinds, clients), egress=False)
    surely = part.possible.kinds - _refused(found, part.possible.kinds, clients)
    sure = part.sure & Packets.of(surely)
    possible = part.possible & Packets.of(found.possible.kinds)
    sure, possible = answered(acl, sure, possible, peers=clients)
    about = (*part.way.about, *whole(acl), *found.hangs)
    part = replace(part, way=replace(part.way, about=about))
    at = (found.refusing.origin if found.refusing else None) or acl.origin
    why = f"network ACL {acl.acl_id} refuses it, or its answers, at {place.subnet_id}"
    if not possible:
        shut: Blocked | Undecided | None = Blocked("network-acl", why, at, part.way.hops, about)
    else:
        unsure = Undecided(f"network ACL {acl.acl_id} lets a part of it pass at {place.subnet_id}", at, about)
        shut = part.shut or (None if sure else unsure)
    return replace(part, sure=sure, possible=possible, shut=shut)


def _refused(found: Ruling, wanted: Ranges, clients: Ranges) -> Ranges:
    """The kinds of packets that some client's address keeps from passing."""
    return (Packets.of(wanted, clients) - found.passed).kinds
