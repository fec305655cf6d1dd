"""Where a route table sends a packet: of the routes that match, the one with the longest prefix decides
(https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scenarios.account.network import Route, RouteTable, Vpc
from scenarios.network.sets.addresses import block, length
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True, slots=True)
class Leg:
    """The addresses that a table sends one way. Without `route` it has none for them.

    `unread` tells that the route's destination cannot be read: the addresses are those that it could be for. `torn`
    tells that another route for the same addresses leads elsewhere, and that nothing says which of them decides.
    """

    route: Route | None
    addresses: Ranges
    unread: bool = False
    torn: bool = False


def legs(topology: Topology, table: RouteTable, wanted: Ranges) -> tuple[Leg, ...]:
    """The ways of the wanted addresses, each address on one of them; routes that cannot be read come last."""
    key = (legs, table.route_table_id, wanted)
    if key not in topology.memo:
        topology.memo[key] = tuple(_legs(topology, table, wanted))
    found: tuple[Leg, ...] = topology.memo[key]
    return found


def _legs(topology: Topology, table: RouteTable, wanted: Ranges) -> Iterator[Leg]:
    known, unread = _destinations(topology, table)
    left = wanted
    for index, (rank, route, addresses) in enumerate(known):
        shared = left & addresses
        if shared:
            left -= shared
            torn = shared & _rivals(known[index + 1 :], rank, route)
            yield from (Leg(route, part, torn=lost) for part, lost in ((shared - torn, False), (torn, True)) if part)
        if not left:
            break
    if left:
        yield Leg(None, left)
    for route in unread:
        yield Leg(route, wanted, unread=True)


def _rivals(others: Sequence[_Destination], rank: tuple[int, int, int], route: Route) -> Ranges:
    """The addresses of routes of the same rank that lead elsewhere; of prefix lists that overlap AWS picks one."""
    found = Ranges()
    for other, rival, addresses in others:
        if other != rank:
            break
        if (rival.target, rival.target_id) != (route.target, route.target_id):
            found |= addresses
    return found


_Destination = tuple[tuple[int, int, int], Route, Ranges]


def _destinations(topology: Topology, table: RouteTable) -> tuple[list[_Destination], list[Route]]:
    """The table's routes with the addresses of each, the first to decide first, and those that cannot be read.

    Among equals local routes come first, then those for a block, then those for a prefix list.
    """
    key = (_destinations, table.route_table_id)
    if key in topology.memo:
        kept: tuple[list[_Destination], list[Route]] = topology.memo[key]
        return kept
    known: list[_Destination] = []
    unread: list[Route] = []
    for route in (*_local(topology.vpcs.get(table.vpc_id)), *table.routes):
        if route.target == "gateway-endpoint":
            continue  # it carries the addresses of one service, which nobody lists here
        texts = _blocks(topology, route)
        if texts is None or any(block(text) is None for text in texts):
            unread.append(route)
            continue
        far, listed = int(route.target != "local"), int(route.destination.startswith("pl-"))
        known += [((-length(text), far, listed), route, block(text) or Ranges()) for text in texts]
    known.sort(key=lambda each: each[0])
    topology.memo[key] = (known, unread)
    return known, unread


def _local(vpc: Vpc | None) -> Iterator[Route]:
    """Every block of the VPC has a local route, whether it is listed or not."""
    for text in (*vpc.cidrs, *vpc.ipv6_cidrs) if vpc else ():
        yield Route(destination=text, target="local", origin=vpc.origin if vpc else None)


def _blocks(topology: Topology, route: Route) -> tuple[str, ...] | None:
    if not route.destination.startswith("pl-"):
        return (route.destination,)
    found = topology.prefix_lists.get(route.destination)
    return found.cidrs if found is not None and found.owner != "AWS" else None


def to_gateway_endpoint(table: RouteTable, endpoint_id: str) -> Route | None:
    """The route that a gateway endpoint has put into the table."""
    return next((route for route in table.routes if route.target_id == endpoint_id), None)
