"""Do network ACLs let a connection and its answers pass?

An ACL keeps no state, and the entry with the lowest number that matches decides
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scenarios.account.network import NetworkAcl, NetworkAclEntry
from scenarios.finding import Origin
from scenarios.network.blocks import contains, is_everything, overlaps
from scenarios.network.hangs import ENTRY_BLOCK, on

EPHEMERAL = (1024, 65535)
"""The ports that answers come back to; a client may take any of them."""

Ports = tuple[int, int]


@dataclass(frozen=True)
class Crossing:
    """A packet's way across an ACL: out of or into its subnet, its peer's block, and the ports that it may have."""

    egress: bool
    peer: str
    ports: Ports


@dataclass
class Ruling:
    """What an ACL says to a packet.

    `refusing` refuses it for some of its ports: an entry, or the ACL by its closing rule. `unread` is an entry whose
    block cannot be read, where the packet's fate hangs on it; where both are lacking, it passes. `hangs` are the
    properties that the answer hangs on, and `narrow` tells whether the peer's own addresses are among them.
    """

    refusing: NetworkAclEntry | NetworkAcl | None = None
    unread: NetworkAclEntry | None = None
    hangs: list[Origin] = field(default_factory=list)
    narrow: bool = False


def ruling(acl: NetworkAcl, crossing: Crossing) -> Ruling:
    """The packet's fate. An entry whose block cannot be read is taken at its worst, then at its best."""
    worst = _walk(acl, crossing, hopeful=False)
    if worst.refusing is None or worst.unread is None:
        return replace(worst, unread=None)
    best = _walk(acl, crossing, hopeful=True)
    return replace(worst, refusing=None) if best.refusing is None else replace(best, unread=None)


def _walk(acl: NetworkAcl, crossing: Crossing, *, hopeful: bool) -> Ruling:
    """Entry by entry until none of the ports is open any more; `unread` is the first entry that had to be guessed."""
    found = Ruling()
    left = [crossing.ports]
    for entry in sorted(acl.entries, key=lambda entry: entry.number):
        found.hangs += on(entry, "RuleNumber")
        if not _concerns(entry, crossing, left, found):
            continue
        inside, shared = contains(entry.cidr, crossing.peer), overlaps(entry.cidr, crossing.peer)
        if inside is None or shared is None:
            found.unread = found.unread or entry
            inside = shared = entry.allow is hopeful
        if not shared:
            found.hangs += on(entry, *ENTRY_BLOCK)
            continue
        found.hangs += on(entry, "Egress", "Protocol", *ENTRY_BLOCK, "PortRange", "RuleAction")
        if not entry.allow:
            found.refusing = entry
            return found
        if inside:
            left = [rest for part in left for rest in _without(part, _ports(entry))]
        if not left:
            return found
    found.refusing = acl
    return found


def _concerns(entry: NetworkAclEntry, crossing: Crossing, left: list[Ports], found: Ruling) -> bool:
    """Whether the entry is for such packets at all; where it is not, the verdict hangs on what makes it so."""
    covered = _ports(entry)
    if entry.egress != crossing.egress:
        found.hangs += on(entry, "Egress")
    elif entry.protocol not in ("-1", "6", "tcp", "all"):
        found.hangs += on(entry, "Protocol")
    elif not any(part[0] <= covered[1] and covered[0] <= part[1] for part in left):
        found.hangs += on(entry, "PortRange")
    else:
        found.narrow = found.narrow or not is_everything(entry.cidr)
        return True
    return False


def _ports(entry: NetworkAclEntry) -> Ports:
    if entry.protocol in ("-1", "all") or entry.from_port is None or entry.to_port is None:
        return 0, 65535
    return entry.from_port, entry.to_port


def _without(part: Ports, covered: Ports) -> list[Ports]:
    rest = [(part[0], covered[0] - 1), (covered[1] + 1, part[1])]
    if covered[1] < part[0] or part[1] < covered[0]:
        return [part]
    return [(low, high) for low, high in rest if low <= high and low >= part[0] and high <= part[1]]
