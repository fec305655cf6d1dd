"""The answers to a connection cross network ACLs as packets of their own, to the client's ephemeral ports."""

from __future__ import annotations

from scenarios.account.network import NetworkAcl
from scenarios.network.network_acl import ruling
from scenarios.network.packets import EVERY_KIND, TCP, UDP, Packets, kinds
from scenarios.network.ranges import Ranges

_ANSWERS: tuple[tuple[Ranges, Ranges], ...] = (
    (kinds(str(TCP)), kinds("tcp", 1024, 65535)),
    (kinds(str(UDP)), kinds("udp", 1024, 65535)),
)
"""The packets of a protocol, and what its answers come as."""


def answered(
    acl: NetworkAcl, sure: Packets, possible: Packets, *, egress: bool = True, peers: Ranges | None = None
) -> tuple[Packets, Packets]:
    """Those of the packets, sure and possible ones, whose answers the ACL lets pass on any of their ports.

    The answers go to (or come from) the packets' own addresses, or to `peers`.
    """
    return _answered(acl, sure, egress, peers, surely=True), _answered(acl, possible, egress, peers, surely=False)


def _answered(acl: NetworkAcl, packets: Packets, egress: bool, peers: Ranges | None, *, surely: bool) -> Packets:
    kept = Packets()
    other = EVERY_KIND - _ANSWERS[0][0] - _ANSWERS[1][0]
    for protocol, ports in (*_ANSWERS, (other, other)):
        part = packets & Packets.of(protocol)
        if not part:
            continue
        found = ruling(acl, Packets.of(ports, part.addresses if peers is None else peers), egress=egress)
        back = found.passed if surely else found.possible
        kept |= part.at(back.addresses) if peers is None else part if back else Packets()
    return kept
