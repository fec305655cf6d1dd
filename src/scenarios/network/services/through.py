"""From a workload to an AWS service, through a VPC endpoint."""

from __future__ import annotations

from dataclasses import replace

from scenarios.account import Account
from scenarios.account.network import Endpoint, Route, RouteTable, Subnet
from scenarios.account.workload import LambdaFunction, Workload
from scenarios.finding import Origin
from scenarios.network.filters.crossings import HTTPS, acls
from scenarios.network.filters.security_group import Admission, Side, admission
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided, best, worst
from scenarios.network.routes.route import legs, to_gateway_endpoint
from scenarios.network.services.dns import misdirected
from scenarios.network.services.endpoint import is_fips, serving
from scenarios.network.services.interfaces import Interfaces, door_of, or_unread, to_each
from scenarios.network.services.mistaken import meant_for, near_misses
from scenarios.network.sets.addresses import PUBLIC_V4, block, length, texts
from scenarios.network.sets.packets import Packets
from scenarios.network.standing import Standing, named, stand
from scenarios.network.topology import Topology


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
    found = _by_any(serving(account, known, service), standing)
    vague = next((endpoint for endpoint in endpoints if endpoint.doubt(*_KIND)), None)
    if vague is not None and not isinstance(found, Path):
        why = f"which service {vague.endpoint_id} is for: {vague.doubt(*_KIND)}"
        return Undecided(why, vague.origin, _about(standing, vague))
    return found or _no_endpoint(account, standing, service)


def _by_any(candidates: list[Endpoint], standing: Standing) -> Trace | None:
    """The way through whichever of the endpoints the service's name leads to."""
    if not candidates:
        return None
    named = [one for one in candidates if one.kind == "Interface" and one.private_dns and not is_fips(one)]
    gateways = [one for one in candidates if one.kind == "Gateway"]
    if gateways and named:
        return _rivals(best([_by(one, standing) for one in gateways]), named, standing)
    return best([_told(one, standing) for one in candidates])


def _rivals(by_gateway: Trace, named: list[Endpoint], standing: Standing) -> Trace:
    """Of S3's two kinds of endpoint: private DNS leads to the interfaces, unless it is for inbound resolvers alone
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3)."""
    if all(one.inbound_dns_only for one in named):
        return by_gateway
    by_interface = best([_by(one, standing) for one in named if not one.inbound_dns_only])
    if any(one.inbound_dns_only is False for one in named):
        return by_interface
    if isinstance(by_gateway, Path) and isinstance(by_interface, Path):
        return by_gateway
    if isinstance(by_gateway, Blocked) and isinstance(by_interface, Blocked):
        return by_gateway
    why = f"whether the name leads to {named[0].endpoint_id} or past it is not said in the template, and they differ"
    return Undecided(why, named[0].origin, (*by_gateway.about, *by_interface.about))


def _told(endpoint: Endpoint, standing: Standing) -> Trace:
    """The way by the endpoint; one for FIPS serves only those who call the service by its FIPS name
    (https://aws.amazon.com/compliance/fips/)."""
    found = _by(endpoint, standing)
    if not isinstance(found, Path) or not is_fips(endpoint) or _calls_fips(standing.source):
        return found
    why = f"{endpoint.endpoint_id} is for the service's FIPS name: whether {standing.source.name} calls it by that"
    return Undecided(f"{why} is not known", endpoint.origin, found.about, hops=found.hops)


def _calls_fips(source: Workload) -> bool:
    environment = dict(source.environment) if isinstance(source, LambdaFunction) else {}
    return environment.get("AWS_USE_FIPS_ENDPOINT", "").lower() == "true"


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
    first = Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin)
    if table.route_table_id not in endpoint.route_table_ids and not to_gateway_endpoint(table, endpoint.endpoint_id):
        why = f"{endpoint.endpoint_id} is not on {table.route_table_id}, the route table of {subnet.subnet_id}"
        at = Origin(endpoint.origin.logical_id, ("Properties", "RouteTableIds")) if endpoint.origin else None
        return Blocked("endpoint-not-on-route-table", why, at, (first,), about)
    if (rival := _rival(topology, table)) is not None:
        why = f"the route of {table.route_table_id} for {rival.destination} may be more specific than the endpoint's"
        return Undecided(why, rival.origin or table.origin, about, hops=(first,))
    lists = topology.prefix_lists_of(endpoint.service)
    side = Side(PUBLIC_V4, lists=lists)
    out = admission(topology, standing.groups, "egress", Packets.of(HTTPS, PUBLIC_V4), side)
    if out.passed.addresses != PUBLIC_V4:
        return replace(_unlet(endpoint, standing, out), about=(*about, *out.hangs), hops=(first,))
    passing = acls(standing, subnet, None)
    if passing.stop is not None:
        return replace(passing.stop, about=(*about, *passing.about), hops=(first,))
    hops = (
        first,
        *(Hop(rule.rule_id, "lets TCP 443 out", rule.origin) for rule in out.rules),
        *passing.hops,
        Hop(table.route_table_id, f"leads to {endpoint.endpoint_id}", table.origin),
        Hop(endpoint.endpoint_id, f"serves {endpoint.service}", endpoint.origin),
    )
    return Path(hops, "endpoint", endpoint.endpoint_id, (*about, *out.hangs, *passing.about))


def _unlet(endpoint: Endpoint, standing: Standing, out: Admission) -> Blocked | Undecided:
    """What the workload's groups say where they don't let TCP 443 out to every address that the service may have."""
    why = f"no security group of {standing.source.name} lets TCP 443 out to the addresses of {endpoint.service}"
    shut = Blocked("workload-group-egress", why, door_of(standing))
    if out.unread is not None or not out.passed:
        return or_unread(shut, out)
    why = f"its security groups let TCP 443 out to {texts(out.passed.addresses)}: whether {endpoint.service} is there"
    return Undecided(f"{why} is not known", shut.at, code=shut.code)


_LEAST_SPECIFIC = 8
"""No block of a service's prefix list is wider than this many bits fix."""


def _rival(topology: Topology, table: RouteTable) -> Route | None:
    """A route to public addresses that may be more specific than those of the prefix list: the longest prefix decides
    (https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html)."""
    for leg in legs(topology, table, PUBLIC_V4):
        route = leg.route
        if route is None or leg.unread or route.target == "local" or route.destination.startswith("pl-"):
            continue
        if length(route.destination) > _LEAST_SPECIFIC and block(route.destination):
            return route
    return None


def _interface(endpoint: Endpoint, standing: Standing, subnet: Subnet) -> Trace:
    topology, about = standing.topology, _about(standing, endpoint)
    unsure = endpoint.doubt("PrivateDnsEnabled")
    if endpoint.private_dns and unsure is None:
        unsure = standing.vpc.doubt("EnableDnsSupport", "EnableDnsHostnames", "DhcpOptionsId")
    if unsure is not None:
        return Undecided(f"whether names resolve to {endpoint.endpoint_id}: {unsure}", endpoint.origin, about)
    misled = misdirected(topology.account, standing.vpc, endpoint)
    if misled is not None:
        return replace(misled, about=(*about, *misled.about))
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
