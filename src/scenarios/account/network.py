"""VPCs and all that steers a packet in them."""

from __future__ import annotations

from typing import Literal

from scenarios.account.base import Fact, Policy, Tags
from scenarios.finding import Origin, PropertyPath


class Configured(Fact):
    """Something whose settings a template states.

    `uncertain` names the settings (paths in the resource -> reason) that hang on something unknown before deployment,
    so that what is observed of them is only assumed.
    """

    uncertain: tuple[tuple[PropertyPath, str], ...] = ()

    def doubt(self, *properties: str) -> str | None:
        """Why one of these properties is not known, if one is not."""
        named = (reason for path, reason in self.uncertain if len(path) < 2 or path[1] in properties)
        return next(named, None)


class Vpc(Configured):
    """A VPC; `cidrs` holds every associated IPv4 block, `ipv6_cidrs` every IPv6 one."""

    vpc_id: str
    cidrs: tuple[str, ...]
    ipv6_cidrs: tuple[str, ...] = ()
    dns_support: bool = True
    dns_hostnames: bool = False
    dhcp_options_id: str | None = None
    is_default: bool = False
    tags: Tags = ()


class DhcpOptions(Fact):
    """A DHCP option set; DNS through the VPC's resolver needs `AmazonProvidedDNS`."""

    dhcp_options_id: str
    domain_name_servers: tuple[str, ...] = ()


class Subnet(Configured):
    """A subnet; `public_ip_on_launch` gives instances a public address, `ipv6_on_launch` every interface an IPv6 one.

    `cidr` is the IPv4 block; of a subnet that has none, the IPv6 one. `zone_assumed` says why nobody knows its
    availability zone: AWS picks one where a template names none.
    """

    subnet_id: str
    vpc_id: str
    cidr: str
    ipv6_cidrs: tuple[str, ...] = ()
    availability_zone: str | None = None
    zone_assumed: str | None = None
    public_ip_on_launch: bool = False
    ipv6_on_launch: bool = False
    tags: Tags = ()


RouteTarget = Literal[
    "local",
    "internet-gateway",
    "egress-only-internet-gateway",
    "nat-gateway",
    "gateway-endpoint",
    "gateway-load-balancer-endpoint",
    "peering",
    "transit-gateway",
    "virtual-private-gateway",
    "network-interface",
    "instance",
    "carrier-gateway",
    "local-gateway",
    "core-network",
    "other",
]


class Route(Fact):
    """One route. `destination` is an IPv4 or IPv6 block or a prefix-list id; `target_id` what carries the packet.

    `uncertain` says why a part of it is only assumed.
    """

    destination: str
    target: RouteTarget
    target_id: str | None = None
    blackhole: bool = False
    uncertain: str | None = None


class RouteTable(Configured):
    """A route table with the subnets explicitly associated; `main` serves those without an association.

    With `gateway_ids` it is an edge route table: internet gateways send on by it what comes in through them. `assumed`
    names those of its subnets and gateways whose association is only assumed, with the reason.
    """

    route_table_id: str
    vpc_id: str
    main: bool = False
    subnet_ids: tuple[str, ...] = ()
    gateway_ids: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()


class SecurityGroupRule(Fact):
    """One rule, split to one peer. `protocol`: `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all.

    Ports are absent for all ports. Exactly one of `cidr`, `group_id` and `prefix_list_id` is set. `uncertain` says why
    a part of it is only assumed. `named` are the logical ids of the instances or network interfaces whose address
    `cidr` is, or holds.
    """

    rule_id: str
    direction: Literal["ingress", "egress"]
    protocol: str
    from_port: int | None = None
    to_port: int | None = None
    cidr: str | None = None
    group_id: str | None = None
    prefix_list_id: str | None = None
    named: frozenset[str] = frozenset()
    uncertain: str | None = None


class SecurityGroup(Configured):
    """A security group; `is_default` is the VPC's default one."""

    group_id: str
    name: str
    vpc_id: str
    is_default: bool = False
    rules: tuple[SecurityGroupRule, ...] = ()
    tags: Tags = ()


class NetworkAclEntry(Fact):
    """One network ACL entry; entries are judged in order of `number`, the first match decides.

    `uncertain` says why a part of it is only assumed; `cidr` may then be no block at all.
    """

    number: int
    egress: bool
    allow: bool
    protocol: str
    cidr: str
    from_port: int | None = None
    to_port: int | None = None
    uncertain: str | None = None


class NetworkAcl(Configured):
    """A network ACL; the default one serves subnets without an association.

    `assumed` names those of its subnets whose association is only assumed, with the reason.
    """

    acl_id: str
    vpc_id: str
    is_default: bool = False
    subnet_ids: tuple[str, ...] = ()
    entries: tuple[NetworkAclEntry, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()


class InternetGateway(Fact):
    """An internet gateway and the VPCs that it is attached to."""

    gateway_id: str
    vpc_ids: tuple[str, ...] = ()
    egress_only: bool = False


class PublicAccessBlock(Configured):
    """The region's VPC block of public access: what internet gateways may not carry.

    `mode` is `off`, `block-bidirectional` or `block-ingress`; `excluded` are the VPCs and subnets that it spares, each
    with what it lets through, `allow-bidirectional` or `allow-egress`. Which they are is `uncertain` under
    `Exclusions`, with the id of each that is only assumed; the mode under `InternetGatewayBlockMode`.
    """

    mode: str = "off"
    excluded: tuple[tuple[str, str], ...] = ()


class NatGateway(Configured):
    """A NAT gateway; `public` has an elastic address, private ones do not reach the internet by themselves."""

    nat_gateway_id: str
    vpc_id: str
    subnet_id: str
    public: bool = True


class Peering(Configured):
    """A VPC peering connection."""

    peering_id: str
    requester_vpc_id: str
    accepter_vpc_id: str
    accepter_account: str | None = None
    active: bool = True


class TransitGatewayAttachment(Configured):
    """An attachment of a VPC to a transit gateway; without `vpc_id` of something else (a peer, a VPN).

    `learns` tells that routes are learned over it, by BGP: which, nobody knows before.
    Among what is `uncertain` are its transit gateway's `DefaultRouteTableAssociation` and
    `DefaultRouteTablePropagation`, by which a default route table takes it up.
    """

    attachment_id: str
    transit_gateway_id: str
    vpc_id: str | None = None
    subnet_ids: tuple[str, ...] = ()
    learns: bool = False


class TransitRoute(Fact):
    """A static route of a transit gateway route table; without `attachment_id` it is a blackhole.

    `uncertain` says why a part of it is only assumed.
    """

    destination: str
    attachment_id: str | None = None
    uncertain: str | None = None


class TransitGatewayRouteTable(Configured):
    """A transit gateway route table.

    `associations` are the attachments whose packets it routes, `propagations` those whose VPC's blocks it has as
    routes, `routes` its static ones, which win over propagated ones of the same length. Which attachments these are is
    `uncertain` under `Associations` and `Propagations`, each with the attachment's id where it is one alone. `places`
    are the origins of associations and propagations that resources of their own make, by attachment.
    """

    route_table_id: str
    transit_gateway_id: str
    associations: tuple[str, ...] = ()
    propagations: tuple[str, ...] = ()
    routes: tuple[TransitRoute, ...] = ()
    places: tuple[tuple[str, Origin], ...] = ()


class PrefixList(Fact):
    """A managed prefix list; AWS's own are named `com.amazonaws.REGION.s3` and the like."""

    prefix_list_id: str
    name: str
    cidrs: tuple[str, ...] = ()
    owner: str | None = None


class Endpoint(Configured):
    """A VPC endpoint. `service` is the full service name, `com.amazonaws.us-east-1.s3`.

    `policy` is absent where AWS's default (full access) is in force. Interface endpoints have subnets, security groups
    and private DNS; gateway endpoints have route tables and a prefix list. `inbound_dns_only` tells of an S3 interface
    endpoint that its private DNS is for inbound resolvers, so that names in the VPC lead to the gateway endpoint.
    """

    endpoint_id: str
    vpc_id: str
    service: str
    kind: Literal["Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"]
    policy: Policy | None = None
    subnet_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    private_dns: bool = False
    inbound_dns_only: bool | None = None
    route_table_ids: tuple[str, ...] = ()
    service_region: str | None = None
    tags: Tags = ()


class FlowLog(Fact):
    """A flow log on a VPC, subnet or interface.

    `destination` is an ARN, or a log group's name. `kind` is `cloud-watch-logs`, `s3` or `kinesis-data-firehose`;
    `role` what it writes to a log group with. With `elsewhere` the log group is another account's.
    """

    flow_log_id: str
    resource_id: str
    traffic: str
    destination: str | None = None
    kind: str = "cloud-watch-logs"
    role: str | None = None
    elsewhere: bool = False


class NetworkInterface(Fact):
    """A network interface; `public_ip` where it has one. `forwards` where it takes packets that are not for it: its
    source/destination check is off."""

    interface_id: str
    vpc_id: str
    subnet_id: str
    security_group_ids: tuple[str, ...] = ()
    private_ips: tuple[str, ...] = ()
    public_ip: str | None = None
    instance_id: str | None = None
    forwards: bool = False


class Placement(Fact):
    """Where a workload's network interfaces stand."""

    subnet_ids: tuple[str, ...]
    security_group_ids: tuple[str, ...]
    vpc_id: str | None = None


class Resident(Fact):
    """Something that AWS gives network interfaces in a VPC and that runs no code of the account's: a load balancer, a
    database, a cache, a file system.

    `said_by` are the properties that name its subnets and, the last of them, its groups. With `defaulted` it gets its
    VPC's default group where it names none.
    """

    kind: str
    subnet_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    defaulted: bool = True
    said_by: tuple[PropertyPath, ...] = ()
