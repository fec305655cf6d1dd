"""Peering connections.

They carry only what goes from one of their two VPCs to the other, never on through a gateway of either ("VPC peering
basics", https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account.network import Peering, Route
from scenarios.finding import Origin
from scenarios.network.hangs import whole
from scenarios.network.path import Hop
from scenarios.network.routes.place import At, Onward
from scenarios.network.routes.way import Way
from scenarios.network.sets.addresses import PUBLIC, blocks
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


def peering_connection(at: At, way: Way, route: Route, origin: Origin | None, _: Onward) -> Iterator[Way]:
    """To the VPC at the other end, where the packets are for it."""
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


def _to_peer(at: At, way: Way, peering: Peering, origin: Origin | None) -> Iterator[Way]:
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
