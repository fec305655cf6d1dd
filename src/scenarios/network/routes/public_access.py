"""What VPC block public access leaves of internet, egress-only and NAT gateways.

https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from __future__ import annotations

from typing import Literal

from scenarios.account.network import PublicAccessBlock, Subnet
from scenarios.network.hangs import whole
from scenarios.network.path import Blocked, Undecided
from scenarios.network.topology import Topology

Traffic = Literal["in", "out", "nat"]
"""Connections from the internet; those to it; those to it through what lets none in, NAT and egress-only gateways."""

_MODE, _EXCLUSIONS = "InternetGatewayBlockMode", "Exclusions"
_EITHER = frozenset({"allow-bidirectional", "allow-egress"})


def closed_to_public(topology: Topology, subnet: Subnet, traffic: Traffic) -> Blocked | Undecided | None:
    """What keeps such traffic of the subnet from its gateway, if anything does or may."""
    block = topology.account.public_access_block
    if block is None:
        return None
    spared, maybe = _spared(block, subnet)
    unsure = block.doubt(_MODE)
    if not _stops(_strictest(traffic) if unsure else block.mode, spared, traffic):
        return None
    if unsure is None and _stops(block.mode, spared | (_EITHER if maybe else frozenset()), traffic):
        why = f"VPC block public access is {block.mode} in this region"
        return Blocked("public-access-block", why, block.origin, about=whole(block))
    why = f"what VPC block public access leaves here: {unsure or maybe}"
    return Undecided(why, block.origin, whole(block), "public-access-block")


def _spared(block: PublicAccessBlock, subnet: Subnet) -> tuple[frozenset[str], str | None]:
    """The exclusions that spare the subnet for certain, and why another may."""
    unsure = {path[2]: reason for path, reason in block.uncertain if len(path) > 2 and path[1] == _EXCLUSIONS}
    here = [(name, kind) for name, kind in block.excluded if name in (subnet.vpc_id, subnet.subnet_id)]
    sure = frozenset(kind for name, kind in here if name not in unsure)
    return sure, next((unsure[name] for name, _ in here if name in unsure), None)


def _strictest(traffic: Traffic) -> str:
    return "block-bidirectional" if traffic == "nat" else "block-ingress"


def _stops(mode: str, spared: frozenset[str], traffic: Traffic) -> bool:
    """Blocking ingress leaves what only lets connections out. An exclusion for egress matters where both directions
    are blocked, and lets no connection in."""
    if mode == "block-bidirectional":
        return "allow-bidirectional" not in spared if traffic == "in" else not spared
    return mode == "block-ingress" and traffic != "nat" and "allow-bidirectional" not in spared
