"""The answers to a connection are packets of their own, to the client's ephemeral ports."""

from __future__ import annotations

from scenarios.account.network import NetworkAcl
from scenarios.network.filters.network_acl import open_to_all, ruling
from scenarios.network.sets.packets import EVERY_KIND, TCP, UDP, Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology

_TCP, _UDP = kinds(str(TCP)), kinds(str(UDP))
_OTHER = EVERY_KIND - _TCP - _UDP
_ANSWERS: tuple[tuple[Ranges, Ranges], ...] = (
    (_TCP, kinds("tcp", 1024, 65535)),
    (_UDP, kinds("udp", 1024, 65535)),
    (_OTHER, _OTHER),
)
"""The packets of a protocol, and what its answers come as."""


def answered(
    topology: Topology, acl: NetworkAcl, sure: Packets, possible: Packets, *, egress: bool = False
) -> tuple[Packets, Packets]:
    """Those of the packets, sure and possible ones, whose answers the ACL lets pass on any of their ports.

    The answers come from (or, where they go out, to) the packets' own addresses.
    """
    if open_to_all(topology, acl, possible.addresses, egress=egress) is not None:
        return sure, possible
    kept = _answered(topology, acl, sure, egress, surely=True)
    return kept, kept if sure == possible == kept else _answered(topology, acl, possible, egress, surely=False)


def _answered(topology: Topology, acl: NetworkAcl, packets: Packets, egress: bool, *, surely: bool) -> Packets:
    kept = Packets()
    for protocol, ports in _ANSWERS:
        part = packets & Packets.of(protocol)
        if part:
            found = ruling(topology, acl, Packets.of(ports, part.addresses), egress=egress)
            kept |= part.at((found.passed if surely else found.possible).addresses)
    return kept


def answered_through(packets: Packets, back: Packets, clients: Ranges, *, surely: bool) -> Packets:
    """Those of the packets whose answers are among `back`, what gets back to the clients, on any of their ports:
    surely, if to each of the clients."""
    kept = Packets()
    for protocol, ports in _ANSWERS:
        part = packets & Packets.of(protocol)
        wanted = Packets.of(ports, clients)
        if not part or not wanted:
            continue
        lost = wanted - back
        if ports - lost.kinds if surely else wanted & back:
            kept |= part
    return kept
