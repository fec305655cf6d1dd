"""Do network ACLs let a connection and its answers pass?

An ACL keeps no state, and the entry with the lowest number that matches decides
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
"""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.account.network import NetworkAcl, NetworkAclEntry
from scenarios.network.security_group import contains

EPHEMERAL = (1024, 65535)
"""The ports that answers come back to; a client may take any of them."""


@dataclass(frozen=True)
class Crossing:
    """A packet's way across an ACL: out of or into its subnet, its peer's block, and the ports that it may have."""

    egress: bool
    peer: str
    ports: tuple[int, int]


def refusing(acl: NetworkAcl, crossing: Crossing) -> NetworkAclEntry | NetworkAcl | None:
    """What refuses the packet for some of its ports: an entry, or the ACL's closing rule; nothing where all pass."""
    open_ports = [crossing.ports]
    for entry in sorted(acl.entries, key=lambda entry: entry.number):
        if entry.egress != crossing.egress or not _tcp(entry) or not _overlaps(entry, crossing.peer):
            continue
        covered = _ports(entry)
        hit = [part for part in open_ports if part[0] <= covered[1] and covered[0] <= part[1]]
        if not hit:
            continue
        if not entry.allow:
            return entry
        if contains(entry.cidr, crossing.peer):
            open_ports = [rest for part in open_ports for rest in _without(part, covered)]
        if not open_ports:
            return None
    return acl


def _tcp(entry: NetworkAclEntry) -> bool:
    return entry.protocol in ("-1", "6", "tcp", "all")


def _ports(entry: NetworkAclEntry) -> tuple[int, int]:
    if entry.protocol in ("-1", "all") or entry.from_port is None or entry.to_port is None:
        return 0, 65535
    return entry.from_port, entry.to_port


def _overlaps(entry: NetworkAclEntry, peer: str) -> bool:
    return contains(entry.cidr, peer) or contains(peer, entry.cidr)


def _without(part: tuple[int, int], covered: tuple[int, int]) -> list[tuple[int, int]]:
    rest = [(part[0], covered[0] - 1), (covered[1] + 1, part[1])]
    if covered[1] < part[0] or part[1] < covered[0]:
        return [part]
    return [(low, high) for low, high in rest if low <= high and low >= part[0] and high <= part[1]]
