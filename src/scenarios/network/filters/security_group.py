"""Which packets does a set of security groups let pass?

Groups only allow, and keep state: an interface with several groups has the rules of all of them, and answers pass
(https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from scenarios.account.network import SecurityGroup, SecurityGroupRule
from scenarios.finding import Origin
from scenarios.network.hangs import PEER, PORTS, on, whole
from scenarios.network.sets.addresses import block, blocks, is_everything
from scenarios.network.sets.packets import Packets, kinds
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


@dataclass(frozen=True)
class Side:
    """The other side of a connection: the addresses that it may have, and what rules may call it.

    `groups` are those that its interface is in. `lists` are the prefix lists of AWS that these addresses are of.
    `strangers` tells that interfaces of groups which nobody names may stand at them. `names` are the logical ids whose
    address is the other side's own.
    """

    addresses: Ranges
    groups: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    strangers: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Admission:
    """What passes, and by which rules.

    `maybe` are the packets that pass besides where each rule whose peer cannot be read, `unread` being the first, is
    as wide as it can be. `hangs` are the properties that decided, and `narrow` tells whether the other side's own
    addresses did.
    """

    passed: Packets
    maybe: Packets
    rules: tuple[SecurityGroupRule, ...]
    unread: SecurityGroupRule | None
    hangs: tuple[Origin, ...]
    narrow: bool

    @property
    def possible(self) -> Packets:
        """What passes or may pass."""
        return self.passed | self.maybe


def admission(
    topology: Topology,
    groups: Iterable[SecurityGroup],
    direction: Literal["ingress", "egress"],
    wanted: Packets,
    side: Side,
) -> Admission:
    """Which of the wanted packets, to or from `side`, the groups let pass."""
    carrying, others = _rules(topology, groups, direction, wanted.kinds)
    passed, maybe = Packets(), Packets()
    used: list[SecurityGroupRule] = []
    unread: SecurityGroupRule | None = None
    for rule in carrying:
        peers = _peers(topology, rule, side)
        let = wanted & Packets.of(carried(rule), _at_most(topology, rule, side) if peers is None else peers)
        if peers is None:
            unread, maybe = unread or rule, maybe | let
        elif let - passed:
            used.append(rule)
            passed |= let
        if wanted <= passed:
            break
    if wanted <= passed:
        hangs = [origin for rule in used for origin in (*on(rule, *PORTS, *PEER), *_list_of(topology, rule))]
        return Admission(passed, Packets(), tuple(used), None, tuple(hangs), any(map(_narrow, used)))
    # One thing that rules a rule out is enough, however the other turns out.
    hangs = [origin for rule in others for origin in on(rule, *PORTS)]
    hangs += [origin for rule in carrying for origin in (*on(rule, *PEER), *_list_of(topology, rule))]
    return Admission(passed, maybe - passed, tuple(used), unread, tuple(hangs), any(map(_narrow, carrying)))


_Rules = tuple[tuple[SecurityGroupRule, ...], tuple[SecurityGroupRule, ...]]


def _rules(topology: Topology, groups: Iterable[SecurityGroup], direction: str, wanted: Ranges) -> _Rules:
    """The groups' rules in one direction: those that carry any of the wanted kinds, widest first, and the others."""
    listed = tuple(groups)
    key = (_rules, tuple(group.group_id for group in listed), direction, wanted)
    if not all(topology.groups.get(group.group_id) is group for group in listed):
        return _sorted(listed, direction, wanted)  # one that is asked about with other rules than its own
    if key not in topology.memo:
        topology.memo[key] = _sorted(listed, direction, wanted)
    found: _Rules = topology.memo[key]
    return found


def _sorted(groups: Iterable[SecurityGroup], direction: str, wanted: Ranges) -> _Rules:
    rules = [rule for group in groups for rule in group.rules if rule.direction == direction]
    carrying = [rule for rule in rules if carried(rule) & wanted]
    return tuple(_widest_first(carrying)), tuple(rule for rule in rules if not carried(rule) & wanted)


def carried(rule: SecurityGroupRule) -> Ranges:
    """The kinds of packets that the rule is for."""
    return kinds(rule.protocol, rule.from_port, rule.to_port)


def _widest_first(rules: Iterable[SecurityGroupRule]) -> Iterator[SecurityGroupRule]:
    """In their order, but those for every address first: one of them often settles the question by itself."""
    wide: list[SecurityGroupRule] = []
    narrow: list[SecurityGroupRule] = []
    for rule in rules:
        (narrow if _narrow(rule) else wide).append(rule)
    yield from (*wide, *narrow)


def _narrow(rule: SecurityGroupRule) -> bool:
    return rule.cidr is not None and not is_everything(rule.cidr)


def _list_of(topology: Topology, rule: SecurityGroupRule) -> tuple[Origin, ...]:
    return whole(topology.prefix_lists.get(rule.prefix_list_id or ""))


def _at_most(topology: Topology, rule: SecurityGroupRule, side: Side) -> Ranges:
    """The addresses that a rule may be for where nobody can tell: members of a group stand in the group's VPC."""
    group = topology.groups.get(rule.group_id or "")
    vpc = topology.vpcs.get(group.vpc_id) if group else None
    return blocks((*vpc.cidrs, *vpc.ipv6_cidrs)) & side.addresses if vpc else side.addresses


def _peers(topology: Topology, rule: SecurityGroupRule, side: Side) -> Ranges | None:
    """The addresses that the rule is for, or nothing where nobody can tell."""
    if rule.group_id is not None:
        if rule.group_id in side.groups:
            return side.addresses
        return None if side.strangers else Ranges()
    if rule.prefix_list_id is not None:
        return side.addresses if rule.prefix_list_id in side.lists else topology.listed(rule.prefix_list_id)
    if rule.named & side.names:
        return side.addresses
    return block(rule.cidr or "")
