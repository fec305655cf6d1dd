"""Which packets does a network ACL let pass?

An ACL keeps no state, and the entry with the lowest number that matches decides
(https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.account.network import NetworkAcl, NetworkAclEntry
from scenarios.finding import Origin
from scenarios.network.hangs import ENTRY_BLOCK, on
from scenarios.network.sets.addresses import ALL_V4, ALL_V6, EVERY_ADDRESS, block, is_everything
from scenarios.network.sets.packets import EVERY_KIND, Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class Ruling:
    """What an ACL says to packets that go one way.

    `refusing` is the first entry that refuses some of them, or the ACL by its closing rule. `maybe` are those that
    pass besides where an entry whose block cannot be read, `unread`, is at its best. `hangs` are the properties that
    the answer hangs on, and `narrow` tells whether the packets' own addresses are among them.
    """

    passed: Packets
    maybe: Packets
    refusing: NetworkAclEntry | NetworkAcl | None
    unread: NetworkAclEntry | None
    hangs: tuple[Origin, ...]
    narrow: bool

    @property
    def possible(self) -> Packets:
        """What passes or may pass."""
        return self.passed | self.maybe


def ruling(topology: Topology, acl: NetworkAcl, wanted: Packets, *, egress: bool) -> Ruling:
    """Which of the wanted packets pass. An entry whose block cannot be read is taken at its worst, then at its best."""
    key = (ruling, acl.acl_id, wanted, egress)
    if key not in topology.memo:
        topology.memo[key] = _ruling(acl, wanted, egress)
    found: Ruling = topology.memo[key]
    return found


def open_to_all(topology: Topology, acl: NetworkAcl, addresses: Ranges, *, egress: bool) -> Ruling | None:
    """The ruling on all packets of the addresses' version, where every one of them passes: most ACLs are such."""
    version = 4 if addresses <= ALL_V4 else 6 if addresses <= ALL_V6 else 0
    key = (open_to_all, acl.acl_id, version, egress)
    if key not in topology.memo:
        everything = Packets.of(EVERY_KIND, {4: ALL_V4, 6: ALL_V6, 0: EVERY_ADDRESS}[version])
        found = ruling(topology, acl, everything, egress=egress)
        topology.memo[key] = found if everything <= found.passed else None
    kept: Ruling | None = topology.memo[key]
    return kept


def _ruling(acl: NetworkAcl, wanted: Packets, egress: bool) -> Ruling:
    worst = _walk(acl, wanted, egress, hopeful=False)
    if worst.unread is None or wanted <= worst.passed:
        return Ruling(worst.passed, Packets(), worst.refusing, None, tuple(worst.hangs), worst.narrow)
    best = _walk(acl, wanted, egress, hopeful=True)
    narrow = worst.narrow or best.narrow
    hangs = tuple(dict.fromkeys((*worst.hangs, *best.hangs)))
    return Ruling(worst.passed, best.passed - worst.passed, best.refusing, worst.unread, hangs, narrow)


@dataclass
class _Walk:
    """What has passed on the way down the entries; `unread` is the first entry that had to be guessed."""

    passed: Packets = field(default_factory=Packets)
    refusing: NetworkAclEntry | NetworkAcl | None = None
    unread: NetworkAclEntry | None = None
    hangs: list[Origin] = field(default_factory=list)
    narrow: bool = False


def _walk(acl: NetworkAcl, wanted: Packets, egress: bool, *, hopeful: bool) -> _Walk:
    """Entry by entry, until every packet has met one that is for it."""
    found, left = _Walk(), wanted
    for entry in sorted(acl.entries, key=lambda entry: entry.number):
        found.hangs += on(entry, "RuleNumber")
        if not _concerns(entry, egress, left, found):
            continue
        addresses = block(entry.cidr)
        if addresses is None:
            found.unread = found.unread or entry
            addresses = EVERY_ADDRESS if entry.allow is hopeful else Ranges()
        hit = left & Packets.of(covered(entry), addresses)
        if not hit:
            found.hangs += on(entry, *ENTRY_BLOCK)
            continue
        found.hangs += on(entry, "Egress", "Protocol", *ENTRY_BLOCK, "PortRange", "RuleAction")
        left -= hit
        if entry.allow:
            found.passed |= hit
        else:
            found.refusing = found.refusing or entry
        if not left:
            return found
    found.refusing = found.refusing or acl
    return found


def covered(entry: NetworkAclEntry) -> Ranges:
    """The kinds of packets that the entry is for."""
    return kinds(entry.protocol, entry.from_port, entry.to_port)


def _concerns(entry: NetworkAclEntry, egress: bool, left: Packets, found: _Walk) -> bool:
    """Whether the entry is for such packets at all; where it is not, the verdict hangs on what makes it so."""
    if entry.egress != egress:
        found.hangs += on(entry, "Egress")
    elif not kinds(entry.protocol) & left.kinds:
        found.hangs += on(entry, "Protocol")
    elif not covered(entry) & left.kinds:
        found.hangs += on(entry, "PortRange")
    else:
        found.narrow = found.narrow or not is_everything(entry.cidr)
        return True
    return False
