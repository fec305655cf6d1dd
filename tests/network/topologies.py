"""Small accounts made of network facts, and strategies that make random ones.

A builder names what it makes by a short id, which is also the logical id of its origin. The blocks that the strategies
draw from overlap in many ways, so that rules, routes and entries often speak of the same addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from scenarios.account import Account
from scenarios.account.network import (
    Endpoint,
    InternetGateway,
    NatGateway,
    NetworkAcl,
    NetworkAclEntry,
    Peering,
    Placement,
    PrefixList,
    Route,
    RouteTable,
    SecurityGroup,
    SecurityGroupRule,
    Subnet,
    TransitGatewayAttachment,
    TransitGatewayRouteTable,
    TransitRoute,
    Vpc,
)
from scenarios.account.workload import Instance, Interface, LambdaFunction
from scenarios.finding import Origin

REGION = "eu-west-1"
ANY, ANY6 = "0.0.0.0/0", "::/0"


def at(name: str) -> Origin:
    """The origin of what is called so."""
    return Origin(name)


def account(**facts: Any) -> Account:
    """An account of these facts."""
    return Account(account_id="111122223333", region=REGION, **{name: tuple(each) for name, each in facts.items()})


def vpc(name: str, *cidrs: str, ipv6: tuple[str, ...] = (), **more: Any) -> Vpc:
    """A VPC in which private DNS works."""
    more = {"dns_hostnames": True, **more}
    return Vpc(vpc_id=name, cidrs=cidrs or ("10.0.0.0/16",), ipv6_cidrs=ipv6, origin=at(name), **more)


def subnet(name: str, of: str, cidr: str, zone: str | None = "a", *, ipv6: tuple[str, ...] = (), **more: Any) -> Subnet:
    """A subnet."""
    return Subnet(
        subnet_id=name, vpc_id=of, cidr=cidr, availability_zone=zone, ipv6_cidrs=ipv6, origin=at(name), **more
    )


TARGETS = {
    "igw": "internet-gateway",
    "eigw": "egress-only-internet-gateway",
    "nat": "nat-gateway",
    "pcx": "peering",
    "tgw": "transit-gateway",
    "eni": "network-interface",
    "vpce": "gateway-endpoint",
    "vgw": "virtual-private-gateway",
    "local": "local",
}
"""What a target is, by the beginning of its id."""


def route(destination: str, target: str, **more: Any) -> Route:
    """A route; what its target is stands in the target's id (`nat-1`, `pcx-1`)."""
    kind = TARGETS[target.partition("-")[0]]
    name = f"route-{destination}-{target}"
    return Route(destination=destination, target=kind, target_id=target, origin=at(name), **more)


def table(name: str, of: str, *routes: Route, subnets: tuple[str, ...] = (), main: bool = False) -> RouteTable:
    """A route table."""
    return RouteTable(route_table_id=name, vpc_id=of, routes=routes, subnet_ids=subnets, main=main, origin=at(name))


def rule(direction: str, peer: str, protocol: str = "-1", low: int | None = None, high: int | None = None) -> Any:
    """A security group's rule; the peer is a block, a group (`sg-`) or a prefix list (`pl-`)."""
    kind = {"sg": "group_id", "pl": "prefix_list_id"}.get(peer[:2], "cidr")
    name = f"{direction}-{peer}-{protocol}-{low}-{high}"
    return SecurityGroupRule(
        rule_id=name,
        direction=direction,
        protocol=protocol,
        from_port=low,
        to_port=low if high is None else high,
        origin=at(name),
        **{kind: peer},
    )


def out(peer: str = ANY, protocol: str = "-1", low: int | None = None, high: int | None = None) -> SecurityGroupRule:
    """An egress rule."""
    return rule("egress", peer, protocol, low, high)


def into(peer: str = ANY, protocol: str = "-1", low: int | None = None, high: int | None = None) -> SecurityGroupRule:
    """An ingress rule."""
    return rule("ingress", peer, protocol, low, high)


def group(name: str, of: str, *rules: SecurityGroupRule, default: bool = False) -> SecurityGroup:
    """A security group."""
    return SecurityGroup(group_id=name, name=name, vpc_id=of, rules=rules, is_default=default, origin=at(name))


def entry(
    number: int,
    way: str,
    verdict: str,
    cidr: str = ANY,
    protocol: str = "-1",
    low: int | None = None,
    high: int | None = None,
) -> NetworkAclEntry:
    """An entry: `entry(100, "in", "deny", "10.0.0.0/8")`."""
    return NetworkAclEntry(
        number=number,
        egress=way == "out",
        allow=verdict == "allow",
        protocol=protocol,
        cidr=cidr,
        from_port=low,
        to_port=low if high is None else high,
        origin=at(f"entry-{way}-{number}"),
    )


OPEN = (
    entry(100, "out", "allow"),
    entry(100, "in", "allow"),
    entry(101, "out", "allow", ANY6),
    entry(101, "in", "allow", ANY6),
)
"""The entries of a default network ACL."""


def acl(
    name: str, of: str, *entries: NetworkAclEntry, subnets: tuple[str, ...] = (), default: bool = False
) -> NetworkAcl:
    """A network ACL."""
    return NetworkAcl(acl_id=name, vpc_id=of, entries=entries, subnet_ids=subnets, is_default=default, origin=at(name))


def igw(name: str, of: str) -> InternetGateway:
    """An internet gateway, an egress-only one where its id says so."""
    return InternetGateway(gateway_id=name, vpc_ids=(of,), egress_only=name.startswith("eigw"), origin=at(name))


def nat(name: str, of: str, place: str, *, public: bool = True) -> NatGateway:
    """A NAT gateway."""
    return NatGateway(nat_gateway_id=name, vpc_id=of, subnet_id=place, public=public, origin=at(name))


def peering(name: str, one: str, other: str, **more: Any) -> Peering:
    """A peering connection."""
    return Peering(peering_id=name, requester_vpc_id=one, accepter_vpc_id=other, origin=at(name), **more)


def attachment(name: str, of: str | None, *places: str, gateway: str = "tgw-1") -> TransitGatewayAttachment:
    """An attachment to a transit gateway."""
    return TransitGatewayAttachment(
        attachment_id=name, transit_gateway_id=gateway, vpc_id=of, subnet_ids=places, origin=at(name)
    )


def transit_table(
    name: str,
    associated: tuple[str, ...],
    propagated: tuple[str, ...] = (),
    routes: tuple[TransitRoute, ...] = (),
    gateway: str = "tgw-1",
) -> TransitGatewayRouteTable:
    """A transit gateway route table."""
    return TransitGatewayRouteTable(
        route_table_id=name,
        transit_gateway_id=gateway,
        associations=associated,
        propagations=propagated,
        routes=routes,
        origin=at(name),
    )


def transit_route(destination: str, to: str | None) -> TransitRoute:
    """A static route of a transit gateway; a blackhole without an attachment."""
    return TransitRoute(destination=destination, attachment_id=to, origin=at(f"transit-{destination}"))


def prefix_list(name: str, *cidrs: str) -> PrefixList:
    """A customer's prefix list."""
    return PrefixList(prefix_list_id=name, name=name, cidrs=cidrs, origin=at(name))


def endpoint(name: str, of: str, service: str, *places: str, groups: tuple[str, ...] = (), **more: Any) -> Endpoint:
    """An interface endpoint, or a gateway one where route tables are given."""
    tables = more.pop("tables", ())
    return Endpoint(
        endpoint_id=name,
        vpc_id=of,
        service=f"com.amazonaws.{REGION}.{service}",
        kind="Gateway" if tables else "Interface",
        subnet_ids=places,
        security_group_ids=groups,
        route_table_ids=tables,
        private_dns=more.pop("private_dns", not tables),
        origin=at(name),
        **more,
    )


def function(places: tuple[str, ...], groups: tuple[str, ...], **more: Any) -> LambdaFunction:
    """A function in these subnets and groups."""
    return LambdaFunction(
        name="function", arn="arn:function", placement=_placed(places, groups), origin=at("function"), **more
    )


def instance(places: tuple[str, ...], groups: tuple[str, ...], **more: Any) -> Instance:
    """An instance in these subnets and groups."""
    return Instance(
        name="instance",
        arn="arn:instance",
        instance_id="i-1",
        placement=_placed(places, groups),
        origin=at("instance"),
        **more,
    )


def interface(device: int, place: str, *groups: str, **more: Any) -> Interface:
    """One of an instance's network interfaces."""
    more = {"public_ip": False, "ipv6": False, "origin": at(f"eni-{device}"), **more}
    return Interface(device=device, placement=_placed((place,), groups), **more)


def machine(*interfaces: Interface) -> Instance:
    """An instance with these network interfaces."""
    first = interfaces[0]
    place = first.placement
    assert place is not None
    return instance(
        place.subnet_ids,
        place.security_group_ids,
        public_ip=bool(first.public_ip),
        ipv6=bool(first.ipv6),
        interfaces=interfaces,
    )


def _placed(places: tuple[str, ...], groups: tuple[str, ...]) -> Placement:
    return Placement(subnet_ids=places, security_group_ids=groups, vpc_id="vpc-0")


BLOCKS = ("10.0.0.0/16", "10.0.0.0/17", "10.1.0.0/16", "10.1.128.0/17", "10.0.0.0/8", "10.0.0.64/26", ANY)
NARROW = ("8.8.8.0/24", "8.8.8.128/25", "8.0.0.0/7", "10.0.1.0/24", "10.1.1.0/25", "10.2.0.0/16", "10.0.1.128/25")
BLOCKS6 = (ANY6, "2600:1f00::/56", "2600:1f01::/56", "2600:1f00:0:80::/57", "2000::/3", "64:ff9b::/96")
EVERY_BLOCK = (*BLOCKS, *NARROW, *BLOCKS6)
DESTINATIONS = (
    *("10.0.0.5", "10.0.0.70", "10.0.1.5", "10.0.1.200", "10.0.2.9", "10.1.0.7", "10.1.1.7", "10.1.1.200"),
    *("10.1.200.1", "10.2.0.9", "10.2.1.9", "10.9.9.9", "8.8.8.8", "8.8.8.200", "9.9.9.9"),
    *("2600:1f00::5", "2600:1f00:0:1::5", "2600:1f01::5", "2600:9::1", "64:ff9b::808:808"),
)
PORTS = (None, 22, 443, 1024)
BIG = 256


@dataclass
class Parts:
    """The facts of an account on their way to become one."""

    facts: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, kind: str, *found: Any) -> None:
        """One more fact."""
        self.facts.setdefault(kind, []).extend(found)


def _ports(draw: Any) -> tuple[str, int | None, int | None]:
    choices = [("-1", None, None), ("tcp", 443, 443), ("6", 0, 1023), ("tcp", 1024, 65535), ("17", 53, 53)]
    return draw(st.sampled_from(choices))


@st.composite
def rules(draw: Any) -> SecurityGroupRule:
    """A rule of a security group."""
    peer = draw(st.sampled_from((*EVERY_BLOCK, ANY, ANY, ANY6, "pl-1")))
    return rule(draw(st.sampled_from(("egress", "egress", "ingress"))), peer, *_ports(draw))


@st.composite
def entries(draw: Any) -> tuple[NetworkAclEntry, ...]:
    """The entries of a network ACL, each number once a direction; as a rule they end with one that allows."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        way = draw(st.sampled_from(("in", "out")))
        verdict = draw(st.sampled_from(("allow", "deny")))
        found.append(entry(10 + number, way, verdict, draw(st.sampled_from(EVERY_BLOCK)), *_ports(draw)))
    return (*found, *OPEN) if draw(st.integers(0, 4)) else tuple(found)


def _index(draw: Any, most: int) -> int:
    return draw(st.integers(0, most))


@st.composite
def topologies(draw: Any) -> Account:
    """One to three VPCs, `vpc-0` with the workload, in subnets `0-0`, `0-1` and so on; all that joins them."""
    parts = Parts()
    count = draw(st.integers(1, 3))
    transit = count > 1 and draw(st.booleans())
    for number in range(count):
        _network(draw, parts, number, count, transit)
    for number in range(1, count):
        parts.add("peerings", peering(f"pcx-{number}", "vpc-0", f"vpc-{number}"))
    if transit:
        _transit(draw, parts, count)
    parts.add("prefix_lists", prefix_list("pl-1", *draw(st.lists(st.sampled_from((*BLOCKS, *NARROW)), max_size=2))))
    v6 = draw(st.booleans())
    place = ("0-0",)
    groups = ("sg-0", "sg-1") if draw(st.booleans()) else ("sg-0",)
    if draw(st.booleans()):
        parts.add("functions", function(place, groups, ipv6=v6))
    else:
        parts.add("instances", instance(place, groups, ipv6=v6, public_ip=draw(st.booleans())))
    return account(**parts.facts)


def _network(draw: Any, parts: Parts, number: int, count: int, transit: bool) -> None:
    name = f"vpc-{number}"
    parts.add("vpcs", vpc(name, f"10.{number}.0.0/16", ipv6=(f"2600:1f0{number}::/56",)))
    parts.add("internet_gateways", igw(f"igw-{number}", name), igw(f"eigw-{number}", name))
    places = [f"{number}-{each}" for each in range(draw(st.integers(2, 3)))]
    for each, place in enumerate(places):
        zone = draw(st.sampled_from(("a", "a", "b")))
        ipv6 = (f"2600:1f0{number}:0:{each}::/64",)
        parts.add("subnets", subnet(place, name, f"10.{number}.{each}.0/24", zone, ipv6=ipv6))
    public = draw(st.integers(0, 4)) > 0
    parts.add("nat_gateways", nat(f"nat-{number}", name, draw(st.sampled_from(places)), public=public))
    targets = [f"igw-{number}", f"nat-{number}", f"nat-{number}", f"eigw-{number}"]
    targets += [f"pcx-{other}" for other in range(1, count) if number in (0, other)] * 2
    targets += ["tgw-1"] * 3 if transit else []
    _tables(draw, parts, name, places, targets)
    for each in range(2):
        found = draw(st.lists(rules(), max_size=3))
        wide = [out(ANY), out(ANY6)] if draw(st.sampled_from((True, True, True, False))) else []
        if number == 0:
            parts.add("security_groups", group(f"sg-{each}", name, *found, *wide))
    closed = draw(st.sampled_from([(), *((place,) for place in places)]))
    parts.add("network_acls", acl(f"acl-{number}", name, *draw(entries()), subnets=closed))
    parts.add("network_acls", acl(f"acl-default-{number}", name, *OPEN, default=True))


def _tables(draw: Any, parts: Parts, name: str, places: list[str], targets: list[str]) -> None:
    for each in range(2):
        private = draw(st.sampled_from(targets[4:] or targets))
        public = draw(st.sampled_from(targets + [targets[0]] * len(targets) * each))
        found = {"10.0.0.0/8": route("10.0.0.0/8", private), ANY: route(ANY, public), ANY6: route(ANY6, public)}
        if not draw(st.integers(0, 3)):
            found.clear()
        for _ in range(draw(st.integers(0, 3))):
            destination = draw(st.sampled_from((*EVERY_BLOCK, ANY, ANY6, "pl-1")))
            blackhole = draw(st.integers(0, 9)) == 0
            found[destination] = route(destination, draw(st.sampled_from(targets)), blackhole=blackhole)
        taken = {text for one in parts.facts["vpcs"] if one.vpc_id == name for text in (*one.cidrs, *one.ipv6_cidrs)}
        kept = [one for destination, one in found.items() if destination not in taken]
        mine = tuple(place for place in places if draw(st.booleans())) if each else ()
        parts.add("route_tables", table(f"rtb-{name}-{each}", name, *kept, subnets=mine, main=not each))


def _transit(draw: Any, parts: Parts, count: int) -> None:
    names = [f"att-{number}" for number in range(count)]
    for number in range(count):
        places = [one.subnet_id for one in parts.facts["subnets"] if one.vpc_id == f"vpc-{number}"]
        served: dict[Any, str] = {}
        for place in draw(st.permutations(places)):
            zone = next(one.availability_zone for one in parts.facts["subnets"] if one.subnet_id == place)
            served.setdefault(zone, place)
        kept = list(served.values())[: draw(st.integers(1, 2))]
        parts.add("transit_gateway_attachments", attachment(names[number], f"vpc-{number}", *kept))
    split = draw(st.integers(0, count))
    for label, associated in (("one", names[:split]), ("two", names[split:])):
        found = {}
        for _ in range(draw(st.integers(0, 2))):
            destination = draw(st.sampled_from((*BLOCKS, *NARROW, ANY)))
            found[destination] = transit_route(destination, draw(st.sampled_from((*names, None))))
        propagated = tuple(name for name in names if draw(st.integers(0, 3)))
        parts.add(
            "transit_gateway_route_tables",
            transit_table(f"tgw-rtb-{label}", tuple(associated), propagated, tuple(found.values())),
        )


def workload(found: Account) -> Any:
    """The workload of a random account."""
    return next(found.workloads())
