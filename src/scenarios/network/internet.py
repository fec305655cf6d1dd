"""Every way by which a workload's packets could leave for the internet, and packets from there could come to it.

Also the ways that need no route of the account: the networks that services themselves provide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account, Fact
from scenarios.account.network import Route, Subnet
from scenarios.account.sagemaker import Domain, JobDefinition, Model, Notebook, Space, UserProfile
from scenarios.account.workload import LambdaFunction, Workload
from scenarios.network.filters.answers import answered
from scenarios.network.filters.network_acl import ruling
from scenarios.network.filters.security_group import Side, admission
from scenarios.network.hangs import on, whole
from scenarios.network.isolation import cut_off
from scenarios.network.path import Blocked, Hop, Path, Trace, Undecided
from scenarios.network.routes.addressed import ipv6_address, may_have_public_address, public_address
from scenarios.network.routes.edge import sent_aside
from scenarios.network.routes.leaving import leaving
from scenarios.network.routes.place import block_of
from scenarios.network.routes.public_access import closed_to_public
from scenarios.network.routes.route import legs
from scenarios.network.sets.addresses import ALL_V4, ALL_V6, PUBLIC, blocks
from scenarios.network.sets.packets import EVERY_KIND, Packets
from scenarios.network.sets.ranges import Ranges
from scenarios.network.standing import Standing, stands
from scenarios.network.topology import Topology

_IN_ITS_OWN = (LambdaFunction, Notebook, Domain, Model, JobDefinition)
"""What runs in its service's network where it has no VPC: with internet, SageMaker's containers too ("Give SageMaker AI
hosted endpoints access to resources in your Amazon VPC",
https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html)."""


def ways_out(account: Account, source: Workload) -> tuple[Trace, ...]:
    """Each way out: open (Path), closed by something on it (Blocked), or leading to what nobody sees (Undecided).

    Open is a way on which any packet gets out, whatever its protocol, port and address. There is at least one answer,
    closed where no route leads out at all. A machine's ways are those of all its network interfaces.
    """
    memo = account.derived(Topology).memo
    if (ways_out, source) not in memo:
        memo[ways_out, source] = _ways_out(account, source)
    found: tuple[Trace, ...] = memo[ways_out, source]
    return found


def _ways_out(account: Account, source: Workload) -> tuple[Trace, ...]:
    if (cut := cut_off(source)) is not None:
        return (cut,)
    own = tuple(_service_network(account, source))
    ways = (way for standing in stands(account, source) for way in _from(standing))
    return own + tuple(dict.fromkeys(ways))


def _from(standing: Standing | Blocked | Undecided) -> Iterator[Trace]:
    if not isinstance(standing, Standing):
        yield standing
        return
    wanted = Packets.of(EVERY_KIND, _outside(standing))
    for subnet in standing.subnets:
        yield from (found.trace for found in leaving(standing, subnet, wanted))


def ways_in(account: Account, source: Workload) -> tuple[Trace, ...]:
    """Each way in: a connection that somebody on the internet opens to an interface of the workload itself.

    What a load balancer, a function URL or another service in front of it passes on is not among them.
    """
    if (cut := cut_off(source)) is not None:
        return (cut,)
    return tuple(way for standing in stands(account, source) for way in _to(standing))


def _to(standing: Standing | Blocked | Undecided) -> Iterator[Trace]:
    if isinstance(standing, Standing):
        yield from (_into(standing, subnet) for subnet in standing.subnets)
    else:
        yield standing


def _outside(standing: Standing) -> Ranges:
    return PUBLIC - blocks((*standing.vpc.cidrs, *standing.vpc.ipv6_cidrs))


def _service_network(account: Account, source: Workload) -> Iterator[Trace]:
    """Networks of AWS's own, with internet, beside or instead of the account's."""
    setting = _opening(account, source)
    if setting is None and (source.placement or source.doubt_of_place() or not isinstance(source, _IN_ITS_OWN)):
        return
    by = next(iter(on(*setting)), None) if setting else None
    hop = Hop(source.name, "leaves by the service's own network, which has internet", by or source.origin)
    yield Path((hop,), "service-network", packets=Packets.of(EVERY_KIND, PUBLIC))


def _opening(account: Account, source: Workload) -> tuple[Fact, str] | None:
    """The setting that gives a notebook or a Studio app SageMaker's own network beside its VPC."""
    if isinstance(source, Notebook):
        return (source, "DirectInternetAccess") if source.direct_internet else None
    if not isinstance(source, Domain | UserProfile | Space):
        return None
    domain = next((domain for domain in account.domains if domain.domain_id == source.domain_id), None)
    return (domain, "AppNetworkAccessType") if domain is not None and domain.internet_access else None


def _into(standing: Standing, subnet: Subnet) -> Trace:
    about = (*standing.about, *on(subnet, "MapPublicIpOnLaunch", "AssignIpv6AddressOnCreation"))
    callers, unsure, why = _callers(standing, subnet)
    found = _reached(standing, subnet, callers) if callers else _unaddressed(standing, subnet)
    if unsure and not isinstance(found, Path):
        at_best = _reached(standing, subnet, unsure)
        found = at_best if isinstance(at_best, Blocked) else Undecided(why, standing.source.origin)
    return replace(found, about=(*about, *found.about))


def _unaddressed(standing: Standing, subnet: Subnet) -> Blocked:
    source = standing.source
    return Blocked("no-public-address", f"{source.name} has no public address", source.origin or subnet.origin)


def _reached(standing: Standing, subnet: Subnet, callers: Ranges) -> Trace:
    """What becomes of the packets that these callers send to the workload's address."""
    route = _answering_route(standing, subnet, callers)
    if not isinstance(route, tuple):
        return route
    gateway, callers = route
    if (closed := closed_to_public(standing.topology, subnet, "in")) is not None:
        return closed
    receivers = Ranges.of(*(part for v in (ALL_V4, ALL_V6) for part in block_of(subnet, v, standing.source).parts))
    aside = sent_aside(standing.topology, gateway.target_id or "", subnet, receivers)
    if aside is not None:
        return aside
    hop = Hop(f"internet-gateway {gateway.target_id}", f"is what {subnet.subnet_id} answers through", gateway.origin)
    found = _admitted(standing, subnet, callers)
    hops = (Hop("internet", "any public address"), hop, *found.hops)
    return replace(found, hops=hops, about=(*whole(gateway), *found.about))


def _callers(standing: Standing, subnet: Subnet) -> tuple[Ranges, Ranges, str]:
    """The public addresses whose packets are meant for the workload, those of the versions that it has an address of,
    and those whose packets may be, with the reason."""
    source = standing.source
    v4, v6 = public_address(source, subnet), ipv6_address(source, subnet)
    sure, unsure, why = Ranges(), Ranges(), ""
    for has, version in ((v4, ALL_V4), (v6, ALL_V6)):
        callers = _outside(standing) & version
        if has is True:
            sure |= callers
        elif isinstance(has, str):
            unsure, why = unsure | callers, f"whether {source.name} has a public address: {has}"
        elif has is None and may_have_public_address(source):
            unsure |= callers
            why = why or f"whether {source.name} gets an IPv6 address is not said in the template"
    return sure, unsure, why


def _answering_route(standing: Standing, subnet: Subnet, callers: Ranges) -> tuple[Route, Ranges] | Blocked | Undecided:
    """A route to an internet gateway, with those callers that such routes lead answers to."""
    table = standing.topology.route_table(subnet)
    if table is None:
        return Undecided(f"the route table {standing.topology.unknown_association(subnet)}", subnet.origin)
    about = whole(table)
    found = legs(standing.topology, table, callers)
    to_gateway = [
        leg for leg in found if leg.route and leg.route.target == "internet-gateway" and not leg.route.blackhole
    ]
    sure = [leg for leg in to_gateway if not (leg.unread or leg.torn)]
    if sure and sure[0].route is not None:
        return sure[0].route, Ranges.of(*(part for leg in sure for part in leg.addresses.parts))
    if to_gateway:
        return Undecided(f"a route of {table.route_table_id} cannot be read", table.origin, about)
    why = f"{table.route_table_id}, the route table of {subnet.subnet_id}, leads to no internet gateway"
    return Blocked("no-route", why, table.origin or subnet.origin, about=about)


def _admitted(standing: Standing, subnet: Subnet, callers: Ranges) -> Trace:
    """What the subnet's network ACL and the workload's groups say to the callers' packets."""
    topology, source = standing.topology, standing.source
    acl = topology.acl(subnet)
    if acl is None:
        return Undecided(f"the network ACL {topology.unknown_association(subnet)}", subnet.origin)
    wanted = Packets.of(EVERY_KIND, callers)
    entered = ruling(topology, acl, wanted, egress=False)
    let = admission(topology, standing.groups, "ingress", wanted, Side(callers))
    about = (*whole(acl), *entered.hangs, *let.hangs)
    if not let.possible:
        at = next(iter(whole(*standing.groups)), source.origin)
        why = f"no security group of {source.name} admits anything from public addresses"
        return Blocked("workload-group-ingress", why, at, about=about)
    sure, possible = answered(topology, acl, let.passed & entered.passed, let.possible & entered.possible, egress=True)
    if not possible:
        at = (entered.refusing.origin if entered.refusing else None) or acl.origin
        why = f"network ACL {acl.acl_id} lets none of it into {subnet.subnet_id}, or no answer out"
        return Blocked("network-acl", why, at, about=about)
    if not sure:
        at = let.unread.origin if let.unread else acl.origin
        return Undecided("a rule that might admit it cannot be read", at, about)
    hops = [Hop(rule.rule_id, f"admits {let.passed}", rule.origin) for rule in let.rules[:1]]
    hops.append(Hop(source.name, f"stands in {subnet.subnet_id}", source.origin))
    return Path(tuple(hops), "internet-gateway", None, about, sure)
