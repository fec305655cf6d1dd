"""Where packets are on their way: at a subnet's route table, sent on by some interface there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from scenarios.account.network import Route, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.addresses import addresses_of
from scenarios.network.filters.screen import sift
from scenarios.network.routes.way import Way
from scenarios.network.sets.addresses import ALL_V4, blocks
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology, own_block


@dataclass(frozen=True)
class At:
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

    def within(self, subnet: Subnet, by: str) -> At:
        """The same packets at another subnet's table."""
        return replace(self, subnet=subnet, by=by, depth=self.depth + 1, guarded=True)


Onward = Callable[[At, Way], Iterator[Way]]
"""The ways on from a place: what a gateway asks where its own subnet's routes decide."""

Step = Callable[[At, Way, Route, Origin | None, Onward], Iterator[Way]]
"""What the target of a route does with the packets."""


def through(at: At, way: Way, step: Callable[[Way], Iterator[Way]]) -> Iterator[Way]:
    """On, with what the network ACL of the subnet lets out of it, where that is to be asked."""
    if at.guarded:
        way, stopped = sift(at.topology, at.subnet, way)
        yield from stopped
    if way.packets:
        yield from step(way)


def block_of(subnet: Subnet, version: Ranges, source: Workload | None = None) -> Ranges:
    """The addresses of one version that interfaces in the subnet may have; of `source` its own ones."""
    own = own_block(subnet) if source is None else addresses_of(source, subnet)
    return own & ALL_V4 if version == ALL_V4 else blocks(subnet.ipv6_cidrs)
