"""One question: the way from a source to a destination, or the one thing that blocks it."""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.workload import Workload
from scenarios.network.attached import each_interface
from scenarios.network.elsewhere import to_block, to_network
from scenarios.network.internet import ways_in, ways_out
from scenarios.network.isolation import cut_off
from scenarios.network.path import Block, Blocked, Destination, Internet, Network, Service, Trace, best, together
from scenarios.network.services.through import through_endpoint

_NOT_BY_ENDPOINT = frozenset({"no-endpoint", "no-subnet", "private-dns-off"})
"""Breaks that leave a service's name resolving to its public addresses."""


def trace(account: Account, source: Workload | Internet, destination: Destination | Workload) -> Trace:
    """The way that a connection takes, hop by hop.

    To a service: through an endpoint where its name resolves to one, else out to its public address; every subnet of
    the workload has to have the way. An instance with several network interfaces takes the primary one, unless another
    stands in the very subnet that the packets are for. To the internet, another network or a block of addresses:
    whether anything gets there, with the packets that do. From the internet to a workload: whether anybody there can
    open a connection. On ways to the internet, to another network and from the internet each interface counts.

    Raises ValueError for what has neither a workload as its source nor one as the internet's destination.
    """
    if isinstance(source, Internet):
        if not isinstance(destination, Workload):
            raise ValueError("only the way from the internet to a workload can be traced")
        return best(ways_in(account, source=destination))
    if isinstance(destination, Workload):
        raise ValueError("the way to a workload can be traced from the internet only")
    if (cut := cut_off(source, destination.name if isinstance(destination, Service) else None)) is not None:
        return cut
    if isinstance(destination, Internet):
        return together(ways_out(account, source))
    if isinstance(destination, Network):
        return to_network(account, source, destination)
    if isinstance(destination, Block):
        return to_block(account, source, destination)
    through = through_endpoint(account, source, destination.name)
    if not isinstance(through, Blocked) or through.code not in _NOT_BY_ENDPOINT:
        return through
    outside = best(ways_out(account, each_interface(source)[0]))
    return through if isinstance(outside, Blocked) else outside
