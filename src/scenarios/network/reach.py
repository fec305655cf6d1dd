"""Every way by which a workload's packets could leave for the internet.

Also the ways that need no route of the account: the networks that services themselves provide.
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Route, RouteTable, SecurityGroupRule, Subnet
from scenarios.account.sagemaker import Domain, Notebook, UserProfile
from scenarios.account.workload import EcsService, Instance, LambdaFunction, Workload
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided
from scenarios.network.route import ways_out as routes_out
from scenarios.network.security_group import any_public_address
from scenarios.network.standing import Standing, stand


def ways_out(account: Account, source: Workload) -> tuple[Trace, ...]:
    """Each way out: open (Path), closed by something on it (Blocked), or leading to what nobody sees (Undecided)."""
    own = tuple(_service_network(account, source))
    standing = stand(account, source)
    if isinstance(standing, Undecided):
        return (*own, standing)
    if not isinstance(standing, Standing):
        return own
    return own + tuple(way for subnet in standing.subnets for way in _from_subnet(standing, subnet))


def _service_network(account: Account, source: Workload) -> Iterator[Trace]:
    """Networks of AWS's own, with internet, beside or instead of the account's."""
    direct = isinstance(source, Notebook) and source.direct_internet
    public = isinstance(source, Domain) and source.internet_access
    if isinstance(source, UserProfile):
        domain = next((domain for domain in account.domains if domain.domain_id == source.domain_id), None)
        public = domain is not None and domain.internet_access
    outside = source.placement is None and isinstance(source, LambdaFunction | Notebook | Domain)
    if direct or public or outside:
        hop = Hop(source.name, "leaves by the service's own network, which has internet", source.origin)
        yield Path((hop,), "service-network")


def _from_subnet(standing: Standing, subnet: Subnet) -> Iterator[Trace]:
    table = standing.topology.route_table(subnet)
    about = standing.about
    if table is None:
        yield Undecided(f"the route table of {subnet.subnet_id} is not known", subnet.origin, about)
        return
    for route in routes_out(table):
        yield _by_route(standing, subnet, table, route)


def _by_route(standing: Standing, subnet: Subnet, table: RouteTable, route: Route) -> Trace:
    origin = route.origin or table.origin
    about = (*standing.about, *([origin] if origin else []))
    target = f"{route.target} {route.target_id}"
    rule = _anything_out(standing)
    if rule is None:
        why = f"no security group of {standing.source.name} lets anything out to public addresses"
        return Blocked(
            "workload-group-egress", why, standing.groups[0].origin if standing.groups else None, about=about
        )
    blocked = _closed(standing, subnet, route)
    if blocked is not None:
        return Blocked("no-route", blocked, origin, about=about)
    if route.target in _UNSEEN:
        why = f"{table.route_table_id} leads to {target} for {route.destination}: nobody sees what lies behind"
        return Undecided(why, origin, about)
    hops = (
        Hop(standing.source.name, f"stands in {subnet.subnet_id}", standing.source.origin),
        Hop(rule.rule_id, "lets the packet out", rule.origin),
        Hop(target, f"is the route of {table.route_table_id} for {route.destination}", origin),
    )
    return Path(hops, route.target, route.target_id)


_UNSEEN = (
    "peering",
    "transit-gateway",
    "virtual-private-gateway",
    "network-interface",
    "instance",
    "gateway-load-balancer-endpoint",
    "carrier-gateway",
    "local-gateway",
    "core-network",
    "other",
)


def _anything_out(standing: Standing) -> SecurityGroupRule | None:
    """Any egress rule to public addresses, whatever its protocol and port: a narrow way is a way."""
    for group in standing.groups:
        for rule in group.rules:
            if rule.direction == "egress" and any_public_address(rule):
                return rule
    return None


def _closed(standing: Standing, subnet: Subnet, route: Route) -> str | None:
    """Why a route to an internet or NAT gateway leads nowhere after all."""
    if route.target == "internet-gateway" and not _has_public_address(standing.source, subnet):
        return f"{standing.source.name} has no public address: the internet gateway passes nothing for it"
    if route.target == "nat-gateway":
        gateway = standing.topology.nat_gateways.get(route.target_id or "")
        if gateway is not None and not gateway.public:
            return f"{gateway.nat_gateway_id} is a private NAT gateway"
        place = standing.topology.subnets.get(gateway.subnet_id) if gateway else None
        table = standing.topology.route_table(place) if place else None
        if table is not None and not any(way.target == "internet-gateway" for way in routes_out(table)):
            return f"the NAT gateway's own subnet {place.subnet_id if place else ''} has no internet gateway"
    return None


def _has_public_address(source: Workload, subnet: Subnet) -> bool:
    """A function's and SageMaker's interfaces never have a public address."""
    if isinstance(source, Instance):
        return source.public_ip or subnet.public_ip_on_launch
    return isinstance(source, EcsService) and source.public_ip
