"""Does a set of security groups admit a connection?

Groups only allow: an interface with several groups has the rules of all of them
(https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Literal

from scenarios.account.network import SecurityGroup, SecurityGroupRule

_TCP = {"tcp", "6", "-1", "all"}

Peer = Callable[[SecurityGroupRule], bool]
"""Whether a rule's peer covers the other side."""


def admitting(
    groups: Iterable[SecurityGroup], direction: Literal["ingress", "egress"], port: int, peer: Peer
) -> Iterator[SecurityGroupRule]:
    """The rules that let TCP on `port` pass to or from the peer."""
    for group in groups:
        for rule in group.rules:
            if rule.direction == direction and _carries(rule, port) and peer(rule):
                yield rule


def _carries(rule: SecurityGroupRule, port: int) -> bool:
    if rule.protocol.lower() not in _TCP:
        return False
    low, high = rule.from_port, rule.to_port
    return low is None or high is None or rule.protocol in ("-1", "all") or low <= port <= high


def group_or_block(group_ids: Iterable[str], blocks: Iterable[str]) -> Peer:
    """The other side is an interface with these groups, at an address that is somewhere in each of these blocks."""
    ids, wanted = set(group_ids), tuple(blocks)

    def covers(rule: SecurityGroupRule) -> bool:
        if rule.group_id is not None:
            return rule.group_id in ids
        return rule.cidr is not None and any(contains(rule.cidr, block) for block in wanted)

    return covers


def everywhere(prefix_lists: Collection[str] = ()) -> Peer:
    """The other side may be at any public address, or at any address of one of these prefix lists."""

    def covers(rule: SecurityGroupRule) -> bool:
        if rule.prefix_list_id is not None:
            return rule.prefix_list_id in prefix_lists
        return rule.cidr is not None and ipaddress.ip_network(rule.cidr, strict=False).prefixlen == 0

    return covers


def any_public_address(rule: SecurityGroupRule) -> bool:
    """Whether the rule's peer covers any public address at all.

    A prefix list counts as covering none: AWS's own hold AWS's addresses, which a route to an endpoint takes.
    """
    if rule.cidr is None:
        return False
    network = ipaddress.ip_network(rule.cidr, strict=False)
    return network.is_global or network.prefixlen < _LONGEST_WITHOUT_PUBLIC[network.version]


_LONGEST_WITHOUT_PUBLIC = {4: 8, 6: 7}
"""Private blocks are 10.0.0.0/8 and fc00::/7 at the widest: a wider block holds public addresses."""


def contains(outer: str, inner: str) -> bool:
    """Whether one block lies in another; blocks of different versions never do."""
    one, other = ipaddress.ip_network(outer, strict=False), ipaddress.ip_network(inner, strict=False)
    if isinstance(one, ipaddress.IPv4Network) and isinstance(other, ipaddress.IPv4Network):
        return other.subnet_of(one)
    if isinstance(one, ipaddress.IPv6Network) and isinstance(other, ipaddress.IPv6Network):
        return other.subnet_of(one)
    return False
