"""What leaves a workload's interfaces, and which way it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scenarios.account.network import Subnet
from scenarios.finding import Origin
from scenarios.network.filters.network_acl import ruling
from scenarios.network.filters.security_group import Admission, Side, admission
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided
from scenarios.network.routes.forward import forward
from scenarios.network.routes.way import Way
from scenarios.network.sets.packets import Packets
from scenarios.network.standing import Standing


@dataclass(frozen=True)
class Leaving:
    """A part of the wanted packets that goes one way, as far as it leaves the workload's interface in `subnet`.

    `sure` get through all that stands at the interface, `possible` do so at best; `shut` says what keeps the others.
    """

    subnet: Subnet
    way: Way
    sure: Packets
    possible: Packets
    shut: Blocked | Undecided | None

    @property
    def trace(self) -> Trace:
        """The way as it is for whoever asks whether any of the packets get where it leads."""
        way = self.way
        if isinstance(way.stop, Blocked):
            return way.stop
        if self.shut is not None and not self.possible:
            return self.shut
        if way.stop is not None:
            return way.stop
        if not self.sure:
            return self.shut or Undecided("a filter cannot be read", None, way.about)
        return Path(way.hops, way.kind, way.via, way.about, self.sure)


def leaving(
    standing: Standing,
    subnet: Subnet,
    wanted: Packets,
    *,
    groups: frozenset[str] = frozenset(),
    strangers: bool = False,
) -> Iterator[Leaving]:
    """Each way that a part of the wanted packets takes from the workload's interface in the subnet.

    `strangers` tells that they may be for interfaces of security groups that nobody names; `groups` are those that the
    other side is known to be in.
    """
    topology = standing.topology
    side = Side(wanted.addresses, groups, strangers=strangers)
    out = admission(topology, standing.groups, "egress", wanted, side)
    first = Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin)
    for way in forward(topology, standing.source, subnet, wanted):
        yield _filtered(standing, subnet, way, out, first)


def _filtered(standing: Standing, subnet: Subnet, way: Way, out: Admission, first: Hop) -> Leaving:
    let, may = out.passed & way.packets, out.possible & way.packets
    hops, about = [first], [*standing.about, *out.hangs, *_narrow(out.narrow, subnet)]
    shut: Blocked | Undecided | None = None
    if not let:
        shut = _no_rule(standing, way, out, bool(may))
    used = [rule for rule in out.rules if let]
    hops += [Hop(rule.rule_id, f"lets out {let}", rule.origin) for rule in used[:1]]
    acl = standing.topology.acl(subnet)
    if acl is None:
        why = f"the network ACL {standing.topology.unknown_association(subnet)}"
        shut = shut or Undecided(why, subnet.origin, code="network-acl")
        let = Packets()
    elif not way.stays:
        found = ruling(standing.topology, acl, may, egress=True)
        about += [*whole(acl), *found.hangs]
        if may and not found.possible and not isinstance(shut, Blocked):
            at = found.refusing.origin if found.refusing else None
            shut = Blocked("network-acl", f"network ACL {acl.acl_id} lets none of it out", at or acl.origin)
        let, may = let & found.passed, may & found.possible
        if may and not let and shut is None:
            at = found.unread.origin if found.unread else None
            why = f"an entry of network ACL {acl.acl_id} is for no block that can be read"
            shut = Undecided(why, at, code="network-acl")
    whole_way = replace(way, hops=(*hops, *way.hops), about=tuple(dict.fromkeys((*about, *way.about))))
    if whole_way.stop is not None:
        stop = whole_way.stop
        stopped = replace(stop, hops=(*hops, *stop.hops), about=(*stop.about, *standing.about))
        whole_way = replace(whole_way, stop=stopped)
    if shut is not None:
        shut = replace(shut, hops=tuple(hops), about=whole_way.about)
    return Leaving(subnet, whole_way, let, may, shut)


def _no_rule(standing: Standing, way: Way, out: Admission, maybe: bool) -> Blocked | Undecided:
    source, unread = standing.source.name, out.unread
    if maybe and unread is not None:
        if unread.group_id is not None:
            why = f"rule {unread.rule_id} is for members of {unread.group_id}: whether one stands there is not known"
        elif unread.prefix_list_id is not None:
            why = f"prefix list {unread.prefix_list_id} is not known here"
        else:
            why = f"rule {unread.rule_id} is for {unread.cidr}, which is no block that can be read"
        return Undecided(why, unread.origin, code="workload-group-egress")
    at = next(iter(whole(*standing.groups)), standing.source.origin)
    return Blocked("workload-group-egress", f"no security group of {source} lets out {way.packets}", at)


def _narrow(narrow: bool, subnet: Subnet) -> tuple[Origin, ...]:
    return on(subnet, "CidrBlock") if narrow else ()
