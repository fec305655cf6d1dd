"""Every way by which a workload's packets could leave for the internet.

Also the ways that need no route of the account: the networks that services themselves provide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.network import NatGateway, Route, RouteTable, SecurityGroupRule, Subnet
from scenarios.account.sagemaker import Domain, Notebook, UserProfile
from scenarios.account.workload import EcsService, Instance, LambdaFunction, Workload
from scenarios.network.blocks import block
from scenarios.network.hangs import BLOCK, ROUTE, on, whole
from scenarios.network.interfaces import door_of, or_unread
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided
from scenarios.network.route import ways_out as routes_out
from scenarios.network.security_group import Admission, any_public_address
from scenarios.network.standing import Standing, stand
from scenarios.network.topology import Topology


def ways_out(account: Account, source: Workload) -> tuple[Trace, ...]:
    """Each way out: open (Path), closed by something on it (Blocked), or leading to what nobody sees (Undecided).

    There is at least one answer, closed where no route leads out at all.
    """
    own = tuple(_service_network(account, source))
    standing = stand(account, source)
    if not isinstance(standing, Standing):
        return (*own, standing)
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
        yield Undecided(f"the route table {standing.topology.unknown_association(subnet)}", subnet.origin, about)
        return
    leading = tuple(routes_out(table))
    if not leading:
        why = f"no route of {table.route_table_id} leads out of {standing.vpc.vpc_id}"
        yield Blocked("no-route", why, table.origin or subnet.origin, about=(*about, *whole(table)))
    for route in leading:
        yield _by_route(standing, subnet, table, route)


def _by_route(standing: Standing, subnet: Subnet, table: RouteTable, route: Route) -> Trace:
    origin = route.origin or table.origin
    source, target = standing.source, f"{route.target} {route.target_id}"
    about = (*standing.about, *whole(table, route), *on(route, *ROUTE))
    rule, narrowed = _anything_out(standing)
    if rule is None:
        why = f"no security group of {source.name} lets anything out to public addresses"
        shut = Blocked("workload-group-egress", why, door_of(standing))
        return replace(or_unread(shut, narrowed), about=(*about, *narrowed.hangs))
    closed = _closed(standing, subnet, route)
    if closed is not None:
        return replace(closed, at=origin, about=(*about, *closed.about))
    if block(route.destination) is None and not route.destination.startswith("pl-"):
        why = f"a route of {table.route_table_id} is for {route.destination}, which is no block that can be read"
        return Undecided(why, origin, about)
    if route.target in _UNSEEN:
        why = f"{table.route_table_id} leads to {target} for {route.destination}: nobody sees what lies behind"
        return Undecided(why, origin, about)
    hops = (
        Hop(source.name, f"stands in {subnet.subnet_id}", source.origin),
        Hop(rule.rule_id, "lets the packet out", rule.origin),
        Hop(target, f"is the route of {table.route_table_id} for {route.destination}", origin),
    )
    return Path(hops, route.target, route.target_id, (*about, *narrowed.hangs))


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


def _anything_out(standing: Standing) -> tuple[SecurityGroupRule | None, Admission]:
    """Any egress rule to public addresses, whatever its protocol and port: a narrow way is a way."""
    rules = [rule for group in standing.groups for rule in group.rules if rule.direction == "egress"]
    public = next((rule for rule in rules if any_public_address(rule)), None)
    unread = next((rule for rule in rules if any_public_address(rule) is None), None)
    deciding = [public] if public else rules
    hangs = tuple(origin for rule in deciding for origin in on(rule, *BLOCK))
    return public, Admission(public, unread, hangs, narrow=False)


def _closed(standing: Standing, subnet: Subnet, route: Route) -> Blocked | Undecided | None:
    """Why a route to an internet or NAT gateway leads nowhere after all."""
    if route.target == "internet-gateway" and not _has_public_address(standing.source, subnet):
        why = f"{standing.source.name} has no public address: the internet gateway passes nothing for it"
        given = on(subnet, "MapPublicIpOnLaunch") if isinstance(standing.source, Instance) else ()
        return Blocked("no-route", why, None, about=given)
    if route.target == "nat-gateway":
        return _closed_behind(standing.topology, standing.topology.nat_gateways.get(route.target_id or ""))
    return None


def _closed_behind(topology: Topology, gateway: NatGateway | None) -> Blocked | Undecided | None:
    """Why a NAT gateway leads nowhere: it is private, or its own subnet has no internet gateway."""
    if gateway is None:
        return None
    if not gateway.public:
        why = f"{gateway.nat_gateway_id} is a private NAT gateway"
        return Blocked("no-route", why, None, about=(*whole(gateway), *on(gateway, "ConnectivityType")))
    if (outside := topology.stand_in([gateway.subnet_id])) is not None:
        return Undecided(f"{gateway.nat_gateway_id} stands in {outside}")
    place = topology.subnets.get(gateway.subnet_id)
    table = topology.route_table(place) if place else None
    if place is None or table is None or any(way.target == "internet-gateway" for way in routes_out(table)):
        return None
    why = f"the NAT gateway's own subnet {place.subnet_id} has no internet gateway"
    return Blocked("no-route", why, None, about=whole(gateway, place, table))


def _has_public_address(source: Workload, subnet: Subnet) -> bool:
    """A function's and SageMaker's interfaces never have a public address."""
    if isinstance(source, Instance):
        return source.public_ip or subnet.public_ip_on_launch
    return isinstance(source, EcsService) and source.public_ip
