"""The network ACLs between a subnet and the far end of a connection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.account.network import NetworkAclEntry, Subnet
from scenarios.finding import Origin
from scenarios.network.hangs import on, whole
from scenarios.network.network_acl import EPHEMERAL, Crossing, Ruling, ruling
from scenarios.network.path import Blocked, Undecided
from scenarios.network.topology import Topology

HTTPS = 443


@dataclass(frozen=True)
class Acls:
    """What stands in the way of TCP 443 and its answers, and what the answer hangs on."""

    stop: Blocked | Undecided | None
    about: tuple[Origin, ...]


def acls(topology: Topology, subnet: Subnet, place: Subnet | None) -> Acls:
    """What the ACLs say on the way from `subnet` to `place`, or to a service's public addresses."""
    about: list[Origin] = []
    undecided: Undecided | None = None
    for where, crossing in _crossings(subnet, place):
        acl = topology.acl(where)
        if acl is None:
            undecided = undecided or _undecided(f"the network ACL {topology.unknown_association(where)}", where.origin)
            continue
        found = ruling(acl, crossing)
        own = (*whole(acl), *found.hangs, *_narrow(found, subnet, place))
        if found.refusing is not None:
            why = f"network ACL {acl.acl_id} refuses {_packets(crossing)} {where.subnet_id}"
            return Acls(Blocked("network-acl", why, found.refusing.origin or acl.origin, about=own), own)
        if found.unread is not None:
            undecided = undecided or _unread(acl.acl_id, found.unread)
        about += own
    return Acls(undecided, tuple(about))


def _crossings(subnet: Subnet, place: Subnet | None) -> Iterator[tuple[Subnet, Crossing]]:
    """The request out and its answer back; at an endpoint's own subnet also in and out. Inside one subnet no ACL is
    crossed."""
    if place is not None and place.subnet_id == subnet.subnet_id:
        return
    peer = place.cidr if place else "0.0.0.0/0"
    yield subnet, Crossing(True, peer, (HTTPS, HTTPS))
    yield subnet, Crossing(False, peer, EPHEMERAL)
    if place is not None:
        yield place, Crossing(False, subnet.cidr, (HTTPS, HTTPS))
        yield place, Crossing(True, subnet.cidr, EPHEMERAL)


def _packets(crossing: Crossing) -> str:
    ports = "TCP 443" if crossing.ports[0] == HTTPS else "answers on TCP 1024-65535"
    return f"{ports} {'out of' if crossing.egress else 'into'}"


def _narrow(found: Ruling, *subnets: Subnet | None) -> tuple[Origin, ...]:
    """The subnets' own blocks, where entries for parts of all addresses were compared with them."""
    if not found.narrow:
        return ()
    return tuple(origin for subnet in subnets if subnet for origin in on(subnet, "CidrBlock"))


def _unread(acl: str, entry: NetworkAclEntry) -> Undecided:
    way = "egress" if entry.egress else "ingress"
    why = f"{way} entry {entry.number} of network ACL {acl} is for {entry.cidr}, which is no block that can be read"
    return _undecided(why, entry.origin)


def _undecided(why: str, at: Origin | None) -> Undecided:
    return Undecided(why, at, code="network-acl")
