"""What a network ACL lets pass of packets whose sender has one of several addresses, nobody knows which."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scenarios.account.network import Subnet
from scenarios.finding import Origin
from scenarios.network.filters.network_acl import Ruling, open_to_all, ruling
from scenarios.network.hangs import whole
from scenarios.network.routes.way import Way
from scenarios.network.sets.packets import Packets
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class Screened:
    """Packets that surely pass, and those that pass at best."""

    sure: Packets
    possible: Packets
    at: Origin | None
    about: tuple[Origin, ...]


def screened(topology: Topology, place: Subnet, packets: Packets, senders: Ranges | None) -> Screened | None:
    """What the ACL of the subnet says to packets: on their way out of it, or into it from `senders`.

    Nothing where it is not known which ACL that is.
    """
    acl = topology.acl(place)
    if acl is None:
        return None
    whole_way = packets.addresses if senders is None else senders
    if (free := open_to_all(topology, acl, whole_way, egress=senders is None)) is not None:
        return Screened(packets, packets, acl.origin, (*whole(acl), *free.hangs))
    key = (screened, acl.acl_id, packets, senders)
    if key not in topology.memo:
        if senders is None:
            found = ruling(topology, acl, packets, egress=True)
            sure, possible = found.passed, found.possible
        else:
            found = ruling(topology, acl, Packets.of(packets.kinds, senders), egress=False)
            sure, possible = _from_all(found, packets, senders), packets & Packets.of(found.possible.kinds)
        at = (found.refusing.origin if found.refusing else None) or acl.origin
        topology.memo[key] = Screened(sure, possible, at, (*whole(acl), *found.hangs))
    kept: Screened = topology.memo[key]
    return kept


def _from_all(found: Ruling, packets: Packets, senders: Ranges) -> Packets:
    """Those that pass whichever of the senders has sent them."""
    refused = (Packets.of(packets.kinds, senders) - found.passed).kinds
    return packets & Packets.of(packets.kinds - refused)


def sift(topology: Topology, place: Subnet, way: Way, senders: Ranges | None = None) -> tuple[Way, list[Way]]:
    """The part of a way that passes the subnet's ACL, and the parts that it stops."""
    found = screened(topology, place, way.packets, senders)
    if found is None:
        why = f"the network ACL {topology.unknown_association(place)}"
        return replace(way, packets=Packets()), [way.undecided(why, place.origin, code="network-acl")]
    way = replace(way, about=(*way.about, *found.about))
    if way.packets <= found.sure:
        return way, []
    acl = topology.acl(place)
    words = f"network ACL {acl.acl_id if acl else ''} at {place.subnet_id}"
    direction = "out" if senders is None else "in"
    stopped = []
    if refused := way.packets - found.possible:
        why = f"{words} does not let it {direction}"
        stopped.append(replace(way, packets=refused).blocked("network-acl", why, found.at))
    if unsure := found.possible - found.sure:
        why = f"{words} lets a part of it {direction}"
        stopped.append(replace(way, packets=unsure).undecided(why, found.at, code="network-acl"))
    return replace(way, packets=found.sure), stopped
