"""What the ways of every workload in a large network cost on one core: facts built by hand, nothing deployed.

Run with `make bench-networks`; the seconds are the processor's. At full size an account has 200 subnets in four VPCs,
400 security groups, 50 interface endpoints and 100 functions in two subnets each; the VPCs are joined by a transit
gateway, two of them by a peering connection besides, and leave for the internet through a NAT gateway in each zone.
Every function is asked for all that it reaches. The sizes show how the cost grows.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import (
    Endpoint,
    InternetGateway,
    NatGateway,
    NetworkAcl,
    NetworkAclEntry,
    Peering,
    Placement,
    Route,
    RouteTable,
    SecurityGroup,
    SecurityGroupRule,
    Subnet,
    TransitGatewayAttachment,
    TransitGatewayRouteTable,
    Vpc,
)
from scenarios.account.workload import LambdaFunction
from scenarios.network import Path, reach
from scenarios.network.needed.calls import WHOLE

REGION = "eu-west-1"
VPCS, SUBNETS, GROUPS, ENDPOINTS, WORKLOADS = 4, 200, 400, 50, 100
ZONES = "abc"


def main() -> None:
    print(
        f"{'size':>8} {'subnets':>8} {'groups':>7} {'endpoints':>10} {'workloads':>10} {'ways':>7} {'open':>7} {'s':>7}"
    )
    for name, factor in (("quarter", 0.25), ("half", 0.5), ("full", 1.0), ("double", 2.0)):
        found = network(factor)
        gc.collect()
        gc.disable()
        start = time.process_time()
        ways = [one.trace for workload in found.workloads() for one in reach(found, workload)]
        took = time.process_time() - start
        gc.enable()
        counts = (len(found.subnets), len(found.security_groups), len(found.endpoints), len(found.functions))
        reached = sum(isinstance(way, Path) for way in ways)
        print(f"{name:>8}", *(f"{number:10}" for number in (*counts, len(ways), reached)), f"{took:10.2f}")


def network(factor: float) -> Account:
    """An account of this size, 1 being the full one."""
    each = round(SUBNETS * factor) // VPCS
    subnets = [one for number in range(VPCS) for one in _subnets(number, each)]
    tables = [one for number in range(VPCS) for one in _tables(number, subnets)]
    attachments = tuple(
        TransitGatewayAttachment(
            attachment_id=f"att-{number}",
            transit_gateway_id="tgw-1",
            vpc_id=f"vpc-{number}",
            subnet_ids=tuple(f"subnet-{number}-{zone}" for zone in range(len(ZONES))),
        )
        for number in range(VPCS)
    )
    names = tuple(one.attachment_id for one in attachments)
    return Account(
        account_id="111122223333",
        region=REGION,
        vpcs=tuple(
            Vpc(vpc_id=f"vpc-{number}", cidrs=(f"10.{number}.0.0/16",), dns_hostnames=True) for number in range(VPCS)
        ),
        subnets=tuple(subnets),
        route_tables=tuple(tables),
        security_groups=tuple(_groups(round(GROUPS * factor))),
        network_acls=tuple(acl for number in range(VPCS) for acl in _acls(number, subnets)),
        internet_gateways=tuple(
            InternetGateway(gateway_id=f"igw-{number}", vpc_ids=(f"vpc-{number}",)) for number in range(VPCS)
        ),
        nat_gateways=tuple(
            NatGateway(
                nat_gateway_id=f"nat-{number}-{zone}", vpc_id=f"vpc-{number}", subnet_id=f"subnet-{number}-{zone}"
            )
            for number in range(VPCS)
            for zone in range(len(ZONES))
        ),
        peerings=(Peering(peering_id="pcx-1", requester_vpc_id="vpc-0", accepter_vpc_id="vpc-1"),),
        transit_gateway_attachments=attachments,
        transit_gateway_route_tables=(
            TransitGatewayRouteTable(
                route_table_id="tgw-rtb", transit_gateway_id="tgw-1", associations=names, propagations=names
            ),
        ),
        endpoints=tuple(_endpoints(round(ENDPOINTS * factor), round(GROUPS * factor))),
        functions=tuple(_functions(round(WORKLOADS * factor), each, round(GROUPS * factor))),
    )


def _subnets(number: int, count: int) -> Iterator[Subnet]:
    for each in range(count):
        yield Subnet(
            subnet_id=f"subnet-{number}-{each}",
            vpc_id=f"vpc-{number}",
            cidr=f"10.{number}.{each}.0/24",
            availability_zone=ZONES[each % len(ZONES)],
        )


def _tables(number: int, subnets: list[Subnet]) -> Iterator[RouteTable]:
    """The first subnet of each zone is public; the others have a table of their own, as some tools make them."""
    for subnet in (one for one in subnets if one.vpc_id == f"vpc-{number}"):
        index = int(subnet.subnet_id.rpartition("-")[2])
        public = index < len(ZONES)
        target = ("internet-gateway", f"igw-{number}") if public else ("nat-gateway", f"nat-{number}-{index % 3}")
        routes = [
            Route(destination="0.0.0.0/0", target=target[0], target_id=target[1]),
            Route(destination="10.0.0.0/8", target="transit-gateway", target_id="tgw-1"),
        ]
        if number < 2:
            routes.append(Route(destination=f"10.{1 - number}.0.0/16", target="peering", target_id="pcx-1"))
        yield RouteTable(
            route_table_id=f"rtb-{subnet.subnet_id}",
            vpc_id=subnet.vpc_id,
            subnet_ids=(subnet.subnet_id,),
            routes=tuple(routes),
        )


def _groups(count: int) -> Iterator[SecurityGroup]:
    """Each with four rules: its own VPC's block, the internet, a neighbour's block, and another group."""
    for number in range(count):
        vpc = number % VPCS
        peers = (f"10.{vpc}.0.0/16", "0.0.0.0/0", f"10.{(vpc + 1) % VPCS}.{number % 50}.0/24")
        rules = [
            SecurityGroupRule(
                rule_id=f"sgr-{number}-{direction}-{index}",
                direction=direction,
                protocol="tcp",
                from_port=443,
                to_port=443 + index,
                cidr=peer,
            )
            for direction in ("ingress", "egress")
            for index, peer in enumerate(peers[: 1 if direction == "ingress" else 3])
        ]
        other = f"sg-{(number + VPCS) % count}"
        rules.append(
            SecurityGroupRule(rule_id=f"sgr-{number}-group", direction="ingress", protocol="-1", group_id=other)
        )
        yield SecurityGroup(group_id=f"sg-{number}", name=f"sg-{number}", vpc_id=f"vpc-{vpc}", rules=tuple(rules))


def _acls(number: int, subnets: list[Subnet]) -> Iterator[NetworkAcl]:
    """The default one, and one with a dozen entries for every fifth subnet."""
    everything = [
        NetworkAclEntry(number=32000, egress=egress, allow=True, protocol="-1", cidr="0.0.0.0/0")
        for egress in (True, False)
    ]
    denied = [
        NetworkAclEntry(
            number=100 + index, egress=bool(index % 2), allow=False, protocol="6", cidr=f"192.0.{index}.0/24"
        )
        for index in range(10)
    ]
    yield NetworkAcl(acl_id=f"acl-{number}", vpc_id=f"vpc-{number}", is_default=True, entries=tuple(everything))
    yield NetworkAcl(
        acl_id=f"acl-{number}-closed",
        vpc_id=f"vpc-{number}",
        subnet_ids=tuple(one.subnet_id for one in subnets[::5] if one.vpc_id == f"vpc-{number}"),
        entries=(*denied, *everything),
    )


def _endpoints(count: int, groups: int) -> Iterator[Endpoint]:
    services = sorted(set(WHOLE.values()))
    for number in range(count):
        vpc = number % VPCS
        yield Endpoint(
            endpoint_id=f"vpce-{number}",
            vpc_id=f"vpc-{vpc}",
            service=f"com.amazonaws.{REGION}.{services[number]}",
            kind="Interface",
            private_dns=True,
            subnet_ids=tuple(f"subnet-{vpc}-{3 + zone}" for zone in range(3)),
            security_group_ids=(f"sg-{(number * VPCS + vpc) % groups // VPCS * VPCS + vpc}",),
        )


def _functions(count: int, subnets: int, groups: int) -> Iterator[LambdaFunction]:
    for number in range(count):
        vpc = number % VPCS
        places = tuple(f"subnet-{vpc}-{3 + (number + step) % (subnets - 3)}" for step in range(2))
        own = tuple(f"sg-{(number + VPCS * step) // VPCS * VPCS % groups + vpc}" for step in range(2))
        yield LambdaFunction(
            name=f"function-{number}",
            arn=f"arn:aws:lambda:{REGION}:111122223333:function:function-{number}",
            placement=Placement(subnet_ids=places, security_group_ids=own, vpc_id=f"vpc-{vpc}"),
        )


if __name__ == "__main__":
    main()
