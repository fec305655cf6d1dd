"""From a workload's subnet to each network interface of an endpoint.

The service's name resolves to the interfaces of every zone ("Access an AWS service using an interface VPC endpoint",
https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html): where one of them cannot be
reached, that part of the connections time out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scenarios.account.network import Endpoint, SecurityGroup, Subnet
from scenarios.finding import Origin
from scenarios.network.crossings import HTTPS, acls
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided, worst
from scenarios.network.security_group import Admission, admission, group_or_block
from scenarios.network.standing import Standing


@dataclass(frozen=True)
class Interfaces:
    """An endpoint with the subnets that its interfaces stand in and the groups that they stand behind."""

    endpoint: Endpoint
    places: Sequence[Subnet]
    groups: Sequence[SecurityGroup]

    @property
    def door(self) -> Origin | None:
        """What a person would edit to admit a workload: the first group that the template makes, else what should
        have named one."""
        made = whole(*self.groups)
        return made[0] if made else next(iter(on(self.endpoint, "SecurityGroupIds")), None)


def to_each(interfaces: Interfaces, standing: Standing, subnet: Subnet) -> Trace:
    """The way to every interface, or what closes it to one of them."""
    traces = [_to(interfaces, place, standing, subnet) for place in interfaces.places]
    found = worst(traces)
    if isinstance(found, Blocked) and not all(isinstance(trace, Blocked) for trace in traces):
        place = interfaces.places[traces.index(found)]
        cut = f"the service's name also resolves to the interface in {named(place)}, which cannot be reached from "
        return replace(found, why=f"{found.why}; {cut}{named(subnet)}: connections to it time out")
    return found


def named(subnet: Subnet) -> str:
    """A subnet's logical id and its id."""
    return f"{subnet.origin.logical_id} ({subnet.subnet_id})" if subnet.origin else subnet.subnet_id


def _to(interfaces: Interfaces, place: Subnet, standing: Standing, subnet: Subnet) -> Trace:
    endpoint, source = interfaces.endpoint, standing.source.name
    out = admission(standing.groups, "egress", HTTPS, group_or_block(_ids(interfaces.groups), place.cidr))
    into = admission(interfaces.groups, "ingress", HTTPS, group_or_block(_ids(standing.groups), subnet.cidr))
    passing = acls(standing.topology, subnet, place)
    about = (*standing.about, *whole(endpoint, place, *interfaces.groups))
    stops: list[Trace] = []
    if out.rule is None:
        why = f"no security group of {source} lets TCP 443 out to {endpoint.endpoint_id}"
        shut = Blocked("workload-group-egress", why, door_of(standing))
        stops.append(replace(or_unread(shut, out), about=(*about, *_hangs(out, subnet, place))))
    if into.rule is None:
        why = f"no security group of {endpoint.endpoint_id} admits TCP 443 from {source}{_default(interfaces)}"
        shut = Blocked("endpoint-group-ingress", why, interfaces.door)
        stops.append(replace(or_unread(shut, into), about=(*about, *_hangs(into, subnet, place))))
    if _default(interfaces):
        stops.reverse()  # nobody chose this group for the endpoint: what it lacks comes first
    if passing.stop is not None:
        stops.append(replace(passing.stop, about=(*about, *passing.about)))
    if out.rule is None or into.rule is None or stops:
        return worst(stops)
    hops = (
        Hop(source, f"stands in {subnet.subnet_id}", standing.source.origin),
        Hop(out.rule.rule_id, "lets TCP 443 out", out.rule.origin),
        Hop(endpoint.endpoint_id, f"has an interface in {place.subnet_id}", endpoint.origin),
        Hop(into.rule.rule_id, "admits TCP 443", into.rule.origin),
    )
    hangs = (*_hangs(out, subnet, place), *_hangs(into, subnet, place), *passing.about)
    return Path(hops, "endpoint", endpoint.endpoint_id, (*about, *hangs))


def _ids(groups: Iterable[SecurityGroup]) -> list[str]:
    return [group.group_id for group in groups]


def _default(interfaces: Interfaces) -> str:
    """Says so where nobody chose the group."""
    default = all(group.is_default for group in interfaces.groups)
    return ": it stands behind the VPC's default group, which admits its own members" if default else ""


def _hangs(found: Admission, *subnets: Subnet) -> tuple[Origin, ...]:
    """What an admission hangs on: also the subnets' blocks, where a rule for part of all addresses was compared."""
    blocks = (origin for subnet in subnets if found.narrow for origin in on(subnet, "CidrBlock"))
    return (*found.hangs, *blocks)


def or_unread(shut: Blocked, found: Admission) -> Blocked | Undecided:
    """Closed, or undecided where a rule might admit the packet whose block cannot be read."""
    rule = found.unread
    if rule is None:
        return shut
    why = f"rule {rule.rule_id} is for {rule.cidr}, which is no block that can be read"
    return Undecided(why, rule.origin, code=shut.code)


def door_of(standing: Standing) -> Origin | None:
    """The group that a person would edit to let the workload out, else the workload."""
    return next(iter(whole(*standing.groups)), standing.source.origin)
