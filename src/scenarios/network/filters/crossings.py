"""The network ACLs that a connection to an AWS service crosses, out and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.account.network import NetworkAclEntry, Subnet
from scenarios.account.workload import LambdaFunction
from scenarios.finding import Origin
from scenarios.network.addresses import addresses_of, picked_by_aws
from scenarios.network.filters.network_acl import Ruling, ruling
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Hop, Undecided
from scenarios.network.sets.addresses import PUBLIC_V4
from scenarios.network.sets.packets import Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.network.standing import Standing
from scenarios.network.topology import own_block

HTTPS = kinds("tcp", 443, 443)
EPHEMERAL = kinds("tcp", 1024, 65535)
"""Where answers come back to: a client takes any of these ports, Lambda and NAT gateways do."""
LINUX = kinds("tcp", 32768, 60999)
"""The ports that Linux takes, as its kernel comes ("Custom network ACLs for your VPC",
https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html)."""


@dataclass(frozen=True)
class Acls:
    """What stands in the way of TCP 443 and its answers, and what the answer hangs on."""

    stop: Blocked | Undecided | None
    about: tuple[Origin, ...]
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True)
class _Crossing:
    """A packet's way across the ACL of `where`: out of or into the subnet, to or from `peers`."""

    where: Subnet
    egress: bool
    peers: Ranges
    answers: bool

    @property
    def words(self) -> str:
        ports = "answers on TCP 1024-65535" if self.answers else "TCP 443"
        return f"{ports} {'out of' if self.egress else 'into'} {self.where.subnet_id}"


def acls(standing: Standing, subnet: Subnet, place: Subnet | None) -> Acls:
    """What the ACLs say on the way from `subnet` to `place`, or to a service's public addresses."""
    source, senders = standing.source, addresses_of(standing.source, subnet)
    key = (acls, subnet.subnet_id, place.subnet_id if place else None, source.name, type(source), senders)
    memo = standing.topology.memo
    if key not in memo:
        memo[key] = _acls(standing, subnet, place)
    found: Acls = memo[key]
    return found


def _acls(standing: Standing, subnet: Subnet, place: Subnet | None) -> Acls:
    topology = standing.topology
    about: list[Origin] = []
    hops: dict[str, Hop] = {}
    undecided: Undecided | None = None
    for crossing in _crossings(subnet, place, addresses_of(standing.source, subnet)):
        acl = topology.acl(crossing.where)
        if acl is None:
            why = f"the network ACL {topology.unknown_association(crossing.where)}"
            undecided = undecided or _undecided(why, crossing.where.origin)
            continue
        wanted = Packets.of(EPHEMERAL if crossing.answers else HTTPS, crossing.peers)
        found = ruling(topology, acl, wanted, egress=crossing.egress)
        own = (*whole(acl), *found.hangs, *_narrow(found, subnet, place))
        about += own
        if wanted <= found.passed:
            passed = "lets TCP 443 and its answers pass"
            hops.setdefault(acl.acl_id, Hop(acl.acl_id, f"{passed}, at {crossing.where.subnet_id}", acl.origin))
            continue
        unsure = _unsure(standing, crossing, found, wanted, subnet, public=place is None)
        if unsure is None and found.refusing is not None:
            why = f"network ACL {acl.acl_id} refuses {crossing.words}"
            return Acls(Blocked("network-acl", why, found.refusing.origin or acl.origin, about=own), own)
        why = f"network ACL {acl.acl_id} lets a part of {crossing.words} pass: {unsure}"
        at = found.refusing.origin if found.refusing else None
        undecided = undecided or (_unread(acl.acl_id, found.unread) if found.unread else _undecided(why, at))
    return Acls(undecided, tuple(dict.fromkeys(about)), tuple(hops.values()))


def _crossings(subnet: Subnet, place: Subnet | None, own: Ranges) -> Iterator[_Crossing]:
    """The request out and its answer back; at an endpoint's own subnet also in and out. Inside one subnet no ACL is
    crossed."""
    if place is not None and place.subnet_id == subnet.subnet_id:
        return
    peers = own_block(place) if place else PUBLIC_V4
    yield _Crossing(subnet, True, peers, answers=False)
    yield _Crossing(subnet, False, peers, answers=True)
    if place is not None:
        yield _Crossing(place, False, own, answers=False)
        yield _Crossing(place, True, own, answers=True)


def _unsure(
    standing: Standing, crossing: _Crossing, found: Ruling, wanted: Packets, subnet: Subnet, *, public: bool
) -> str | None:
    """Why nobody can tell whether what passes is enough; nothing where it is not."""
    if wanted <= found.possible:
        return "an entry's block cannot be read"
    if crossing.where != subnet and picked_by_aws(standing.source, subnet) and _complete(found, wanted):
        return f"which address {standing.source.name} gets is not known"
    if public and _complete(found, wanted):
        return "which of the public addresses the service has is not known"
    linux = Packets.of(LINUX, crossing.peers)
    if crossing.answers and not isinstance(standing.source, LambdaFunction) and linux <= found.possible:
        return f"which ports {standing.source.name} gets its answers on hangs on its operating system"
    return None


def _complete(found: Ruling, wanted: Packets) -> Ranges:
    """The addresses for which all kinds of the wanted packets pass or may pass."""
    return wanted.addresses - (wanted - found.possible).addresses


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
