"""What a security group or a network ACL lets in from anybody, whatever stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from scenarios.account import Account
from scenarios.account.network import NetworkAcl, NetworkAclEntry, SecurityGroup, SecurityGroupRule
from scenarios.finding import Origin
from scenarios.network.filters.network_acl import covered, ruling
from scenarios.network.filters.security_group import Admission, Side, admission
from scenarios.network.hangs import BLOCK, PEER, PORTS, on
from scenarios.network.sets.addresses import PUBLIC, anybody, block
from scenarios.network.sets.packets import EVERY_KIND, Packets
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class Exposure:
    """A rule or entry that lets packets of these kinds in from anybody; `at` is the property that says from whom.

    With `sure` false it may: whom it is for cannot be read.
    """

    at: Origin | None
    kinds: Ranges
    sure: bool
    hangs: tuple[Origin, ...]

    def __str__(self) -> str:
        return str(Packets.of(self.kinds, PUBLIC)).rpartition(" at ")[0]


@dataclass(frozen=True)
class Exposed:
    """What lets anybody in, if anything does; `hangs` are the properties that the answer hangs on."""

    by: tuple[Exposure, ...]
    hangs: tuple[Origin, ...]


def group_exposures(account: Account, group: SecurityGroup, wanted: Ranges = EVERY_KIND) -> Exposed:
    """By which rules a security group lets any of the wanted kinds in from anybody.

    Rules add up: two halves of all addresses are all of them.
    """
    topology = account.derived(Topology)
    packets = Packets.of(wanted, PUBLIC)
    whole = admission(topology, (group,), "ingress", packets, Side(PUBLIC))
    sure, possible = wide(whole.passed), wide(whole.possible)
    if not possible:
        return Exposed((), whole.hangs)
    rules = [(rule, _alone(topology, group, rule, packets)) for rule in group.rules if rule.direction == "ingress"]
    by_one = Ranges.of(*(part for _, own in rules for part in wide(own.passed).parts))
    found = []
    for rule, own in rules:
        for kinds, part, certain in ((sure, own.passed, True), (possible - sure, own.possible, False)):
            # A narrow rule beside one for everybody adds nothing.
            opened = kinds & (wide(part) | (part.kinds - by_one))
            if opened:
                found.append(Exposure(_peer(rule), opened, certain, on(rule, *PORTS, *PEER)))
    return Exposed(tuple(found), whole.hangs)


def _alone(topology: Topology, group: SecurityGroup, rule: SecurityGroupRule, packets: Packets) -> Admission:
    return admission(topology, (group.model_copy(update={"rules": (rule,)}),), "ingress", packets, Side(PUBLIC))


def _peer(rule: SecurityGroupRule) -> Origin | None:
    """The property that names the peer."""
    names = ("SourcePrefixListId",) if rule.prefix_list_id else BLOCK[1:] if ":" in (rule.cidr or "") else BLOCK[:1]
    return next(iter(on(rule, *names)), None)


def acl_exposures(account: Account, acl: NetworkAcl, wanted: Ranges) -> Exposed:
    """By which entries a network ACL lets any of the wanted kinds in from anybody."""
    topology = account.derived(Topology)
    found = ruling(topology, acl, Packets.of(wanted, PUBLIC), egress=False)
    sure, possible = wide(found.passed), wide(found.possible)
    allowing = [entry for entry in acl.entries if entry.allow and not entry.egress]
    exposures = []
    for kinds, certain in ((sure, True), (possible - sure, False)):
        left = kinds
        for entry in sorted(allowing, key=lambda entry: entry.number):
            opened = covered(entry) & left if _concerns(entry) else Ranges()
            if opened:
                left -= opened
                exposures.append(Exposure(entry.origin, opened, certain, found.hangs))
    return Exposed(tuple(exposures), found.hangs)


def _concerns(entry: NetworkAclEntry) -> bool:
    addresses = block(entry.cidr)
    return addresses is None or bool(addresses & PUBLIC)


def wide(packets: Packets) -> Ranges:
    """The kinds of packets that come from anybody."""
    edges = {edge for box in packets.boxes for low, high in box.kinds.parts for edge in (low, high + 1)}
    parts = []
    for low, after in pairwise(sorted(edges)):
        addresses = Ranges()
        for box in packets.boxes:
            if low in box.kinds:
                addresses |= box.addresses
        if anybody(addresses):
            parts.append((low, after - 1))
    return Ranges.of(*parts)
