"""One flow, hop by hop: from a workload to an AWS service through a VPC endpoint."""

from __future__ import annotations

import re

from scenarios.account import Account
from scenarios.account.network import Endpoint, NetworkAcl, SecurityGroupRule, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.dns import misdirected
from scenarios.network.endpoint import near_misses, serving
from scenarios.network.managed_prefix_lists import PUBLISHED
from scenarios.network.network_acl import EPHEMERAL, Crossing, refusing
from scenarios.network.path import Blocked, Destination, Hop, Internet, Path, Trace, Undecided
from scenarios.network.reach import ways_out
from scenarios.network.route import to_gateway_endpoint
from scenarios.network.security_group import admitting, everywhere, group_or_block
from scenarios.network.standing import Standing, stand
from scenarios.network.topology import Topology

_HTTPS = 443


def trace(account: Account, source: Workload, destination: Destination) -> Trace:
    """The way that a connection would take: through an endpoint where there is one, else out to the internet."""
    if isinstance(destination, Internet):
        return _first(ways_out(account, source), source)
    through = through_endpoint(account, source, destination.name)
    if not isinstance(through, Blocked) or through.code not in ("no-endpoint", "private-dns-off"):
        return through
    outside = _first(ways_out(account, source), source)
    return outside if isinstance(outside, Path) else through


def _first(ways: tuple[Trace, ...], source: Workload) -> Trace:
    for kind in (Path, Undecided, Blocked):
        found = next((way for way in ways if isinstance(way, kind)), None)
        if found is not None:
            return found
    return Blocked("no-route", f"no route of {source.name} leads out of its VPC", source.origin)


def through_endpoint(account: Account, source: Workload, service: str) -> Trace:
    """The way through a VPC endpoint of `service` (`s3`, `bedrock-runtime`), or the one thing that blocks it.

    Every subnet of the workload has to have the way: one that has not blocks it. Network isolation of a model's
    containers does not matter here: SageMaker moves their data through the VPC all the same.
    """
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return standing
    topology = standing.topology
    endpoints = topology.endpoints(standing.vpc.vpc_id)
    known = [endpoint for endpoint in endpoints if not endpoint.doubt("ServiceName", "VpcEndpointType")]
    results = [_by(endpoint, standing) for endpoint in serving(account, known, service)]
    found = next((result for result in results if isinstance(result, Path)), None)
    if found is None and (open_one := next((one for one in endpoints if one not in known), None)) is not None:
        why = f"which service {open_one.endpoint_id} is for: {open_one.doubt('ServiceName', 'VpcEndpointType')}"
        return Undecided(why, open_one.origin, _about(standing, open_one))
    return found or next(iter(results), None) or _no_endpoint(account, standing, service)


def _no_endpoint(account: Account, standing: Standing, service: str) -> Trace:
    unread = account.unreadable("ec2.endpoints")
    about = standing.about
    if unread is not None:
        return Undecided(f"the endpoints of {standing.vpc.vpc_id} could not be read: {unread.reason}", None, about)
    near = near_misses(account, standing.vpc, service)
    hint = f" ({'; '.join(near)})" if near else ""
    why = f"{standing.vpc.vpc_id} has no endpoint for {service}{hint}"
    misled = _meant(account, standing, service)
    return Blocked("no-endpoint", why, misled or standing.vpc.origin or standing.source.origin, about=about)


def _meant(account: Account, standing: Standing, service: str) -> Origin | None:
    """The endpoint that a person would edit: one for the service in another VPC or region, else one of its family.

    The family is what a name begins with: `bedrock` where `bedrock-runtime` is wanted.
    """
    family = [
        endpoint
        for endpoint in standing.topology.endpoints(standing.vpc.vpc_id)
        if re.search(rf"\.{re.split('[.-]', service)[0]}([.-][a-z-]+)?$", endpoint.service)
    ]
    named = [endpoint for endpoint in account.endpoints if endpoint.service.endswith(f".{service}")]
    return next((endpoint.origin for endpoint in (*named, *family)), None)


def _by(endpoint: Endpoint, standing: Standing) -> Trace:
    traces = [_from_subnet(endpoint, standing, subnet) for subnet in standing.subnets]
    return next((found for found in traces if not isinstance(found, Path)), traces[0])


def _from_subnet(endpoint: Endpoint, standing: Standing, subnet: Subnet) -> Trace:
    if endpoint.kind == "Gateway":
        return _gateway(endpoint, standing, subnet)
    if endpoint.kind != "Interface":
        return Undecided(f"{endpoint.endpoint_id} is a {endpoint.kind} endpoint", endpoint.origin, standing.about)
    return _interface(endpoint, standing, subnet)


def _gateway(endpoint: Endpoint, standing: Standing, subnet: Subnet) -> Trace:
    topology, about = standing.topology, _about(standing, endpoint)
    table = topology.route_table(subnet)
    if table is None:
        return Undecided(f"the route table of {subnet.subnet_id} is not known", subnet.origin, about)
    about = (*about, *([table.origin] if table.origin else []))
    if table.route_table_id not in endpoint.route_table_ids and not to_gateway_endpoint(table, endpoint.endpoint_id):
        why = f"{endpoint.endpoint_id} is not on {table.route_table_id}, the route table of {subnet.subnet_id}"
        at = Origin(endpoint.origin.logical_id, ("Properties", "RouteTableIds")) if endpoint.origin else None
        return Blocked("endpoint-not-on-route-table", why, at, about=about)
    rule = next(
        admitting(standing.groups, "egress", _HTTPS, everywhere(topology.prefix_lists_of(endpoint.service))), None
    )
    if rule is None and (strange := _strange_prefix_list(standing)):
        return Undecided(f"prefix list {strange.prefix_list_id} is not known here", strange.origin, about)
    if rule is None:
        why = f"no security group of {standing.source.name} lets TCP 443 out to the addresses of {endpoint.service}"
        return Blocked("workload-group-egress", why, _group(standing), about=about)
    blocked = _acl(topology, subnet, None)
    if blocked is not None:
        return Blocked("network-acl", blocked[0], blocked[1], about=about)
    hops = (
        Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin),
        Hop(rule.rule_id, "lets TCP 443 out", rule.origin),
        Hop(table.route_table_id, f"leads to {endpoint.endpoint_id}", table.origin),
        Hop(endpoint.endpoint_id, f"serves {endpoint.service}", endpoint.origin),
    )
    return Path(hops, "endpoint", endpoint.endpoint_id)


def _strange_prefix_list(standing: Standing) -> SecurityGroupRule | None:
    """An egress rule to a prefix list that nobody here knows."""
    known = {*standing.topology.prefix_lists, *PUBLISHED}
    rules = (rule for group in standing.groups for rule in group.rules if rule.direction == "egress")
    return next((rule for rule in rules if rule.prefix_list_id and rule.prefix_list_id not in known), None)


def _interface(endpoint: Endpoint, standing: Standing, subnet: Subnet) -> Trace:
    topology, about = standing.topology, _about(standing, endpoint)
    unsure = endpoint.doubt("PrivateDnsEnabled")
    if endpoint.private_dns and unsure is None:
        unsure = standing.vpc.doubt("EnableDnsSupport", "EnableDnsHostnames", "DhcpOptionsId")
    if unsure is not None:
        return Undecided(f"whether names resolve to {endpoint.endpoint_id}: {unsure}", endpoint.origin, about)
    misled = misdirected(topology.account, standing.vpc, endpoint)
    if misled is not None:
        return Blocked(misled.code, misled.why, misled.at, about=(*about, *misled.about))
    places = [topology.subnets[name] for name in endpoint.subnet_ids if name in topology.subnets]
    if not places:
        if endpoint.subnet_ids:
            return Undecided(f"the subnets of {endpoint.endpoint_id} are not known", endpoint.origin, about)
        return Blocked("endpoint-subnet", f"{endpoint.endpoint_id} stands in no subnet", endpoint.origin, about=about)
    group_ids = topology.endpoint_groups(endpoint)
    groups = [topology.groups[name] for name in group_ids if name in topology.groups]
    if len(groups) < len(group_ids) or not groups:
        return Undecided(f"the security groups of {endpoint.endpoint_id} are not known", endpoint.origin, about)
    about = (*about, *(group.origin for group in groups if group.origin))
    out = next(
        admitting(standing.groups, "egress", _HTTPS, group_or_block(group_ids, [place.cidr for place in places])), None
    )
    if out is None:
        why = f"no security group of {standing.source.name} lets TCP 443 out to {endpoint.endpoint_id}"
        return Blocked("workload-group-egress", why, _group(standing), about=about)
    own = [group.group_id for group in standing.groups]
    into = next(admitting(groups, "ingress", _HTTPS, group_or_block(own, [subnet.cidr])), None)
    if into is None:
        why = f"no security group of {endpoint.endpoint_id} admits TCP 443 from {standing.source.name}"
        return Blocked("endpoint-group-ingress", why, groups[0].origin, about=about)
    return _across(endpoint, standing, subnet, places, (out.rule_id, out.origin), (into.rule_id, into.origin))


def _across(
    endpoint: Endpoint,
    standing: Standing,
    subnet: Subnet,
    places: list[Subnet],
    out: tuple[str, Origin | None],
    into: tuple[str, Origin | None],
) -> Trace:
    """Any one of the endpoint's interfaces will do: the name resolves to all of them."""
    topology = standing.topology
    blocked = [_acl(topology, subnet, place) for place in places]
    if all(blocked):
        why, at = next(found for found in blocked if found)
        return Blocked("network-acl", why, at, about=_about(standing, endpoint))
    place = places[blocked.index(None)]
    hops = (
        Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin),
        Hop(out[0], "lets TCP 443 out", out[1]),
        Hop(endpoint.endpoint_id, f"has an interface in {place.subnet_id}", endpoint.origin),
        Hop(into[0], "admits TCP 443", into[1]),
    )
    return Path(hops, "endpoint", endpoint.endpoint_id)


def _acl(topology: Topology, subnet: Subnet, place: Subnet | None) -> tuple[str, Origin | None] | None:
    """What refuses the request or its answer on the way from `subnet` to `place` (a service's public addresses)."""
    if place is not None and place.subnet_id == subnet.subnet_id:
        return None  # inside one subnet no ACL is crossed
    peer = place.cidr if place else "0.0.0.0/0"
    crossings: list[tuple[Subnet, Crossing]] = [
        (subnet, Crossing(True, peer, (_HTTPS, _HTTPS))),
        (subnet, Crossing(False, peer, EPHEMERAL)),
    ]
    if place is not None:
        crossings += [
            (place, Crossing(False, subnet.cidr, (_HTTPS, _HTTPS))),
            (place, Crossing(True, subnet.cidr, EPHEMERAL)),
        ]
    for where, crossing in crossings:
        acl = topology.acl(where)
        refused = refusing(acl, crossing) if acl is not None else None
        if refused is not None:
            way = "out of" if crossing.egress else "into"
            ports = "TCP 443" if crossing.ports[0] == _HTTPS else "answers on TCP 1024-65535"
            name = acl.acl_id if acl else ""
            why = f"network ACL {name} refuses {ports} {way} {where.subnet_id}"
            return why, refused.origin or (acl.origin if isinstance(acl, NetworkAcl) else None)
    return None


def _group(standing: Standing) -> Origin | None:
    return next((group.origin for group in standing.groups if group.origin), standing.source.origin)


def _about(standing: Standing, endpoint: Endpoint) -> tuple[Origin, ...]:
    return (*standing.about, *([endpoint.origin] if endpoint.origin else []))
