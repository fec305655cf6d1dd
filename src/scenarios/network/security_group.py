"""Does a set of security groups admit a connection?

Groups only allow: an interface with several groups has the rules of all of them
(https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from scenarios.account.network import SecurityGroup, SecurityGroupRule
from scenarios.finding import Origin
from scenarios.network.blocks import contains, holds_public, is_everything
from scenarios.network.hangs import PEER, PORTS, on

_TCP = {"tcp", "6", "-1", "all"}

Peer = Callable[[SecurityGroupRule], bool | None]
"""Whether a rule's peer covers the other side; nothing where its block cannot be read."""


@dataclass(frozen=True)
class Admission:
    """Which rule lets a connection pass; `unread` is one that might, where none does. `hangs` are the properties that
    decided, and `narrow` tells whether the other side's own addresses did."""

    rule: SecurityGroupRule | None
    unread: SecurityGroupRule | None
    hangs: tuple[Origin, ...]
    narrow: bool


def admission(
    groups: Iterable[SecurityGroup], direction: Literal["ingress", "egress"], port: int, peer: Peer
) -> Admission:
    """Whether TCP on `port` may pass to or from the peer."""
    rules = [rule for group in groups for rule in group.rules if rule.direction == direction]
    carrying = [rule for rule in rules if _carries(rule, port)]
    covering = next((rule for rule in carrying if peer(rule)), None)
    if covering is not None:
        return Admission(covering, None, on(covering, *PORTS, *PEER), _narrow(covering))
    unread = next((rule for rule in carrying if peer(rule) is None), None)
    # One thing that rules a rule out is enough, however the other turns out.
    hangs = [origin for rule in rules for origin in on(rule, *(PEER if rule in carrying else PORTS))]
    return Admission(None, unread, tuple(hangs), any(_narrow(rule) for rule in carrying))


def _narrow(rule: SecurityGroupRule) -> bool:
    return rule.cidr is not None and not is_everything(rule.cidr)


def _carries(rule: SecurityGroupRule, port: int) -> bool:
    if rule.protocol.lower() not in _TCP:
        return False
    low, high = rule.from_port, rule.to_port
    return low is None or high is None or rule.protocol in ("-1", "all") or low <= port <= high


def group_or_block(group_ids: Iterable[str], block: str) -> Peer:
    """The other side is an interface with these groups, at an address somewhere in this block."""
    ids = set(group_ids)

    def covers(rule: SecurityGroupRule) -> bool | None:
        if rule.group_id is not None:
            return rule.group_id in ids
        return rule.cidr is not None and contains(rule.cidr, block)

    return covers


def everywhere(prefix_lists: Collection[str] = ()) -> Peer:
    """The other side may be at any public address, or at any address of one of these prefix lists."""

    def covers(rule: SecurityGroupRule) -> bool | None:
        if rule.prefix_list_id is not None:
            return rule.prefix_list_id in prefix_lists
        return rule.cidr is not None and is_everything(rule.cidr)

    return covers


def any_public_address(rule: SecurityGroupRule) -> bool | None:
    """Whether the rule's peer covers any public address at all.

    A prefix list counts as covering none: AWS's own hold AWS's addresses, which a route to an endpoint takes.
    """
    return rule.cidr is not None and holds_public(rule.cidr)
