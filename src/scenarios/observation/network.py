"""Networks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from scenarios.account import network
from scenarios.account.network import RouteTarget
from scenarios.finding import PropertyPath
from scenarios.observation import transit
from scenarios.observation.reader import Reader, canonical, tags


def read(reader: Reader) -> dict[str, Any]:
    """VPCs and everything that steers a packet in them."""
    lists: tuple[tuple[str, str, str, Any], ...] = (
        ("vpcs", "describe_vpcs", "Vpcs", _vpc),
        ("dhcp_options", "describe_dhcp_options", "DhcpOptions", _dhcp),
        ("subnets", "describe_subnets", "Subnets", _subnet),
        ("route_tables", "describe_route_tables", "RouteTables", _route_table),
        ("network_acls", "describe_network_acls", "NetworkAcls", _acl),
        ("nat_gateways", "describe_nat_gateways", "NatGateways", _nat),
        ("peerings", "describe_vpc_peering_connections", "VpcPeeringConnections", _peering),
        ("endpoints", "describe_vpc_endpoints", "VpcEndpoints", _endpoint),
        ("flow_logs", "describe_flow_logs", "FlowLogs", _flow_log),
        ("network_interfaces", "describe_network_interfaces", "NetworkInterfaces", _interface),
    )
    facts: dict[str, Any] = {}
    for name, operation, member, make in lists:
        what = f"ec2.{name}"
        facts[name] = reader.each(what, reader.pages(what, "ec2", operation, member), partial(make, reader))
    facts["security_groups"] = _groups(reader)
    facts["internet_gateways"] = _gateways(reader)
    facts["prefix_lists"] = _prefix_lists(reader)
    return facts | transit.read(reader)


def _vpc(reader: Reader, item: dict[str, Any]) -> network.Vpc:
    identifier = item["VpcId"]
    origin = reader.origin(identifier)
    blocks = _blocks(item, "CidrBlock") or (item["CidrBlock"],)
    six = _blocks(item, "Ipv6CidrBlock")
    return network.Vpc(
        vpc_id=identifier,
        cidrs=blocks,
        ipv6_cidrs=six,
        dns_support=_attribute(reader, identifier, "enableDnsSupport", default=True),
        dns_hostnames=_attribute(reader, identifier, "enableDnsHostnames", default=False),
        dhcp_options_id=item.get("DhcpOptionsId"),
        is_default=bool(item.get("IsDefault")),
        uncertain=(
            *reader.uncertain(origin),
            *_unsure_names(reader, identifier, item.get("DhcpOptionsId")),
            *_unsure_blocks(reader, identifier, (*blocks, *six)),
        ),
        tags=tags(item.get("Tags")),
        origin=origin,
    )


def _unsure_names(reader: Reader, vpc_id: str, options_id: str | None) -> Iterator[tuple[PropertyPath, str]]:
    """Why nobody knows which servers resolve names in the VPC: its option set is said by two resources of their own."""
    for origin in (reader.origins.exact(vpc_id, "dhcp-options"), reader.origins.exact(options_id or "")):
        if (reason := reader.doubt(origin)) is not None:
            yield ("Properties", "DhcpOptionsId"), reason


_NOT_IN_FORCE = frozenset({"associating", "disassociating", "disassociated", "failing", "failed"})


def _blocks(item: dict[str, Any], kind: str) -> tuple[str, ...]:
    """The blocks of a VPC or subnet that are in force."""
    found = item.get(f"{kind}AssociationSet") or []
    return tuple(block[kind] for block in found if (block.get(f"{kind}State") or {}).get("State") not in _NOT_IN_FORCE)


def _unsure_blocks(reader: Reader, holder: str, blocks: tuple[str, ...]) -> Iterator[tuple[PropertyPath, str]]:
    """Why nobody knows a further block of a VPC or subnet, which a resource of its own associates."""
    for block in blocks:
        if (reason := reader.doubt(reader.origins.exact(holder, "cidr", block))) is not None:
            yield ("Properties", "Ipv6CidrBlock" if ":" in block else "CidrBlock"), reason


def _attribute(reader: Reader, vpc_id: str, name: str, *, default: bool) -> bool:
    answer = reader.call("ec2.vpc.dns", "ec2", "describe_vpc_attribute", vpc_id, VpcId=vpc_id, Attribute=name)
    return bool(answer.get(name[0].upper() + name[1:], {}).get("Value", default))


def _dhcp(reader: Reader, item: dict[str, Any]) -> network.DhcpOptions:
    servers = [
        value["Value"]
        for entry in item.get("DhcpConfigurations", [])
        if entry.get("Key") == "domain-name-servers"
        for value in entry.get("Values", [])
    ]
    identifier = item["DhcpOptionsId"]
    return network.DhcpOptions(
        dhcp_options_id=identifier, domain_name_servers=tuple(servers), origin=reader.origin(identifier)
    )


def _subnet(reader: Reader, item: dict[str, Any]) -> network.Subnet:
    identifier = item["SubnetId"]
    origin = reader.origin(identifier)
    six = _blocks(item, "Ipv6CidrBlock")
    return network.Subnet(
        subnet_id=identifier,
        vpc_id=item["VpcId"],
        cidr=item.get("CidrBlock") or next(iter(six), ""),
        ipv6_cidrs=six,
        availability_zone=item.get("AvailabilityZone"),
        zone_assumed=_zone_assumed(reader, item["SubnetId"]),
        public_ip_on_launch=bool(item.get("MapPublicIpOnLaunch")),
        ipv6_on_launch=bool(item.get("AssignIpv6AddressOnCreation")),
        uncertain=(*reader.uncertain(origin), *_unsure_blocks(reader, identifier, six)),
        tags=tags(item.get("Tags")),
        origin=origin,
    )


def _zone_assumed(reader: Reader, subnet: str) -> str | None:
    """Why the zone is not known before deployment: a template may name none, or by an id that differs by account."""
    if reader.origins.exact(subnet) is None:
        return None
    named = reader.origins.exact(subnet, "zone")
    return reader.doubt(named) if named is not None else "the template does not name its zone, AWS picks one"


def _route_table(reader: Reader, item: dict[str, Any]) -> network.RouteTable:
    identifier = item["RouteTableId"]
    associations = item.get("Associations", [])
    subnets = tuple(association["SubnetId"] for association in associations if association.get("SubnetId"))
    gateways = tuple(association["GatewayId"] for association in associations if association.get("GatewayId"))
    origin = reader.origin(identifier)
    return network.RouteTable(
        route_table_id=identifier,
        vpc_id=item["VpcId"],
        main=any(association.get("Main") for association in associations),
        subnet_ids=subnets,
        gateway_ids=gateways,
        routes=tuple(_route(reader, identifier, route) for route in item.get("Routes", [])),
        assumed=_assumed(reader, identifier, (*subnets, *gateways)),
        uncertain=reader.uncertain(origin),
        origin=origin,
    )


def _assumed(reader: Reader, holder: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The subnets or gateways of a route table or network ACL whose association hangs on something unknown."""
    reasons = ((name, reader.doubt(reader.origins.exact(holder, "association", name))) for name in names)
    return tuple((name, reason) for name, reason in reasons if reason is not None)


_BY_MEMBER: tuple[tuple[str, RouteTarget], ...] = (
    ("EgressOnlyInternetGatewayId", "egress-only-internet-gateway"),
    ("NatGatewayId", "nat-gateway"),
    ("TransitGatewayId", "transit-gateway"),
    ("VpcPeeringConnectionId", "peering"),
    ("NetworkInterfaceId", "network-interface"),
    ("InstanceId", "instance"),
    ("CarrierGatewayId", "carrier-gateway"),
    ("LocalGatewayId", "local-gateway"),
    ("CoreNetworkArn", "core-network"),
)


def _route(reader: Reader, table: str, item: dict[str, Any]) -> network.Route:
    destination = str(
        item.get("DestinationCidrBlock")
        or item.get("DestinationIpv6CidrBlock")
        or item.get("DestinationPrefixListId")
        or ""
    )
    target, target_id = _target(item)
    origin = reader.origins.exact(table, "route", destination)
    return network.Route(
        destination=destination,
        target=target,
        target_id=target_id,
        blackhole=item.get("State") == "blackhole",
        uncertain=reader.doubt(origin),
        origin=origin or reader.origin(table),
    )


def _target(item: dict[str, Any]) -> tuple[RouteTarget, str | None]:
    gateway = str(item.get("GatewayId") or item.get("VpcEndpointId") or "")
    if gateway == "local":
        return "local", None
    prefixes: tuple[tuple[str, RouteTarget], ...] = (
        ("igw-", "internet-gateway"),
        ("vgw-", "virtual-private-gateway"),
        ("eigw-", "egress-only-internet-gateway"),
    )
    for prefix, target in prefixes:
        if gateway.startswith(prefix):
            return target, gateway
    if gateway.startswith("vpce-"):
        # A gateway endpoint's route leads to a prefix list; one to a Gateway Load Balancer's leads to a block.
        return (
            "gateway-endpoint" if item.get("DestinationPrefixListId") else "gateway-load-balancer-endpoint"
        ), gateway
    for member, target in _BY_MEMBER:
        if item.get(member):
            return target, str(item[member])
    return "other", gateway or None


def _groups(reader: Reader) -> tuple[network.SecurityGroup, ...]:
    rules: dict[str, list[network.SecurityGroupRule]] = {}
    listed = reader.pages("ec2.security_group_rules", "ec2", "describe_security_group_rules", "SecurityGroupRules")
    for rule in listed:
        rules.setdefault(rule["GroupId"], []).append(_group_rule(reader, rule))

    def make(item: dict[str, Any]) -> network.SecurityGroup:
        identifier = item["GroupId"]
        origin = reader.origin(identifier)
        return network.SecurityGroup(
            group_id=identifier,
            name=item["GroupName"],
            vpc_id=item.get("VpcId", ""),
            is_default=item["GroupName"] == "default",
            rules=tuple(rules.get(identifier, [])),
            uncertain=reader.uncertain(origin),
            tags=tags(item.get("Tags")),
            origin=origin,
        )

    groups = reader.pages("ec2.security_groups", "ec2", "describe_security_groups", "SecurityGroups")
    made: tuple[network.SecurityGroup, ...] = reader.each("ec2.security_groups", groups, make)
    return made


def _group_rule(reader: Reader, item: dict[str, Any]) -> network.SecurityGroupRule:
    group, rule_id = item["GroupId"], item["SecurityGroupRuleId"]
    direction: Any = "egress" if item.get("IsEgress") else "ingress"
    protocol = str(item.get("IpProtocol", "-1"))
    all_ports = protocol == "-1" or item.get("FromPort") in (None, -1)
    origin = reader.origins.exact(group, direction, rule_id)
    return network.SecurityGroupRule(
        rule_id=rule_id,
        direction=direction,
        protocol=protocol,
        from_port=None if all_ports else int(item["FromPort"]),
        to_port=None if all_ports else int(item["ToPort"]),
        cidr=item.get("CidrIpv4") or item.get("CidrIpv6"),
        group_id=(item.get("ReferencedGroupInfo") or {}).get("GroupId"),
        prefix_list_id=item.get("PrefixListId"),
        named=reader.origins.named_within(origin) if origin else frozenset(),
        uncertain=reader.doubt(origin),
        origin=origin or reader.origin(group),
    )


def _acl(reader: Reader, item: dict[str, Any]) -> network.NetworkAcl:
    identifier = item["NetworkAclId"]
    subnets = tuple(association["SubnetId"] for association in item.get("Associations", []))
    origin = reader.origin(identifier)
    return network.NetworkAcl(
        acl_id=identifier,
        vpc_id=item["VpcId"],
        is_default=bool(item.get("IsDefault")),
        subnet_ids=subnets,
        entries=tuple(_entry(reader, identifier, entry) for entry in item.get("Entries", [])),
        assumed=_assumed(reader, identifier, subnets),
        uncertain=reader.uncertain(origin),
        origin=origin,
    )


def _entry(reader: Reader, acl: str, item: dict[str, Any]) -> network.NetworkAclEntry:
    ports = item.get("PortRange") or {}
    egress = bool(item.get("Egress"))
    number = int(item["RuleNumber"])
    origin = reader.origins.exact(acl, "egress" if egress else "ingress", str(number))
    return network.NetworkAclEntry(
        number=number,
        egress=egress,
        allow=item.get("RuleAction") == "allow",
        protocol=str(item.get("Protocol", "-1")),
        cidr=str(item.get("CidrBlock") or item.get("Ipv6CidrBlock") or "0.0.0.0/0"),
        from_port=_port(ports.get("From")),
        to_port=_port(ports.get("To")),
        uncertain=reader.doubt(origin),
        origin=origin or reader.origin(acl),
    )


def _port(value: Any) -> int | None:
    return None if value is None else int(value)


def _gateways(reader: Reader) -> tuple[network.InternetGateway, ...]:
    return tuple(_internet_gateways(reader)) + tuple(_egress_gateways(reader))


def _internet_gateways(reader: Reader) -> Iterator[network.InternetGateway]:
    for item in reader.pages("ec2.internet_gateways", "ec2", "describe_internet_gateways", "InternetGateways"):
        identifier = item["InternetGatewayId"]
        vpcs = tuple(attachment["VpcId"] for attachment in item.get("Attachments", []))
        yield network.InternetGateway(gateway_id=identifier, vpc_ids=vpcs, origin=reader.origin(identifier))


def _egress_gateways(reader: Reader) -> Iterator[network.InternetGateway]:
    operation, member = "describe_egress_only_internet_gateways", "EgressOnlyInternetGateways"
    for item in reader.pages("ec2.internet_gateways", "ec2", operation, member):
        identifier = item["EgressOnlyInternetGatewayId"]
        vpcs = tuple(attachment["VpcId"] for attachment in item.get("Attachments", []))
        yield network.InternetGateway(
            gateway_id=identifier, vpc_ids=vpcs, egress_only=True, origin=reader.origin(identifier)
        )


def _nat(reader: Reader, item: dict[str, Any]) -> network.NatGateway | None:
    if item.get("State") in ("deleted", "deleting", "failed"):
        return None
    identifier = item["NatGatewayId"]
    origin = reader.origin(identifier)
    return network.NatGateway(
        nat_gateway_id=identifier,
        vpc_id=item.get("VpcId", ""),
        subnet_id=item.get("SubnetId", ""),
        public=item.get("ConnectivityType", "public") == "public",
        uncertain=reader.uncertain(origin),
        origin=origin,
    )


def _peering(reader: Reader, item: dict[str, Any]) -> network.Peering:
    identifier = item["VpcPeeringConnectionId"]
    accepter = item.get("AccepterVpcInfo", {})
    origin = reader.origin(identifier)
    return network.Peering(
        peering_id=identifier,
        requester_vpc_id=item.get("RequesterVpcInfo", {}).get("VpcId", ""),
        accepter_vpc_id=accepter.get("VpcId", ""),
        accepter_account=accepter.get("OwnerId"),
        active=item.get("Status", {}).get("Code") == "active",
        uncertain=reader.uncertain(origin),
        origin=origin,
    )


def _prefix_lists(reader: Reader) -> tuple[network.PrefixList, ...]:
    listed = reader.pages("ec2.prefix_lists", "ec2", "describe_managed_prefix_lists", "PrefixLists")
    found = []
    for item in listed:
        identifier = item["PrefixListId"]
        aws = item.get("OwnerId") == "AWS"
        entries = (
            reader.pages(
                "ec2.prefix_list_entries", "ec2", "get_managed_prefix_list_entries", "Entries", PrefixListId=identifier
            )
            if not aws
            else ()
        )
        found.append(
            network.PrefixList(
                prefix_list_id=identifier,
                name=item.get("PrefixListName", ""),
                cidrs=tuple(entry["Cidr"] for entry in entries),
                owner=item.get("OwnerId"),
                origin=reader.origin(identifier),
            )
        )
    return tuple(found)


_FULL_ACCESS = (
    {"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]},
    {"Version": "2008-10-17", "Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]},
)


def _endpoint(reader: Reader, item: dict[str, Any]) -> network.Endpoint:
    identifier = item["VpcEndpointId"]
    origin = reader.origin(identifier)
    document = item.get("PolicyDocument")
    own = reader.origins.exact(identifier, "policy") is not None
    default = not document or (canonical(document) in map(canonical, _FULL_ACCESS) and not own)
    groups = [group["GroupId"] if isinstance(group, dict) else str(group) for group in item.get("Groups", [])]
    return network.Endpoint(
        endpoint_id=identifier,
        vpc_id=item["VpcId"],
        service=item["ServiceName"],
        kind=item.get("VpcEndpointType", "Gateway"),
        policy=None if default else reader.policy("endpoint policy", document, identifier, "policy"),
        subnet_ids=tuple(item.get("SubnetIds", [])),
        security_group_ids=tuple(groups),
        private_dns=bool(item.get("PrivateDnsEnabled")),
        inbound_dns_only=(item.get("DnsOptions") or {}).get("PrivateDnsOnlyForInboundResolverEndpoint"),
        route_table_ids=tuple(item.get("RouteTableIds", [])),
        service_region=item.get("ServiceRegion"),
        uncertain=reader.uncertain(origin),
        tags=tags(item.get("Tags")),
        origin=origin,
    )


def _flow_log(reader: Reader, item: dict[str, Any]) -> network.FlowLog:
    identifier = item["FlowLogId"]
    return network.FlowLog(
        flow_log_id=identifier,
        resource_id=item.get("ResourceId", ""),
        traffic=item.get("TrafficType", "ALL"),
        destination=item.get("LogDestination") or item.get("LogGroupName"),
        kind=item.get("LogDestinationType") or "cloud-watch-logs",
        role=item.get("DeliverLogsPermissionArn") or None,
        elsewhere=bool(item.get("DeliverCrossAccountRole")),
        origin=reader.origin(identifier),
    )


def _interface(reader: Reader, item: dict[str, Any]) -> network.NetworkInterface:
    identifier = item["NetworkInterfaceId"]
    return network.NetworkInterface(
        interface_id=identifier,
        vpc_id=item.get("VpcId", ""),
        subnet_id=item.get("SubnetId", ""),
        security_group_ids=tuple(group["GroupId"] for group in item.get("Groups", [])),
        private_ips=tuple(address["PrivateIpAddress"] for address in item.get("PrivateIpAddresses", [])),
        public_ip=(item.get("Association") or {}).get("PublicIp"),
        instance_id=(item.get("Attachment") or {}).get("InstanceId"),
        forwards=item.get("SourceDestCheck") is False,
        origin=reader.origin(identifier),
    )
