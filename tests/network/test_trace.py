"""Documented behaviour of AWS networks, one case each; docs/network-facts.md names the pages.

The workload `function` (or `instance`) stands in the subnet `own` (10.0.0.0/24, zone a) of `vpc-0`, which also has the
subnet `public` (10.0.1.0/24, zone b); what a case adds or changes is all that it says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from scenarios.account import Account
from scenarios.account.network import DhcpOptions, NetworkInterface, PublicAccessBlock
from scenarios.account.sagemaker import Notebook
from scenarios.network import Block, Blocked, Internet, Network, Service, Trace, Undecided, to_networks, trace
from scenarios.network import Path as Way
from scenarios.network.sets.addresses import texts

sys.path.insert(0, str(Path(__file__).parent))
from topologies import (
    ANY,
    ANY6,
    OPEN,
    account,
    acl,
    at,
    attachment,
    endpoint,
    entry,
    function,
    group,
    igw,
    instance,
    interface,
    into,
    machine,
    nat,
    out,
    peering,
    prefix_list,
    route,
    subnet,
    table,
    transit_route,
    transit_table,
    vpc,
    workload,
)

WEB = Block("8.8.8.8/32", 443)
FAR = Block("10.1.0.9/32", 443)
NEAR = Block("10.0.1.9/32", 443)
NAT64 = Block("64:ff9b::808:808/128", 443)
WEB6 = Block("2600:9::1/128", 443)
WIDE = group("sg-1", "vpc-0", out(ANY), out(ANY6))


def world(*routes: Any, public: tuple[Any, ...] = (), groups: Any = (WIDE,), **more: Any) -> Account:
    """`own` has the routes, `public` those of a table of its own."""
    source = more.pop("source", None) or function(("own",), tuple(each.group_id for each in groups))
    kind = more.pop("kind", "instances" if source.name == "instance" else "functions")
    facts: dict[str, list[Any]] = {
        "vpcs": [more.pop("vpc", vpc("vpc-0", ipv6=("2600:1f00::/56",)))],
        "subnets": [
            more.pop("own", subnet("own", "vpc-0", "10.0.0.0/24", "a", ipv6=("2600:1f00::/64",))),
            subnet("public", "vpc-0", "10.0.1.0/24", "b", ipv6=("2600:1f00:0:1::/64",)),
        ],
        "route_tables": [
            table("rtb-own", "vpc-0", *routes, subnets=("own",)),
            table("rtb-public", "vpc-0", *public, subnets=("public",)),
        ],
        "security_groups": list(groups),
        "network_acls": [acl("acl-default", "vpc-0", *OPEN, default=True)],
        "internet_gateways": [igw("igw-0", "vpc-0"), igw("eigw-0", "vpc-0")],
        "nat_gateways": [more.pop("nat", nat("nat-0", "vpc-0", "public"))],
        kind: [source],
    }
    for name, added in more.items():
        if isinstance(added, (list, tuple)):
            facts.setdefault(name, []).extend(added)
        else:
            facts[name] = added
    single = {name: facts.pop(name) for name in ("public_access_block",) if name in facts}
    return account(**facts).model_copy(update=single)


def other(*routes: Any, number: int = 1, **more: Any) -> dict[str, list[Any]]:
    """Another VPC, `vpc-1` with the subnet `far` in zone a, and the peering connection `pcx-1` to it."""
    name, place = f"vpc-{number}", "far" if number == 1 else f"far-{number}"
    return {
        "vpcs": [vpc(name, f"10.{number}.0.0/16", ipv6=(f"2600:1f0{number}::/56",))],
        "subnets": [
            subnet(place, name, f"10.{number}.0.0/24", "a", ipv6=(f"2600:1f0{number}::/64",)),
            subnet(f"{place}-nat", name, f"10.{number}.1.0/24", "a"),
        ],
        "route_tables": [table(f"rtb-{place}", name, *routes, main=True)],
        "network_acls": [acl(f"acl-{place}", name, *OPEN, default=True)],
        "peerings": [peering(f"pcx-{number}", "vpc-0", name, **more)],
    }


def joined(*facts: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """All of these facts."""
    found: dict[str, list[Any]] = {}
    for each in facts:
        for name, added in each.items():
            found.setdefault(name, []).extend(added)
    return found


def transit(*routes: Any, associated: tuple[str, ...] = ("att-0", "att-1"), **more: Any) -> dict[str, list[Any]]:
    """Attachments of both VPCs to `tgw-1`, with one table, to which both propagate."""
    propagated = more.pop("propagated", ("att-0", "att-1"))
    return {
        "transit_gateway_attachments": [
            attachment("att-0", "vpc-0", more.pop("door", "own")),
            attachment("att-1", "vpc-1", "far"),
        ],
        "transit_gateway_route_tables": [transit_table("tgw-rtb", associated, propagated, routes)],
    }


TO_FAR, BACK = route("10.1.0.0/16", "pcx-1"), route("10.0.0.0/16", "pcx-1")
TO_TGW, FROM_TGW = route("10.1.0.0/16", "tgw-1"), route("10.0.0.0/16", "tgw-1")
TO_NAT, TO_IGW = route(ANY, "nat-0"), route(ANY, "igw-0")
PUBLIC = instance(("own",), ("sg-1",), public_ip=True)
DUAL = instance(("own",), ("sg-1",), ipv6=True)
CLOSED = PublicAccessBlock(mode="block-bidirectional", origin=at("bpa"))
INGRESS_CLOSED = PublicAccessBlock(mode="block-ingress", origin=at("bpa"))


def card(name: str, place: str, *, forwards: bool) -> NetworkInterface:
    """A network interface of its own."""
    return NetworkInterface(interface_id=name, vpc_id="vpc-0", subnet_id=place, forwards=forwards, origin=at(name))


def edge(destination: str) -> Any:
    """The route table of the internet gateway, with a route to an appliance."""
    made = table("rtb-edge", "vpc-0", route(destination, "eni-9"))
    return made.model_copy(update={"gateway_ids": ("igw-0",)})


MAYBE_PUBLIC = ((("Properties", "PublicIp"), "parameter P has no value"),)


def unsure_block(*setting: str) -> PublicAccessBlock:
    """Both directions are blocked, but for one setting that nobody knows."""
    spared = (("public", "allow-egress"),) if "Exclusions" in setting else ()
    uncertain = ((("Properties", *setting), "parameter P has no value"),)
    return CLOSED.model_copy(update={"excluded": spared, "uncertain": uncertain})


ANSWERS_REFUSED = (entry(90, "in", "deny", ANY, "tcp", 1024, 65535), *OPEN)


def own_acl(*entries: Any, place: str = "own") -> list[Any]:
    return [acl("acl-own", "vpc-0", *entries, subnets=(place,))]


CENTRAL = joined(
    other(route(ANY, "nat-1"), FROM_TGW),
    transit(transit_route(ANY, "att-1"), transit_route("10.0.0.0/16", "att-0")),
    {"nat_gateways": [nat("nat-1", "vpc-1", "far-nat")], "internet_gateways": [igw("igw-1", "vpc-1")]},
)
"""A transit gateway that leads to the NAT gateway of another VPC; the table of its subnet is still to be added."""


def central(*routes: Any) -> dict[str, list[Any]]:
    """The NAT gateway's own subnet has these routes."""
    own = table("rtb-nat", "vpc-1", *routes, subnets=("far-nat",))
    return joined(CENTRAL, {"route_tables": [own]})


OPEN_WAYS: dict[str, tuple[Account, Any, str, str | None, tuple[str, ...]]] = {
    "the local route needs no route": (world(), NEAR, "local", None, ("function", "vpc-0", "public")),
    "a NAT gateway's own subnet leads on": (
        world(TO_NAT, public=(TO_IGW,)),
        WEB,
        "nat-gateway",
        "nat-0",
        ("function", "nat-gateway nat-0", "internet-gateway igw-0"),
    ),
    "the more specific route wins": (
        world(route("8.0.0.0/7", "igw-0"), route("8.8.0.0/16", "nat-0"), public=(TO_IGW,)),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "a route for a prefix list": (
        world(route("pl-1", "nat-0"), public=(TO_IGW,), prefix_lists=[prefix_list("pl-1", "8.8.8.0/24")]),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "a route for a block before a prefix list's": (
        world(
            route("pl-1", "igw-0"),
            route("8.8.8.0/24", "nat-0"),
            public=(TO_IGW,),
            prefix_lists=[prefix_list("pl-1", "8.8.8.0/24")],
        ),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "an instance with a public address": (
        world(TO_IGW, source=PUBLIC),
        WEB,
        "internet-gateway",
        "igw-0",
        ("instance", "internet-gateway igw-0"),
    ),
    "an instance with an IPv6 address": (
        world(route(ANY6, "igw-0"), source=DUAL),
        WEB6,
        "internet-gateway",
        "igw-0",
        (),
    ),
    "an egress-only gateway": (
        world(route(ANY6, "eigw-0"), source=DUAL),
        WEB6,
        "egress-only-internet-gateway",
        "eigw-0",
        (),
    ),
    "NAT64": (
        world(
            route("64:ff9b::/96", "nat-0"), public=(TO_IGW,), source=DUAL, groups=(group("sg-1", "vpc-0", out(ANY6)),)
        ),
        NAT64,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "peering": (
        world(TO_FAR, **other(BACK)),
        FAR,
        "peering",
        "pcx-1",
        ("function", "peering pcx-1", "vpc-1", "far"),
    ),
    "peering with answers through a transit gateway": (
        world(TO_FAR, **joined(other(FROM_TGW), transit())),
        FAR,
        "peering",
        "pcx-1",
        (),
    ),
    "a transit gateway that the other VPC's blocks are propagated to": (
        world(TO_TGW, **joined(other(FROM_TGW), transit())),
        FAR,
        "transit-gateway",
        "tgw-1",
        ("function", "transit-gateway tgw-1", "tgw-rtb", "vpc-1", "far"),
    ),
    "static before propagated": (
        world(
            TO_TGW,
            **joined(
                other(FROM_TGW),
                transit(transit_route("10.1.0.0/16", "att-1"), propagated=("att-0",)),
            ),
        ),
        FAR,
        "transit-gateway",
        "tgw-1",
        (),
    ),
    "a private NAT gateway to another VPC": (
        world(
            route("10.1.0.0/16", "nat-0"),
            public=(TO_TGW,),
            nat=nat("nat-0", "vpc-0", "public", public=False),
            **joined(other(route("10.0.1.0/24", "tgw-1")), transit(door="public")),
        ),
        FAR,
        "nat-gateway",
        "nat-0",
        ("function", "nat-gateway nat-0", "transit-gateway tgw-1", "tgw-rtb", "vpc-1", "far"),
    ),
    "central egress through another VPC's NAT gateway": (
        world(route(ANY, "tgw-1"), **central(route(ANY, "igw-1"), FROM_TGW)),
        WEB,
        "transit-gateway",
        "tgw-1",
        (
            "function",
            "transit-gateway tgw-1",
            "tgw-rtb",
            "nat-gateway nat-1",
            "internet-gateway igw-1",
        ),
    ),
    "a group's rule for a prefix list": (
        world(
            TO_NAT,
            public=(TO_IGW,),
            groups=(group("sg-1", "vpc-0", out("pl-1")),),
            prefix_lists=[prefix_list("pl-1", "8.8.8.0/24")],
        ),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "a protocol by its number": (
        world(groups=(group("sg-1", "vpc-0", out(ANY, "6", 443)),)),
        NEAR,
        "local",
        None,
        (),
    ),
    "an entry that allows before one that denies": (
        world(network_acls=own_acl(entry(90, "out", "allow"), entry(95, "out", "deny"), entry(1, "in", "allow"))),
        NEAR,
        "local",
        None,
        (),
    ),
    "no network ACL within a subnet": (
        world(network_acls=own_acl()),
        Block("10.0.0.99/32", 443),
        "local",
        None,
        (),
    ),
    "a NAT gateway in the workload's own subnet takes its routes": (
        world(TO_IGW, nat=nat("nat-0", "vpc-0", "own"), source=PUBLIC),
        WEB,
        "internet-gateway",
        "igw-0",
        (),
    ),
    "an exclusion for egress where both directions are blocked": (
        world(
            TO_NAT,
            public=(TO_IGW,),
            public_access_block=CLOSED.model_copy(update={"excluded": (("public", "allow-egress"),)}),
        ),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "NAT gateways where ingress alone is blocked": (
        world(TO_NAT, public=(TO_IGW,), public_access_block=INGRESS_CLOSED),
        WEB,
        "nat-gateway",
        "nat-0",
        (),
    ),
    "no port: no answer is waited for": (
        world(TO_NAT, public=(TO_IGW,), network_acls=own_acl(*ANSWERS_REFUSED)),
        Block("8.8.8.8/32"),
        "nat-gateway",
        "nat-0",
        (),
    ),
    "a notebook's second interface": (
        world(
            source=Notebook(
                name="notebook", arn="arn:notebook", placement=function(("own",), ("sg-1",)).placement, origin=at("nb")
            ),
            kind="notebooks",
        ),
        Internet(),
        "service-network",
        None,
        ("notebook",),
    ),
}


@pytest.mark.parametrize("case", OPEN_WAYS)
def test_open(case):
    found_account, destination, kind, via, hops = OPEN_WAYS[case]
    found = trace(found_account, workload(found_account), destination)
    assert isinstance(found, Way), found
    assert (found.kind, found.via) == (kind, via)
    passed = [hop.what for hop in found.hops if not hop.what.startswith("egress-")]
    assert not hops or passed == list(hops)


BLOCKED: dict[str, tuple[Account, Any, str, str]] = {
    "an interface that forwards nothing": (
        world(route(ANY, "eni-1"), network_interfaces=[card("eni-1", "public", forwards=False)]),
        WEB,
        "source-destination-check",
        f"route-{ANY}-eni-1",
    ),
    "the main table has local routes only": (world(), WEB, "no-route", "rtb-own"),
    "the more specific route leads nowhere": (
        world(TO_NAT, route("8.8.8.0/24", "nat-0", blackhole=True), public=(TO_IGW,)),
        WEB,
        "blackhole",
        "route-8.8.8.0/24-nat-0",
    ),
    "a NAT gateway in a subnet without an internet gateway": (world(TO_NAT), WEB, "no-route", f"route-{ANY}-nat-0"),
    "a private NAT gateway": (
        world(TO_NAT, public=(TO_IGW,), nat=nat("nat-0", "vpc-0", "public", public=False)),
        WEB,
        "no-route",
        f"route-{ANY}-nat-0",
    ),
    "a NAT gateway carries no IPv6": (
        world(route(ANY6, "nat-0"), public=(TO_IGW,), source=DUAL),
        WEB6,
        "no-route",
        f"route-{ANY6}-nat-0",
    ),
    "NAT64 past the workload's groups": (
        world(
            route("64:ff9b::/96", "nat-0"), public=(TO_IGW,), source=DUAL, groups=(group("sg-1", "vpc-0", out(ANY)),)
        ),
        NAT64,
        "workload-group-egress",
        "sg-1",
    ),
    "NAT64 for a workload without IPv6": (
        world(route("64:ff9b::/96", "nat-0"), public=(TO_IGW,)),
        NAT64,
        "no-address",
        "function",
    ),
    "a default route for IPv4 says nothing of IPv6": (world(TO_IGW, source=DUAL), WEB6, "no-route", "rtb-own"),
    "a default route for IPv6 says nothing of IPv4": (
        world(route(ANY6, "igw-0"), source=PUBLIC),
        WEB,
        "no-route",
        "rtb-own",
    ),
    "an egress-only gateway carries no IPv4": (
        world(route(ANY, "eigw-0"), source=PUBLIC),
        WEB,
        "not-public",
        f"route-{ANY}-eigw-0",
    ),
    "an internet gateway without a public address": (
        world(TO_IGW, source=instance(("own",), ("sg-1",))),
        WEB,
        "no-public-address",
        f"route-{ANY}-igw-0",
    ),
    "a function in a public subnet": (
        world(TO_IGW, own=subnet("own", "vpc-0", "10.0.0.0/24", "a", public_ip_on_launch=True)),
        WEB,
        "no-public-address",
        f"route-{ANY}-igw-0",
    ),
    "another subnet by IPv6, without an IPv6 address": (
        world(),
        Block("2600:1f00:0:1::9/128", 443),
        "no-address",
        "function",
    ),
    "peering does not lead on to the peer's gateways": (
        world(route(ANY, "pcx-1"), **other(BACK, route(ANY, "igw-1"))),
        WEB,
        "edge-to-edge",
        f"route-{ANY}-pcx-1",
    ),
    "peering is not transitive": (
        world(route("10.2.0.0/16", "pcx-1"), **joined(other(BACK, route("10.2.0.0/16", "pcx-2")), other(number=2))),
        Block("10.2.0.9/32", 443),
        "edge-to-edge",
        "route-10.2.0.0/16-pcx-1",
    ),
    "no peering behind a transit gateway": (
        world(
            route("10.2.0.0/16", "tgw-1"),
            **joined(
                other(FROM_TGW, route("10.2.0.0/16", "pcx-2")),
                other(number=2),
                transit(transit_route("10.2.0.0/16", "att-1")),
            ),
        ),
        Block("10.2.0.9/32", 443),
        "edge-to-edge",
        "route-10.2.0.0/16-pcx-2",
    ),
    "no route back from the peer": (world(TO_FAR, **other()), FAR, "no-return-route", "rtb-far"),
    "a route back from the peer that leads nowhere": (
        world(TO_FAR, **other(route("10.0.0.0/16", "pcx-1", blackhole=True))),
        FAR,
        "no-return-route",
        "route-10.0.0.0/16-pcx-1",
    ),
    "answers through a NAT gateway": (
        world(
            TO_FAR,
            **joined(
                other(route("10.0.0.0/16", "nat-1")),
                {
                    "nat_gateways": [nat("nat-1", "vpc-1", "far-nat")],
                    "route_tables": [table("rtb-nat", "vpc-1", FROM_TGW, subnets=("far-nat",))],
                },
                transit(),
            ),
        ),
        FAR,
        "no-return-route",
        "rtb-far",
    ),
    "no route back by IPv6": (
        world(route("2600:1f01::/56", "pcx-1"), source=DUAL, **other(BACK)),
        Block("2600:1f01::9/128", 443),
        "no-return-route",
        "rtb-far",
    ),
    "a transit gateway's table without the route": (
        world(TO_TGW, **joined(other(FROM_TGW), transit(propagated=("att-0",)))),
        FAR,
        "no-route",
        "tgw-rtb",
    ),
    "a static blackhole covers a propagated route": (
        world(TO_TGW, **joined(other(FROM_TGW), transit(transit_route("10.1.0.0/16", None)))),
        FAR,
        "blackhole",
        "transit-10.1.0.0/16",
    ),
    "the transit gateway is not in the workload's zone": (
        world(TO_TGW, **joined(other(FROM_TGW), transit(door="public"))),
        FAR,
        "transit-zone",
        "att-0",
    ),
    "the transit gateway's table leads no answer back": (
        world(TO_TGW, **joined(other(FROM_TGW), transit(propagated=("att-1",)))),
        FAR,
        "no-return-route",
        "tgw-rtb",
    ),
    "central egress without a route back to the workload": (
        world(route(ANY, "tgw-1"), **central(route(ANY, "igw-1"))),
        WEB,
        "no-return-route",
        "rtb-nat",
    ),
    "an internet gateway behind a transit gateway": (
        world(
            route(ANY, "tgw-1"),
            **joined(other(route(ANY, "igw-1"), FROM_TGW), transit(transit_route(ANY, "att-1"))),
        ),
        WEB,
        "no-public-address",
        f"route-{ANY}-igw-1",
    ),
    "the ACL of the attachment's subnet": (
        world(
            TO_TGW,
            **joined(
                other(FROM_TGW),
                transit(door="door"),
                {
                    "subnets": [subnet("door", "vpc-0", "10.0.3.0/24", "a")],
                    "network_acls": [acl("acl-door", "vpc-0", entry(100, "out", "allow"), subnets=("door",))],
                },
            ),
        ),
        FAR,
        "network-acl",
        "acl-door",
    ),
    "the ACL of the attachment's subnet, where the workload stands in it": (
        world(
            TO_TGW,
            **joined(
                other(FROM_TGW),
                transit(),
                {
                    "network_acls": own_acl(
                        entry(90, "in", "deny", "10.0.0.0/24"), entry(100, "in", "allow"), entry(100, "out", "allow")
                    )
                },
            ),
        ),
        FAR,
        "network-acl",
        "entry-in-90",
    ),
    "the ACL of the NAT gateway's subnet, inbound": (
        world(
            TO_NAT,
            public=(TO_IGW,),
            network_acls=own_acl(entry(90, "in", "deny", "10.0.0.0/16"), *OPEN, place="public"),
        ),
        WEB,
        "network-acl",
        "entry-in-90",
    ),
    "the ACL of the NAT gateway's subnet, outbound": (
        world(
            TO_NAT, public=(TO_IGW,), network_acls=own_acl(entry(90, "out", "deny", "8.0.0.0/8"), *OPEN, place="public")
        ),
        WEB,
        "network-acl",
        "entry-out-90",
    ),
    "the ACL of the NAT gateway's subnet, answers": (
        world(TO_NAT, public=(TO_IGW,), network_acls=own_acl(*ANSWERS_REFUSED, place="public")),
        WEB,
        "network-acl",
        "acl-own",
    ),
    "an entry that denies before one that allows": (
        world(network_acls=own_acl(entry(90, "out", "deny", "10.0.1.0/24"), *OPEN)),
        NEAR,
        "network-acl",
        "entry-out-90",
    ),
    "an ACL without entries": (world(network_acls=own_acl()), NEAR, "network-acl", "acl-own"),
    "answers refused": (world(network_acls=own_acl(*ANSWERS_REFUSED)), NEAR, "network-acl", "acl-own"),
    "the ACL at the far end": (
        world(network_acls=own_acl(entry(90, "in", "deny", ANY, "tcp", 443), *OPEN, place="public")),
        NEAR,
        "network-acl",
        "entry-in-90",
    ),
    "answers refused at the far end": (
        world(network_acls=own_acl(entry(90, "out", "deny", "10.0.0.0/24"), *OPEN, place="public")),
        NEAR,
        "network-acl",
        "entry-out-90",
    ),
    "no rule for the port": (
        world(groups=(group("sg-1", "vpc-0", out(ANY, "tcp", 80)),)),
        NEAR,
        "workload-group-egress",
        "sg-1",
    ),
    "a rule for the other protocol": (
        world(groups=(group("sg-1", "vpc-0", out(ANY, "17", 443)),)),
        NEAR,
        "workload-group-egress",
        "sg-1",
    ),
    "no subnet has the address": (world(), Block("10.0.9.9/32", 443), "no-subnet", "function"),
    "public access blocked in both directions": (
        world(TO_NAT, public=(TO_IGW,), public_access_block=CLOSED),
        WEB,
        "public-access-block",
        "bpa",
    ),
    "an exclusion for egress spares no internet gateway where ingress is blocked": (
        world(
            TO_IGW,
            source=PUBLIC,
            public_access_block=INGRESS_CLOSED.model_copy(update={"excluded": (("vpc-0", "allow-egress"),)}),
        ),
        WEB,
        "public-access-block",
        "bpa",
    ),
    "routes in circles": (
        world(
            route(ANY, "tgw-1"),
            **joined(other(route(ANY, "tgw-1"), FROM_TGW), transit(transit_route(ANY, "att-1"))),
        ),
        WEB,
        "routing-loop",
        "rtb-far",
    ),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_blocked(case):
    found_account, destination, code, origin = BLOCKED[case]
    found = trace(found_account, workload(found_account), destination)
    assert isinstance(found, Blocked), found
    assert (found.code, found.at and found.at.logical_id) == (code, origin)
    assert found.why


UNDECIDED: dict[str, tuple[Account, Any, str]] = {
    "an interface that forwards": (
        world(route(ANY, "eni-1"), network_interfaces=[card("eni-1", "public", forwards=True)]),
        WEB,
        "nobody sees what its software does",
    ),
    "an interface that forwards nothing, beside the destination": (
        world(route("10.0.1.0/24", "eni-1"), network_interfaces=[card("eni-1", "public", forwards=False)]),
        NEAR,
        "whether they are for itself",
    ),
    "a peer in another account": (
        world(TO_FAR, peerings=[peering("pcx-1", "vpc-0", "vpc-9", accepter_account="444455556666")]),
        FAR,
        "vpc-9 of account 444455556666",
    ),
    "a peering connection that is not accepted yet": (
        world(TO_FAR, **other(BACK, active=False)),
        FAR,
        "yet to be accepted",
    ),
    "an appliance that is more specific than local": (
        world(route("10.0.1.0/24", "eni-1")),
        NEAR,
        "nobody sees what its software does",
    ),
    "an appliance on the way back": (
        world(public=(route("10.0.0.0/24", "eni-1"),)),
        NEAR,
        "nobody sees what its software does",
    ),
    "answers through an edge route table": (
        world(TO_IGW, source=PUBLIC, route_tables=[edge("10.0.0.0/24")]),
        WEB,
        "nobody sees what its software does",
    ),
    "answers to a NAT gateway through an edge route table": (
        world(TO_NAT, public=(TO_IGW,), route_tables=[edge("10.0.1.0/24")]),
        WEB,
        "nobody sees what its software does",
    ),
    "a public address that nobody knows of": (
        world(TO_IGW, source=PUBLIC.model_copy(update={"uncertain": MAYBE_PUBLIC})),
        WEB,
        "parameter P has no value",
    ),
    "a block of public access whose mode nobody knows": (
        world(TO_NAT, public=(TO_IGW,), public_access_block=unsure_block("InternetGatewayBlockMode")),
        WEB,
        "parameter P has no value",
    ),
    "an exclusion from the block that nobody knows": (
        world(TO_NAT, public=(TO_IGW,), public_access_block=unsure_block("Exclusions", "public")),
        WEB,
        "parameter P has no value",
    ),
    "a virtual private gateway": (world(route(ANY, "vgw-1")), WEB, "nobody sees what lies behind"),
    "a route for a prefix list that nobody knows": (world(route("pl-9", "igw-0")), WEB, "no block that can be read"),
    "a route that cannot be read": (world(route("${Office}", "igw-0")), WEB, "no block that can be read"),
    "two prefix lists that lead apart": (
        world(
            route("pl-1", "igw-0"),
            route("pl-2", "nat-0"),
            public=(TO_IGW,),
            prefix_lists=[prefix_list("pl-1", "8.8.8.0/24"), prefix_list("pl-2", "8.8.8.0/24")],
        ),
        WEB,
        "lead apart",
    ),
    "a rule for a group of which nobody knows the members": (
        world(groups=(group("sg-1", "vpc-0", out("sg-2")),)),
        NEAR,
        "members of sg-2",
    ),
    "a rule for a prefix list with an entry that cannot be read": (
        world(groups=(group("sg-1", "vpc-0", out("pl-1")),), prefix_lists=[prefix_list("pl-1", "${Office}")]),
        NEAR,
        "pl-1 is not known",
    ),
    "an entry that cannot be read": (
        world(network_acls=own_acl(entry(90, "out", "deny", "${Office}"), *OPEN)),
        NEAR,
        "no block that can be read",
    ),
    "an entry for a part of the workload's own addresses": (
        world(network_acls=own_acl(entry(90, "in", "deny", "10.0.0.128/25"), *OPEN, place="public")),
        NEAR,
        "lets a part of it pass",
    ),
    "a route back to a part of the workload's subnet": (
        world(TO_FAR, **other(route("10.0.0.0/25", "pcx-1"))),
        FAR,
        "leads no answer back",
    ),
    "an attachment with no known table": (
        world(TO_TGW, **joined(other(FROM_TGW), transit(associated=("att-1",)))),
        FAR,
        "route table of tgw-1",
    ),
    "two VPCs with one block behind a transit gateway": (
        world(
            TO_TGW,
            **joined(
                other(FROM_TGW),
                {
                    "vpcs": [vpc("vpc-2", "10.1.0.0/16")],
                    "subnets": [subnet("twin", "vpc-2", "10.1.0.0/24")],
                    "transit_gateway_attachments": [
                        attachment("att-0", "vpc-0", "own"),
                        attachment("att-1", "vpc-1", "far"),
                        attachment("att-2", "vpc-2", "twin"),
                    ],
                    "transit_gateway_route_tables": [
                        transit_table("tgw-rtb", ("att-0", "att-1"), ("att-0", "att-1", "att-2"))
                    ],
                },
            ),
        ),
        FAR,
        "lead apart",
    ),
    "a table that is only assumed": (
        world(TO_NAT).model_copy(
            update={
                "route_tables": (table("rtb", "vpc-0", TO_NAT).model_copy(update={"assumed": (("own", "why"),)}),),
                "_derived": {},
            }
        ),
        WEB,
        "route table of own is not known",
    ),
}


@pytest.mark.parametrize("case", UNDECIDED)
def test_undecided(case):
    found_account, destination, why = UNDECIDED[case]
    found = trace(found_account, workload(found_account), destination)
    assert isinstance(found, Undecided), found
    assert why in found.why


ENDPOINT_GROUP = group("sg-vpce", "vpc-0", into("sg-1", "tcp", 443))
DEFAULT_GROUP = group("sg-default", "vpc-0", into("sg-default"), out(ANY), default=True)


def served(*groups: Any, **more: Any) -> Account:
    """The workload beside an interface endpoint for `sts` in the subnet `public`."""
    named = tuple(each.group_id for each in groups if not each.is_default)
    found = more.pop("found", endpoint("vpce-1", "vpc-0", "sts", "public", groups=named))
    return world(security_groups=list(groups), endpoints=[found], **more)


SERVED: dict[str, tuple[Account, str | None, str]] = {
    "an interface endpoint": (served(ENDPOINT_GROUP), None, "vpce-1"),
    "a group that admits a block": (served(group("sg-vpce", "vpc-0", into("10.0.0.0/24"))), None, "vpce-1"),
    "two groups that together admit": (
        served(
            group("sg-vpce", "vpc-0", into("10.0.0.0/25", "tcp", 443)),
            group("sg-vpce-2", "vpc-0", into("10.0.0.128/25", "6", 0, 1000)),
        ),
        None,
        "vpce-1",
    ),
    "one of the halves": (
        served(group("sg-vpce", "vpc-0", into("10.0.0.0/25", "tcp", 443))),
        "endpoint-group-ingress",
        "sg-vpce",
    ),
    "a group that refers to itself, of both": (
        served(
            found=endpoint("vpce-1", "vpc-0", "sts", "public", groups=("sg-1",)),
            groups=(group("sg-1", "vpc-0", into("sg-1"), out("sg-1")),),
        ),
        None,
        "vpce-1",
    ),
    "a group that refers to itself, of the endpoint alone": (
        served(group("sg-vpce", "vpc-0", into("sg-vpce"))),
        "endpoint-group-ingress",
        "sg-vpce",
    ),
    "no group: the default one": (served(DEFAULT_GROUP), "endpoint-group-ingress", "sg-default"),
    "private DNS off": (
        served(
            ENDPOINT_GROUP,
            found=endpoint("vpce-1", "vpc-0", "sts", "public", groups=("sg-vpce",), private_dns=False),
        ),
        "private-dns-off",
        "vpce-1",
    ),
    "DNS hostnames off": (served(ENDPOINT_GROUP, vpc=vpc("vpc-0", dns_hostnames=False)), "vpc-dns-off", "vpc-0"),
    "DNS support off": (served(ENDPOINT_GROUP, vpc=vpc("vpc-0", dns_support=False)), "vpc-dns-off", "vpc-0"),
    "no egress to the endpoint": (
        served(group("sg-vpce", "vpc-0", into(ANY)), groups=(group("sg-1", "vpc-0", out("10.9.0.0/16")),)),
        "workload-group-egress",
        "sg-1",
    ),
    "the ACL of the endpoint's subnet": (
        served(ENDPOINT_GROUP, network_acls=own_acl(entry(90, "in", "deny", ANY, "tcp", 443), *OPEN, place="public")),
        "network-acl",
        "entry-in-90",
    ),
    "answers refused by the ACL of the workload's subnet": (
        served(ENDPOINT_GROUP, network_acls=own_acl(*ANSWERS_REFUSED)),
        "network-acl",
        "entry-in-90",
    ),
    "an endpoint in another VPC": (
        served(
            found=endpoint("vpce-1", "vpc-1", "sts", "far", groups=()),
            **other(BACK),
        ),
        "no-endpoint",
        "vpce-1",
    ),
}


@pytest.mark.parametrize("case", SERVED)
def test_service(case):
    found_account, code, origin = SERVED[case]
    _served(trace(found_account, workload(found_account), Service("sts")), code, origin)


@pytest.mark.parametrize(
    ("servers", "verdict"),
    [
        (("10.0.0.53",), Undecided),  # it may ask Amazon's
        (("8.8.8.8", "10.0.0.53"), Undecided),
        (("8.8.8.8",), Blocked),
        (("8.8.8.8", "AmazonProvidedDNS"), Way),
        (("10.0.0.2",), Way),  # the second address of the VPC is Amazon's
        (("169.254.169.253",), Way),
        ((), Way),
    ],
)
def test_dns_servers(servers, verdict):
    options = [DhcpOptions(dhcp_options_id="dopt-1", domain_name_servers=servers, origin=at("dopt"))]
    found_account = served(ENDPOINT_GROUP, vpc=vpc("vpc-0", dhcp_options_id="dopt-1"), dhcp_options=options)
    assert isinstance(trace(found_account, workload(found_account), Service("sts")), verdict)


def _served(found: Trace, code: str | None, origin: str) -> None:
    if code is None:
        assert isinstance(found, Way), found
        assert (found.kind, found.via) == ("endpoint", origin)
    else:
        assert isinstance(found, Blocked), found
        assert (found.code, found.at and found.at.logical_id) == (code, origin)


def test_another_dns_server_may_forward():
    options = [DhcpOptions(dhcp_options_id="dopt-1", domain_name_servers=("10.0.0.53",), origin=at("dopt"))]
    found_account = served(ENDPOINT_GROUP, vpc=vpc("vpc-0", dhcp_options_id="dopt-1"), dhcp_options=options)
    found = trace(found_account, workload(found_account), Service("sts"))
    assert isinstance(found, Undecided)
    assert (found.code, found.at and found.at.logical_id) == ("dhcp-dns", "dopt")


GATEWAY = endpoint("vpce-s3", "vpc-0", "s3", tables=("rtb-own",))
FROM_STORE: dict[str, tuple[Account, str | None, str]] = {
    "a gateway endpoint": (world(endpoints=[GATEWAY]), None, "vpce-s3"),
    "egress to AWS's prefix list": (
        world(endpoints=[GATEWAY], groups=(group("sg-1", "vpc-0", out("pl-6da54004", "tcp", 443)),)),
        None,
        "vpce-s3",
    ),
    "egress to the VPC's block alone": (
        world(endpoints=[GATEWAY], groups=(group("sg-1", "vpc-0", out("10.0.0.0/16")),)),
        "workload-group-egress",
        "sg-1",
    ),
    "not on the workload's table": (
        world(endpoints=[endpoint("vpce-s3", "vpc-0", "s3", tables=("rtb-public",))]),
        "endpoint-not-on-route-table",
        "vpce-s3",
    ),
    "an ACL with entries for the VPC's block alone": (
        world(
            endpoints=[GATEWAY],
            network_acls=own_acl(entry(90, "out", "allow", "10.0.0.0/16"), entry(90, "in", "allow", "10.0.0.0/16")),
        ),
        "network-acl",
        "acl-own",
    ),
}


@pytest.mark.parametrize("case", FROM_STORE)
def test_store(case):
    found_account, code, origin = FROM_STORE[case]
    _served(trace(found_account, workload(found_account), Service("s3")), code, origin)


ADMITS = group("sg-1", "vpc-0", into(ANY, "tcp", 443), out(ANY))
BOTH = instance(("own",), ("sg-1",), public_ip=True, ipv6=True)
INWARD: dict[str, tuple[Account, str | None, str]] = {
    "an instance with a public address": (world(TO_IGW, source=PUBLIC, groups=(ADMITS,)), None, "igw-0"),
    "no public address": (
        world(TO_IGW, source=instance(("own",), ("sg-1",)), groups=(ADMITS,)),
        "no-public-address",
        "instance",
    ),
    "a function": (world(TO_IGW, groups=(ADMITS,)), "no-public-address", "function"),
    "no route to an internet gateway": (world(source=PUBLIC, groups=(ADMITS,)), "no-route", "rtb-own"),
    "answers through a NAT gateway": (
        world(TO_NAT, public=(TO_IGW,), source=PUBLIC, groups=(ADMITS,)),
        "no-route",
        "rtb-own",
    ),
    "an egress-only gateway lets nobody in": (
        world(route(ANY6, "eigw-0"), source=DUAL, groups=(group("sg-1", "vpc-0", into(ANY6)),)),
        "no-route",
        "rtb-own",
    ),
    "a group that admits nobody": (world(TO_IGW, source=PUBLIC), "workload-group-ingress", "sg-1"),
    "a group that admits its members": (
        world(TO_IGW, source=PUBLIC, groups=(group("sg-1", "vpc-0", into("sg-1")),)),
        "workload-group-ingress",
        "sg-1",
    ),
    "a group that admits by IPv6, beside a route for IPv4": (
        world(TO_IGW, route(ANY6, "igw-0"), source=BOTH, groups=(group("sg-1", "vpc-0", into(ANY6)),)),
        None,
        "igw-0",
    ),
    "a group that admits by IPv6, without a route for it": (
        world(TO_IGW, source=BOTH, groups=(group("sg-1", "vpc-0", into(ANY6)),)),
        "workload-group-ingress",
        "sg-1",
    ),
    "two routes, of which the group admits from the second": (
        world(
            route("0.0.0.0/1", "igw-0"),
            route("128.0.0.0/1", "igw-0"),
            source=PUBLIC,
            groups=(group("sg-1", "vpc-0", into("203.0.113.0/24")),),
        ),
        None,
        "igw-0",
    ),
    "the ACL lets no answer out": (
        world(TO_IGW, source=PUBLIC, groups=(ADMITS,), network_acls=own_acl(entry(100, "in", "allow"))),
        "network-acl",
        "acl-own",
    ),
    "the ACL lets nobody in": (
        world(TO_IGW, source=PUBLIC, groups=(ADMITS,), network_acls=own_acl(entry(100, "out", "allow"))),
        "network-acl",
        "acl-own",
    ),
    "public access is blocked": (
        world(TO_IGW, source=PUBLIC, groups=(ADMITS,), public_access_block=INGRESS_CLOSED),
        "public-access-block",
        "bpa",
    ),
    "an exclusion for egress": (
        world(
            TO_IGW,
            source=PUBLIC,
            groups=(ADMITS,),
            public_access_block=CLOSED.model_copy(update={"excluded": (("vpc-0", "allow-egress"),)}),
        ),
        "public-access-block",
        "bpa",
    ),
}


@pytest.mark.parametrize("case", INWARD)
def test_from_the_internet(case):
    found_account, code, origin = INWARD[case]
    found = trace(found_account, Internet(), workload(found_account))
    if code is None:
        assert isinstance(found, Way), found
        assert f"internet-gateway {origin}" in [hop.what for hop in found.hops]
    else:
        assert isinstance(found, Blocked), found
        assert (found.code, found.at and found.at.logical_id) == (code, origin)


def test_every_subnet_of_the_workload_has_to_reach_a_block():
    source = function(("own", "public"), ("sg-1",))
    found_account = world(TO_NAT, source=source, nat=nat("nat-0", "vpc-0", "public"), public=())
    found = trace(found_account, source, WEB)
    assert isinstance(found, Blocked)
    found = trace(world(TO_FAR, source=source, **other(BACK)), source, FAR)
    assert isinstance(found, Blocked)
    assert "public (public) is cut off" in found.why


def test_one_subnet_of_the_workload_is_enough_for_another_network():
    source = function(("own", "public"), ("sg-1",))
    assert isinstance(trace(world(TO_FAR, source=source, **other(BACK)), source, Network("vpc-1")), Way)


def test_two_groups_of_which_each_lets_out_a_half():
    halves = (group("sg-1", "vpc-0", out("8.8.8.0/25", "tcp", 443)), group("sg-2", "vpc-0", out("8.8.8.128/25")))
    found_account = world(TO_NAT, public=(TO_IGW,), groups=halves)
    found = trace(found_account, workload(found_account), Block("8.8.8.0/23", 443))
    assert isinstance(found, Way)
    assert texts(found.packets.addresses) == "8.8.8.0/24"


def beside_endpoint(*interfaces: Any, place: str, admits: str, **more: Any) -> Account:
    """A machine with these interfaces beside an endpoint in `place`, whose group admits a block."""
    door = group("sg-vpce", "vpc-0", into(admits, "tcp", 443))
    service = endpoint("vpce-0", "vpc-0", "bedrock-runtime", place, groups=("sg-vpce",))
    return world(source=machine(*interfaces), groups=(WIDE, SHUT, door), endpoints=[service], **more)


SHUT = group("sg-shut", "vpc-0")
RUNTIME = Service("bedrock-runtime")
ROUTED, ASIDE = {"public": (TO_IGW,)}, interface(1, "public", "sg-1")
FOR_SEVEN = own_acl(entry(100, "in", "allow", "10.0.0.7/32"), entry(100, "out", "allow"), place="public")
INTERFACES: dict[str, tuple[Account, Any, str | None]] = {
    "other places by the primary interface": (
        world(TO_NAT, source=machine(interface(0, "own", "sg-1"), ASIDE), **ROUTED),
        WEB,
        None,
    ),
    "not by another one": (
        world(TO_IGW, source=machine(interface(0, "public", "sg-1"), interface(1, "own", "sg-1", public_ip=True))),
        WEB,
        "no-route",
    ),
    "a primary one that stands last": (
        world(TO_NAT, source=machine(ASIDE, interface(0, "own", "sg-1")), **ROUTED),
        WEB,
        None,
    ),
    "a subnet by the interface in it": (
        world(source=machine(interface(0, "own", "sg-shut"), ASIDE), groups=(WIDE, SHUT)),
        NEAR,
        None,
    ),
    "a subnet by the interface in it, whose group is shut": (
        world(source=machine(interface(0, "own", "sg-1"), interface(1, "public", "sg-shut")), groups=(WIDE, SHUT)),
        NEAR,
        "workload-group-egress",
    ),
    "each interface has its own groups": (
        world(TO_IGW, source=machine(interface(0, "own", "sg-shut", public_ip=True), ASIDE), groups=(WIDE, SHUT)),
        Internet(),
        "workload-group-egress",
    ),
    "the internet by any interface": (
        world(source=machine(interface(0, "own", "sg-1"), interface(1, "public", "sg-1", public_ip=True)), **ROUTED),
        Internet(),
        None,
    ),
    "each interface has its own public address": (
        world(source=machine(interface(0, "own", "sg-1", public_ip=True), ASIDE), **ROUTED),
        Internet(),
        "no-route",
    ),
    "another network by any interface": (
        world(source=machine(interface(0, "own", "sg-1"), ASIDE), public=(TO_FAR,), **other(BACK)),
        Network("vpc-1"),
        None,
    ),
    "another network that an interface stands in": (
        world(source=machine(interface(0, "own", "sg-1"), interface(1, "far", "sg-1")), **other()),
        Network("vpc-1"),
        None,
    ),
    "an endpoint by the primary interface": (
        beside_endpoint(interface(0, "own", "sg-1"), ASIDE, place="own", admits="10.0.0.0/24"),
        RUNTIME,
        None,
    ),
    "an endpoint by the interface in its subnet": (
        beside_endpoint(interface(0, "own", "sg-shut"), ASIDE, place="public", admits="10.0.1.0/24"),
        RUNTIME,
        None,
    ),
    "an endpoint that admits the instance's own address": (
        beside_endpoint(interface(0, "own", "sg-1", address="10.0.0.7"), place="own", admits="10.0.0.7/32"),
        RUNTIME,
        None,
    ),
    "an endpoint that admits another address": (
        beside_endpoint(interface(0, "own", "sg-1", address="10.0.0.7"), place="own", admits="10.0.0.8/29"),
        RUNTIME,
        "endpoint-group-ingress",
    ),
    "an endpoint that admits no address of the subnet": (
        beside_endpoint(interface(0, "own", "sg-1"), place="own", admits="10.0.1.0/24"),
        RUNTIME,
        "endpoint-group-ingress",
    ),
    "an ACL that admits the instance's own address": (
        world(source=machine(interface(0, "own", "sg-1", address="10.0.0.7")), network_acls=FOR_SEVEN),
        NEAR,
        None,
    ),
    "an ACL that admits another address": (
        world(source=machine(interface(0, "own", "sg-1", address="10.0.0.8")), network_acls=FOR_SEVEN),
        NEAR,
        "network-acl",
    ),
    "an endpoint behind an ACL that admits another address": (
        beside_endpoint(
            interface(0, "own", "sg-1", address="10.0.0.8"),
            place="public",
            admits="10.0.0.0/24",
            network_acls=FOR_SEVEN,
        ),
        RUNTIME,
        "network-acl",
    ),
    "an endpoint that admits another interface only": (
        beside_endpoint(interface(0, "own", "sg-1"), ASIDE, place="own", admits="10.0.1.0/24"),
        RUNTIME,
        "endpoint-group-ingress",
    ),
}


@pytest.mark.parametrize("case", INTERFACES)
def test_interfaces(case):
    found_account, destination, code = INTERFACES[case]
    found = trace(found_account, workload(found_account), destination)
    assert isinstance(found, Blocked if code else Way), found
    assert code is None or (isinstance(found, Blocked) and found.code == code)


def test_an_edge_route_table_of_another_subnet():
    found_account = world(TO_IGW, source=PUBLIC, groups=(ADMITS,), route_tables=[edge("10.0.1.0/24")])
    assert isinstance(trace(found_account, Internet(), PUBLIC), Way)
    assert isinstance(trace(found_account, PUBLIC, WEB), Way)


def test_from_the_internet_through_an_edge_route_table():
    found_account = world(TO_IGW, source=PUBLIC, groups=(ADMITS,), route_tables=[edge("10.0.0.0/24")])
    assert isinstance(trace(found_account, Internet(), PUBLIC), Undecided)
    assert isinstance(trace(found_account, PUBLIC, Internet()), Way)


def test_from_the_internet_to_any_interface():
    source = machine(interface(0, "own", "sg-shut"), interface(1, "public", "sg-1", public_ip=True))
    assert isinstance(trace(world(source=source, public=(TO_IGW,), groups=(ADMITS, SHUT)), Internet(), source), Way)


def test_an_interface_that_nobody_knows():
    vague = interface(
        1, "public", "sg-1", uncertain=((("Properties", "NetworkInterfaces"), "parameter P has no value"),)
    )
    source = machine(interface(0, "own", "sg-1"), vague)
    found_account = world(TO_NAT, source=source, **ROUTED)
    assert isinstance(trace(found_account, source, NEAR), Undecided)
    assert isinstance(trace(found_account, source, Internet()), Way)
    assert any(isinstance(found, Undecided) for found in to_networks(found_account, source).values())


@pytest.mark.parametrize("acls", [False, True])
def test_an_address_that_aws_picks(acls: bool):
    source = interface(0, "own", "sg-1")
    if acls:
        found_account = beside_endpoint(source, place="public", admits="10.0.0.0/24", network_acls=FOR_SEVEN)
    else:
        found_account = beside_endpoint(source, place="own", admits="10.0.0.7/32")
    found = trace(found_account, workload(found_account), RUNTIME)
    assert isinstance(found, Undecided), found
    assert found.code == ("network-acl" if acls else "endpoint-group-ingress")


@pytest.mark.parametrize(("device", "verdict"), [(0, Way), (1, Undecided)])
def test_a_rule_that_names_the_address_that_aws_picks(device, verdict):
    """`!GetAtt Box.PrivateIp` is the address of the primary interface."""
    cards = [interface(each, ("own", "public")[each], "sg-1", origin=at("instance")) for each in (0, 1)]
    rule = into(("10.0.0.7/32", "10.0.1.7/32")[device], "tcp", 443)
    door = group("sg-vpce", "vpc-0", rule.model_copy(update={"named": frozenset({"instance"})}))
    service = endpoint("vpce-0", "vpc-0", "bedrock-runtime", ("own", "public")[device], groups=("sg-vpce",))
    source = machine(*cards)
    found_account = world(source=source, groups=(WIDE, door), endpoints=[service])
    assert isinstance(trace(found_account, source, RUNTIME), verdict)
