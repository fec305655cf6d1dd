"""One flow, hop by hop: from a workload to an AWS service through a VPC endpoint."""

from __future__ import annotations

from dataclasses import replace

from scenarios.account import Account
from scenarios.account.network import Endpoint, SecurityGroupRule, Subnet
from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network.crossings import HTTPS, acls
from scenarios.network.dns import misdirected
from scenarios.network.endpoint import serving
from scenarios.network.interfaces import Interfaces, door_of, named, or_unread, to_each
from scenarios.network.managed_prefix_lists import PUBLISHED
from scenarios.network.mistaken import meant_for, near_misses
from scenarios.network.path import Blocked, Destination, Hop, Internet, Path, Trace, Undecided, best, worst
from scenarios.network.reach import ways_out
from scenarios.network.route import to_gateway_endpoint
from scenarios.network.security_group import admission, everywhere
from scenarios.network.standing import Standing, stand


def trace(account: Account, source: Workload, destination: Destination) -> Trace:
    """The way that a connection would take: through an endpoint where there is one, else out to the internet."""
    if isinstance(destination, Internet):
        return best(ways_out(account, source))
    through = through_endpoint(account, source, destination.name)
    if not isinstance(through, Blocked) or through.code not in ("no-endpoint", "private-dns-off"):
        return through
    outside = best(ways_out(account, source))
    return outside if isinstance(outside, Path) else through


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
    known = [endpoint for endpoint in endpoints if not endpoint.doubt(*_KIND)]
    candidates = serving(account, known, service)
    found = best([_by(endpoint, standing) for endpoint in candidates]) if candidates else None
    vague = next((endpoint for endpoint in endpoints if endpoint not in known), None)
    if vague is not None and not isinstance(found, Path):
        why = f"which service {vague.endpoint_id} is for: {vague.doubt(*_KIND)}"
        return Undecided(why, vague.origin, _about(standing, vague))
    return found or _no_endpoint(account, standing, service)


_KIND = ("ServiceName", "VpcEndpointType")
"""The properties that say what an endpoint is for."""


def _no_endpoint(account: Account, standing: Standing, service: str) -> Trace:
    unread = account.unreadable("ec2.endpoints")
    about = standing.about
    if unread is not None:
        return Undecided(f"the endpoints of {standing.vpc.vpc_id} could not be read: {unread.reason}", None, about)
    near = near_misses(account, standing.vpc, service)
    hint = f" ({'; '.join(near)})" if near else ""
    why = f"{standing.vpc.vpc_id} has no endpoint for {service}{hint}"
    misled = meant_for(account, standing.vpc, service)
    return Blocked("no-endpoint", why, misled or standing.vpc.origin or standing.source.origin, about=about)


def _by(endpoint: Endpoint, standing: Standing) -> Trace:
    traces = [_from_subnet(endpoint, standing, subnet) for subnet in standing.subnets]
    found = worst(traces)
    if isinstance(found, Blocked) and not all(isinstance(trace, Blocked) for trace in traces):
        cut = named(standing.subnets[traces.index(found)])
        return replace(found, why=f"{found.why}; of the subnets of {standing.source.name}, {cut} is cut off")
    return found


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
        return Undecided(f"the route table {topology.unknown_association(subnet)}", subnet.origin, about)
    about = (*about, *([table.origin] if table.origin else []))
    if table.route_table_id not in endpoint.route_table_ids and not to_gateway_endpoint(table, endpoint.endpoint_id):
        why = f"{endpoint.endpoint_id} is not on {table.route_table_id}, the route table of {subnet.subnet_id}"
        at = Origin(endpoint.origin.logical_id, ("Properties", "RouteTableIds")) if endpoint.origin else None
        return Blocked("endpoint-not-on-route-table", why, at, about=about)
    out = admission(standing.groups, "egress", HTTPS, everywhere(topology.prefix_lists_of(endpoint.service)))
    if out.rule is None and (strange := _strange_prefix_list(standing)):
        return Undecided(f"prefix list {strange.prefix_list_id} is not known here", strange.origin, about)
    if out.rule is None:
        why = f"no security group of {standing.source.name} lets TCP 443 out to the addresses of {endpoint.service}"
        shut = Blocked("workload-group-egress", why, door_of(standing))
        return replace(or_unread(shut, out), about=(*about, *out.hangs))
    passing = acls(topology, subnet, None)
    if passing.stop is not None:
        return replace(passing.stop, about=(*about, *passing.about))
    hops = (
        Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin),
        Hop(out.rule.rule_id, "lets TCP 443 out", out.rule.origin),
        Hop(table.route_table_id, f"leads to {endpoint.endpoint_id}", table.origin),
        Hop(endpoint.endpoint_id, f"serves {endpoint.service}", endpoint.origin),
    )
    return Path(hops, "endpoint", endpoint.endpoint_id, (*about, *out.hangs, *passing.about))


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
    unknown = topology.stand_in((*endpoint.subnet_ids, *group_ids))
    if unknown is not None:
        return Undecided(unknown, endpoint.origin, about)
    found = to_each(Interfaces(endpoint, places, groups), standing, subnet)
    if isinstance(found, Path) and len(places) < len(endpoint.subnet_ids):
        return Undecided(f"one of the subnets of {endpoint.endpoint_id} is not known", endpoint.origin, about)
    return found


def _about(standing: Standing, endpoint: Endpoint) -> tuple[Origin, ...]:
    return (*standing.about, *([endpoint.origin] if endpoint.origin else []))
