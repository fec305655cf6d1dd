"""Which properties a network verdict hangs on.

A fact's origin is often a whole resource, such as one entry of a network ACL. A parameter without a value may stand in
any of its properties, but only those that decided put the verdict in doubt.
"""

from __future__ import annotations

from scenarios.account import Fact
from scenarios.finding import Origin

PORTS = ("IpProtocol", "FromPort", "ToPort")
"""A security-group rule's protocol and ports."""

BLOCK = ("CidrIp", "CidrIpv6")
"""A security-group rule's peer, where it is a block."""

PEER = (
    *BLOCK,
    "SourceSecurityGroupId",
    "DestinationSecurityGroupId",
    "SourcePrefixListId",
    "DestinationPrefixListId",
)
"""A security-group rule's peer."""

ROUTE = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
"""Where a route leads to."""

ENTRY_BLOCK = ("CidrBlock", "Ipv6CidrBlock")
"""A network ACL entry's peer."""


def on(fact: Fact, *names: str) -> tuple[Origin, ...]:
    """The origins of these properties of the resource, or the part of one, that the fact was made of."""
    if fact.origin is None:
        return ()
    root = fact.origin if fact.origin.path else fact.origin / "Properties"
    return tuple(root / name for name in names)


def whole(*facts: Fact | None) -> tuple[Origin, ...]:
    """The origins of the facts themselves."""
    return tuple(fact.origin for fact in facts if fact is not None and fact.origin is not None)
