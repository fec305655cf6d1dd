"""AWS::EC2: VPCs, subnets, routes, gateways, endpoints."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import ec2, number, tag, texts
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import flag


@provider("AWS::EC2::VPC")
def vpc(request: Request) -> Created:
    """A VPC with its two DNS attributes (support is on by default, hostnames are off)."""
    properties = request.properties
    made = ec2(
        request,
        "create_vpc",
        CidrBlock=str(properties.get("CidrBlock", "10.0.0.0/16")),
        InstanceTenancy=properties.get("InstanceTenancy"),
    )["Vpc"]
    identifier = made["VpcId"]
    support = flag(properties.get("EnableDnsSupport"), default=True)
    names = flag(properties.get("EnableDnsHostnames"))
    ec2(request, "modify_vpc_attribute", VpcId=identifier, EnableDnsSupport={"Value": support})
    ec2(request, "modify_vpc_attribute", VpcId=identifier, EnableDnsHostnames={"Value": names})
    tag(request, identifier)
    client = request.client("ec2")
    mine = [{"Name": "vpc-id", "Values": [identifier]}]
    groups = client.describe_security_groups(Filters=mine)["SecurityGroups"]
    acls = client.describe_network_acls(Filters=mine)["NetworkAcls"]
    attributes = {
        "VpcId": identifier,
        "CidrBlock": made["CidrBlock"],
        "CidrBlockAssociations": [item["AssociationId"] for item in made.get("CidrBlockAssociationSet", [])],
        "Ipv6CidrBlocks": [],
        "DefaultSecurityGroup": groups[0]["GroupId"] if groups else "",
        "DefaultNetworkAcl": acls[0]["NetworkAclId"] if acls else "",
    }
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::VPCCidrBlock")
def vpc_cidr_block(request: Request) -> Created:
    """A further block of a VPC."""
    properties = request.properties
    made = ec2(
        request,
        "associate_vpc_cidr_block",
        VpcId=str(properties["VpcId"]),
        CidrBlock=properties.get("CidrBlock"),
        AmazonProvidedIpv6CidrBlock=flag(properties.get("AmazonProvidedIpv6CidrBlock")) or None,
    )
    found = made.get("CidrBlockAssociation") or made.get("Ipv6CidrBlockAssociation") or {}
    return Created(str(found.get("AssociationId", request.name())))


@provider("AWS::EC2::Subnet")
def subnet(request: Request) -> Created:
    """A subnet."""
    properties = request.properties
    made = ec2(
        request,
        "create_subnet",
        VpcId=str(properties["VpcId"]),
        CidrBlock=properties.get("CidrBlock"),
        AvailabilityZone=properties.get("AvailabilityZone"),
        Ipv6CidrBlock=properties.get("Ipv6CidrBlock"),
    )["Subnet"]
    identifier = made["SubnetId"]
    if flag(properties.get("MapPublicIpOnLaunch")):
        ec2(request, "modify_subnet_attribute", SubnetId=identifier, MapPublicIpOnLaunch={"Value": True})
    if flag(properties.get("AssignIpv6AddressOnCreation")):
        ec2(request, "modify_subnet_attribute", SubnetId=identifier, AssignIpv6AddressOnCreation={"Value": True})
    tag(request, identifier)
    attributes = {
        "SubnetId": identifier,
        "AvailabilityZone": made["AvailabilityZone"],
        "CidrBlock": made["CidrBlock"],
        "VpcId": made["VpcId"],
        "Ipv6CidrBlocks": [],
    }
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::RouteTable")
def route_table(request: Request) -> Created:
    """A route table; routes and associations are resources of their own."""
    identifier = ec2(request, "create_route_table", VpcId=str(request.properties["VpcId"]))["RouteTable"][
        "RouteTableId"
    ]
    tag(request, identifier)
    return Created(identifier, {"RouteTableId": identifier}, identity=identifier)


_TARGETS = (
    "GatewayId",
    "NatGatewayId",
    "EgressOnlyInternetGatewayId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "NetworkInterfaceId",
    "InstanceId",
    "VpcEndpointId",
    "LocalGatewayId",
    "CarrierGatewayId",
    "CoreNetworkArn",
)
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


@provider("AWS::EC2::Route")
def route(request: Request) -> Created:
    """One route."""
    properties = request.properties
    table = str(properties["RouteTableId"])
    given = {name: str(properties[name]) for name in (*_TARGETS, *_DESTINATIONS) if name in properties}
    ec2(request, "create_route", RouteTableId=table, **given)
    destination = next((given[name] for name in _DESTINATIONS if name in given), "")
    place = ("Properties",)
    return Created(f"{table}|{destination}", {"CidrBlock": destination}, origins={(table, "route", destination): place})


@provider("AWS::EC2::SubnetRouteTableAssociation")
def subnet_route_table_association(request: Request) -> Created:
    """A subnet's route table."""
    properties = request.properties
    table, subnet_id = str(properties["RouteTableId"]), str(properties["SubnetId"])
    made = ec2(request, "associate_route_table", RouteTableId=table, SubnetId=subnet_id)
    identifier = made["AssociationId"]
    return Created(identifier, {"Id": identifier}, origins={(table, "association", subnet_id): ("Properties",)})


simple(
    "AWS::EC2::InternetGateway",
    "ec2",
    "CreateInternetGateway",
    ref="{InternetGateway.InternetGatewayId}",
    identity="{InternetGateway.InternetGatewayId}",
    attributes={"InternetGatewayId": "{InternetGateway.InternetGatewayId}"},
    after=lambda request, answer: tag(request, answer["InternetGateway"]["InternetGatewayId"]),
)
simple(
    "AWS::EC2::EgressOnlyInternetGateway",
    "ec2",
    "CreateEgressOnlyInternetGateway",
    ref="{EgressOnlyInternetGateway.EgressOnlyInternetGatewayId}",
    identity="{EgressOnlyInternetGateway.EgressOnlyInternetGatewayId}",
    attributes={"Id": "{EgressOnlyInternetGateway.EgressOnlyInternetGatewayId}"},
)
simple(
    "AWS::EC2::VPNGateway",
    "ec2",
    "CreateVpnGateway",
    ref="{VpnGateway.VpnGatewayId}",
    identity="{VpnGateway.VpnGatewayId}",
    attributes={"VPNGatewayId": "{VpnGateway.VpnGatewayId}"},
)


@provider("AWS::EC2::VPCGatewayAttachment")
def vpc_gateway_attachment(request: Request) -> Created:
    """An internet or virtual private gateway on a VPC."""
    properties = request.properties
    vpc_id = str(properties["VpcId"])
    if "InternetGatewayId" in properties:
        gateway = str(properties["InternetGatewayId"])
        ec2(request, "attach_internet_gateway", InternetGatewayId=gateway, VpcId=vpc_id)
        kind = "IGW"
    else:
        gateway = str(properties["VpnGatewayId"])
        ec2(request, "attach_vpn_gateway", VpnGatewayId=gateway, VpcId=vpc_id)
        kind = "VGW"
    return Created(
        f"{kind}|{vpc_id}", {"AttachmentType": kind}, origins={(gateway, "attachment", vpc_id): ("Properties",)}
    )


@provider("AWS::EC2::EIP")
def elastic_ip(request: Request) -> Created:
    """An elastic address."""
    properties = request.properties
    made = ec2(request, "allocate_address", Domain="vpc")
    properties.ignore("Domain", "NetworkBorderGroup", "PublicIpv4Pool")
    if "InstanceId" in properties:
        ec2(request, "associate_address", AllocationId=made["AllocationId"], InstanceId=str(properties["InstanceId"]))
    tag(request, made["AllocationId"])
    attributes = {"AllocationId": made["AllocationId"], "PublicIp": made["PublicIp"]}
    return Created(made["PublicIp"], attributes, identity=made["AllocationId"])


@provider("AWS::EC2::EIPAssociation")
def elastic_ip_association(request: Request) -> Created:
    """An elastic address on an instance or interface."""
    properties = request.properties
    names = ("AllocationId", "InstanceId", "NetworkInterfaceId", "PrivateIpAddress")
    given = {name: str(properties[name]) for name in names if name in properties}
    if "EIP" in properties:
        given["PublicIp"] = str(properties["EIP"])
    made = ec2(request, "associate_address", **given)
    return Created(made["AssociationId"], {"Id": made["AssociationId"]})


@provider("AWS::EC2::NatGateway")
def nat_gateway(request: Request) -> Created:
    """A NAT gateway; public unless ConnectivityType says private."""
    properties = request.properties
    made = ec2(
        request,
        "create_nat_gateway",
        SubnetId=properties.get("SubnetId"),
        AllocationId=properties.get("AllocationId"),
        ConnectivityType=properties.get("ConnectivityType", "public"),
    )["NatGateway"]
    identifier = made["NatGatewayId"]
    tag(request, identifier)
    return Created(identifier, {"NatGatewayId": identifier}, identity=identifier)


@provider("AWS::EC2::VPCEndpoint")
def vpc_endpoint(request: Request) -> Created:
    """A VPC endpoint; Gateway is the default type, and private DNS is off where it is not asked for."""
    properties = request.properties
    kind = str(properties.get("VpcEndpointType", "Gateway"))
    policy = properties.get("PolicyDocument")
    interface = kind == "Interface"
    made = ec2(
        request,
        "create_vpc_endpoint",
        VpcId=str(properties["VpcId"]),
        ServiceName=str(properties.get("ServiceName", "")),
        VpcEndpointType=kind,
        PolicyDocument=policy if policy is None or isinstance(policy, str) else json.dumps(policy),
        RouteTableIds=texts(properties.get("RouteTableIds")),
        SubnetIds=texts(properties.get("SubnetIds")),
        SecurityGroupIds=texts(properties.get("SecurityGroupIds")),
        PrivateDnsEnabled=flag(properties.get("PrivateDnsEnabled")) if interface else None,
    )["VpcEndpoint"]
    properties.ignore("PrivateDnsEnabled", "IpAddressType", "DnsOptions")
    identifier = made["VpcEndpointId"]
    tag(request, identifier)
    attributes = {
        "Id": identifier,
        "CreationTimestamp": str(made.get("CreationTimestamp", "")),
        "DnsEntries": [
            f"{entry.get('HostedZoneId', '')}:{entry.get('DnsName', '')}" for entry in made.get("DnsEntries", [])
        ],
        "NetworkInterfaceIds": made.get("NetworkInterfaceIds", []),
    }
    origins: dict[tuple[str, ...], tuple[str | int, ...]] = {(identifier, "policy"): ("Properties", "PolicyDocument")}
    return Created(identifier, attributes, identity=identifier, origins=origins if policy is not None else {})


@provider("AWS::EC2::VPCPeeringConnection")
def peering(request: Request) -> Created:
    """A peering connection; one within the account is accepted by CloudFormation itself."""
    properties = request.properties
    own = properties.get("PeerOwnerId")
    made = ec2(
        request,
        "create_vpc_peering_connection",
        VpcId=str(properties["VpcId"]),
        PeerVpcId=str(properties["PeerVpcId"]),
        PeerOwnerId=own,
        PeerRegion=properties.get("PeerRegion"),
    )["VpcPeeringConnection"]
    identifier = made["VpcPeeringConnectionId"]
    if own in (None, request.stack.account_id):
        ec2(request, "accept_vpc_peering_connection", VpcPeeringConnectionId=identifier)
    properties.ignore("PeerRoleArn")
    tag(request, identifier)
    return Created(identifier, {"Id": identifier}, identity=identifier)


simple(
    "AWS::EC2::TransitGateway",
    "ec2",
    "CreateTransitGateway",
    ref="{TransitGateway.TransitGatewayId}",
    identity="{TransitGateway.TransitGatewayId}",
    attributes={"Id": "{TransitGateway.TransitGatewayId}", "TransitGatewayArn": "{TransitGateway.TransitGatewayArn}"},
    more=lambda request: {
        "Options": {
            key: str(value)
            for key, value in request.properties.items()
            if key in ("AutoAcceptSharedAttachments", "DefaultRouteTableAssociation", "DnsSupport", "VpnEcmpSupport")
        }
    },
)


def _attachment(resource_type: str) -> None:
    @provider(resource_type)
    def create(request: Request) -> Created:
        """A VPC on a transit gateway."""
        properties = request.properties
        made = ec2(
            request,
            "create_transit_gateway_vpc_attachment",
            TransitGatewayId=str(properties["TransitGatewayId"]),
            VpcId=str(properties["VpcId"]),
            SubnetIds=texts(properties.get("SubnetIds")),
        )["TransitGatewayVpcAttachment"]
        properties.ignore("Options", "Tags")
        identifier = made["TransitGatewayAttachmentId"]
        return Created(identifier, {"Id": identifier}, identity=identifier)


for _type in ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"):
    _attachment(_type)


@provider("AWS::EC2::DHCPOptions")
def dhcp_options(request: Request) -> Created:
    """A DHCP option set."""
    properties = request.properties
    keys = {
        "DomainName": "domain-name",
        "DomainNameServers": "domain-name-servers",
        "NtpServers": "ntp-servers",
        "NetbiosNameServers": "netbios-name-servers",
        "NetbiosNodeType": "netbios-node-type",
    }
    configured = [{"Key": api, "Values": texts(properties[key])} for key, api in keys.items() if key in properties]
    made = ec2(request, "create_dhcp_options", DhcpConfigurations=configured)["DhcpOptions"]
    tag(request, made["DhcpOptionsId"])
    return Created(made["DhcpOptionsId"], {"DhcpOptionsId": made["DhcpOptionsId"]}, identity=made["DhcpOptionsId"])


@provider("AWS::EC2::VPCDHCPOptionsAssociation")
def dhcp_association(request: Request) -> Created:
    """A VPC's DHCP option set."""
    properties = request.properties
    options, vpc_id = str(properties["DhcpOptionsId"]), str(properties["VpcId"])
    ec2(request, "associate_dhcp_options", DhcpOptionsId=options, VpcId=vpc_id)
    return Created(f"{options}|{vpc_id}", origins={(vpc_id, "dhcp-options"): ("Properties",)})


@provider("AWS::EC2::PrefixList")
def prefix_list(request: Request) -> Created:
    """A customer managed prefix list."""
    properties = request.properties
    made = ec2(
        request,
        "create_managed_prefix_list",
        PrefixListName=str(properties["PrefixListName"]),
        AddressFamily=str(properties["AddressFamily"]),
        MaxEntries=number(properties.get("MaxEntries")) or 100,
        Entries=properties.get("Entries") or [],
    )["PrefixList"]
    properties.ignore("Tags")
    identifier = made["PrefixListId"]
    attributes = {"PrefixListId": identifier, "Arn": made["PrefixListArn"], "OwnerId": made["OwnerId"], "Version": 1}
    return Created(identifier, attributes, identity=identifier)


@provider("AWS::EC2::FlowLog")
def flow_log(request: Request) -> Created:
    """A flow log."""
    properties = request.properties
    made = ec2(
        request,
        "create_flow_logs",
        ResourceIds=[str(properties["ResourceId"])],
        ResourceType=str(properties["ResourceType"]),
        TrafficType=properties.get("TrafficType", "ALL"),
        LogDestinationType=properties.get("LogDestinationType", "cloud-watch-logs"),
        LogDestination=properties.get("LogDestination"),
        LogGroupName=properties.get("LogGroupName"),
        DeliverLogsPermissionArn=properties.get("DeliverLogsPermissionArn"),
        MaxAggregationInterval=number(properties.get("MaxAggregationInterval")),
    )
    properties.ignore("Tags", "LogFormat", "DestinationOptions")
    if made.get("Unsuccessful"):
        raise ValueError(str(made["Unsuccessful"][0]["Error"].get("Message", "not created")))
    identifier = made["FlowLogIds"][0]
    return Created(identifier, {"Id": identifier}, identity=identifier)


@provider("AWS::EC2::NetworkInterface")
def network_interface(request: Request) -> Created:
    """A network interface."""
    properties = request.properties
    made = ec2(
        request,
        "create_network_interface",
        SubnetId=str(properties["SubnetId"]),
        Groups=texts(properties.get("GroupSet")),
        PrivateIpAddress=properties.get("PrivateIpAddress"),
        Description=properties.get("Description"),
    )["NetworkInterface"]
    identifier = made["NetworkInterfaceId"]
    tag(request, identifier)
    attributes: dict[str, Any] = {"Id": identifier, "PrimaryPrivateIpAddress": made.get("PrivateIpAddress", "")}
    return Created(identifier, attributes, identity=identifier)
