"""AWS::EC2: VPCs, routes, gateways, endpoints, instances."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from providers.support import ACCOUNT, Maker, allow

S3 = "com.amazonaws.us-east-1.s3"
RUNTIME = "com.amazonaws.us-east-1.bedrock-runtime"


def a_vpc(make: Maker, **properties: Any) -> str:
    return make("AWS::EC2::VPC", "Vpc", **{"CidrBlock": "10.0.0.0/16", **properties}).physical_id


def a_subnet(make: Maker, vpc: str, block: str = "10.0.1.0/24", **properties: Any) -> str:
    return make("AWS::EC2::Subnet", "Subnet", VpcId=vpc, CidrBlock=block, **properties).physical_id


def a_table(make: Maker, vpc: str) -> str:
    return make("AWS::EC2::RouteTable", "Table", VpcId=vpc).physical_id


def routes(make: Maker, table: str) -> dict[str, dict[str, Any]]:
    shown = make.client("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    keys = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return {next(route[key] for key in keys if key in route): route for route in shown}


@pytest.mark.parametrize(
    ("properties", "support", "hostnames"),
    [
        ({}, True, False),
        ({"EnableDnsHostnames": "true"}, True, True),
        ({"EnableDnsSupport": "false", "EnableDnsHostnames": False}, False, False),
    ],
)
def test_dns_attributes(make: Maker, properties: dict[str, Any], support: bool, hostnames: bool) -> None:
    vpc = a_vpc(make, **properties)
    ec2 = make.client("ec2")
    shown = [
        ec2.describe_vpc_attribute(VpcId=vpc, Attribute=name)[name[0].upper() + name[1:]]["Value"]
        for name in ("enableDnsSupport", "enableDnsHostnames")
    ]
    assert shown == [support, hostnames]
    assert make.unmapped == ()


def test_vpc_attributes_are_things_of_the_account(make: Maker) -> None:
    made = make("AWS::EC2::VPC", CidrBlock="10.1.0.0/16", Tags=[{"Key": "Name", "Value": "one"}])
    ec2 = make.client("ec2")
    assert made.identity == made.physical_id == made.attributes["VpcId"]
    group = ec2.describe_security_groups(GroupIds=[made.attributes["DefaultSecurityGroup"]])["SecurityGroups"][0]
    assert (group["GroupName"], group["VpcId"]) == ("default", made.physical_id)
    acl = ec2.describe_network_acls(NetworkAclIds=[made.attributes["DefaultNetworkAcl"]])["NetworkAcls"][0]
    assert (acl["IsDefault"], acl["VpcId"]) == (True, made.physical_id)
    shown = ec2.describe_vpcs(VpcIds=[made.physical_id])["Vpcs"][0]
    assert (shown["CidrBlock"], shown["Tags"]) == ("10.1.0.0/16", [{"Key": "Name", "Value": "one"}])


def test_address_pool_leaves_the_block_unknown(make: Maker) -> None:
    make("AWS::EC2::VPC", Ipv4IpamPoolId="ipam-pool-1", Ipv4NetmaskLength=20)
    assert set(make.unmapped) == {"CidrBlock", "Ipv4IpamPoolId", "Ipv4NetmaskLength"}


def test_further_blocks_show_in_the_vpc(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16")
    make("AWS::EC2::VPCCidrBlock", "Four", VpcId=vpc.physical_id, CidrBlock="10.1.0.0/16")
    make("AWS::EC2::VPCCidrBlock", "Six", VpcId=vpc.physical_id, AmazonProvidedIpv6CidrBlock="true")
    shown = make.client("ec2").describe_vpcs(VpcIds=[vpc.physical_id])["Vpcs"][0]
    assert {item["CidrBlock"] for item in shown["CidrBlockAssociationSet"]} == {"10.0.0.0/16", "10.1.0.0/16"}
    six = [item["Ipv6CidrBlock"] for item in shown["Ipv6CidrBlockAssociationSet"]]
    assert vpc.attributes["Ipv6CidrBlocks"] == six
    assert len(six) == 1


@pytest.mark.parametrize(("value", "expected"), [(None, False), ("true", True), (True, True), ("false", False)])
def test_public_addresses_on_launch(make: Maker, value: Any, expected: bool) -> None:
    properties = {} if value is None else {"MapPublicIpOnLaunch": value}
    subnet = a_subnet(make, a_vpc(make), AvailabilityZone="us-east-1b", **properties)
    shown = make.client("ec2").describe_subnets(SubnetIds=[subnet])["Subnets"][0]
    assert (shown["MapPublicIpOnLaunch"], shown["AvailabilityZone"]) == (expected, "us-east-1b")
    assert make.unmapped == ()


def test_subnet_outside_its_vpc_fails(make: Maker) -> None:
    with pytest.raises(ClientError, match=r"InvalidSubnet\.Range"):
        a_subnet(make, a_vpc(make), "192.168.0.0/24")


def test_subnet_with_ipv6(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16")
    make("AWS::EC2::VPCCidrBlock", "Six", VpcId=vpc.physical_id, AmazonProvidedIpv6CidrBlock=True)
    block = vpc.attributes["Ipv6CidrBlocks"][0].replace("/56", "/64")
    subnet = make("AWS::EC2::Subnet", VpcId=vpc.physical_id, CidrBlock="10.0.0.0/24", Ipv6CidrBlock=block)
    assert subnet.attributes["Ipv6CidrBlocks"] == [block]


def test_routes_by_target_and_destination(make: Maker) -> None:
    vpc = a_vpc(make)
    table = a_table(make, vpc)
    gateway = make("AWS::EC2::InternetGateway", "Gateway").physical_id
    attached = make("AWS::EC2::VPCGatewayAttachment", "Attach", VpcId=vpc, InternetGatewayId=gateway)
    address = make("AWS::EC2::EIP", "Address", Domain="vpc").attributes["AllocationId"]
    subnet = a_subnet(make, vpc)
    nat = make("AWS::EC2::NatGateway", "Nat", SubnetId=subnet, AllocationId=address).physical_id
    egress = make("AWS::EC2::EgressOnlyInternetGateway", "Egress", VpcId=vpc).physical_id
    made = make("AWS::EC2::Route", "A", RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    make("AWS::EC2::Route", "B", RouteTableId=table, DestinationCidrBlock="8.8.8.0/24", NatGatewayId=nat)
    make(
        "AWS::EC2::Route",
        "C",
        RouteTableId=table,
        DestinationIpv6CidrBlock="::/0",
        EgressOnlyInternetGatewayId=egress,
    )
    shown = routes(make, table)
    assert shown["0.0.0.0/0"]["GatewayId"] == gateway
    assert shown["8.8.8.0/24"]["NatGatewayId"] == nat
    assert shown["::/0"]["EgressOnlyInternetGatewayId"] == egress
    assert made.origins == {(table, "route", "0.0.0.0/0"): ("Properties",)}
    assert attached.physical_id == f"IGW|{vpc}"
    attachments = make.client("ec2").describe_internet_gateways()["InternetGateways"][0]["Attachments"]
    assert [item["VpcId"] for item in attachments] == [vpc]


def test_route_to_what_the_emulator_does_not_show_is_reported(make: Maker) -> None:
    table = a_table(make, a_vpc(make))
    make("AWS::EC2::Route", RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", CarrierGatewayId="cagw-1")
    assert make.unmapped == ("CarrierGatewayId",)


def test_association_with_a_route_table(make: Maker) -> None:
    vpc = a_vpc(make)
    table, subnet = a_table(make, vpc), a_subnet(make, vpc)
    made = make("AWS::EC2::SubnetRouteTableAssociation", "Join", RouteTableId=table, SubnetId=subnet)
    shown = make.client("ec2").describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Associations"]
    assert [(item["SubnetId"], item["RouteTableAssociationId"]) for item in shown] == [(subnet, made.physical_id)]


@pytest.mark.parametrize(("properties", "kind"), [({}, "public"), ({"ConnectivityType": "private"}, "private")])
def test_nat_gateway_is_public_unless_told(make: Maker, properties: dict[str, Any], kind: str) -> None:
    subnet = a_subnet(make, a_vpc(make))
    if kind == "public":
        properties = {**properties, "AllocationId": make("AWS::EC2::EIP", "Address").attributes["AllocationId"]}
    made = make("AWS::EC2::NatGateway", "Nat", SubnetId=subnet, **properties)
    shown = make.client("ec2").describe_nat_gateways(NatGatewayIds=[made.physical_id])["NatGateways"][0]
    assert (shown["ConnectivityType"], shown["SubnetId"]) == (kind, subnet)
    assert make.unmapped == ()


def test_ref_of_an_elastic_address_is_the_address(make: Maker) -> None:
    made = make("AWS::EC2::EIP", Domain="vpc")
    shown = make.client("ec2").describe_addresses(AllocationIds=[made.attributes["AllocationId"]])["Addresses"][0]
    assert made.physical_id == shown["PublicIp"]


def test_gateway_endpoint(make: Maker) -> None:
    vpc = a_vpc(make)
    table = a_table(make, vpc)
    document = allow("s3:GetObject")
    made = make(
        "AWS::EC2::VPCEndpoint", "Door", VpcId=vpc, ServiceName=S3, RouteTableIds=[table], PolicyDocument=document
    )
    shown = make.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[made.physical_id])["VpcEndpoints"][0]
    assert (shown["VpcEndpointType"], shown["RouteTableIds"], shown["PrivateDnsEnabled"]) == ("Gateway", [table], False)
    assert json.loads(shown["PolicyDocument"]) == document
    (destination,) = [key for key, route in routes(make, table).items() if route.get("GatewayId") == made.physical_id]
    assert destination.startswith("pl-")
    assert made.origins == {
        (made.physical_id, "policy"): ("Properties", "PolicyDocument"),
        (table, "route", destination): ("Properties", "RouteTableIds", 0),
    }
    assert make.unmapped == ()


@pytest.mark.parametrize(("value", "expected"), [(None, False), ("true", True), (True, True), ("false", False)])
def test_private_dns_of_an_interface_endpoint(make: Maker, value: Any, expected: bool) -> None:
    vpc = a_vpc(make)
    properties = {} if value is None else {"PrivateDnsEnabled": value}
    made = make(
        "AWS::EC2::VPCEndpoint",
        "Door",
        VpcId=vpc,
        ServiceName=RUNTIME,
        VpcEndpointType="Interface",
        SubnetIds=[a_subnet(make, vpc)],
        **properties,
    )
    shown = make.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[made.physical_id])["VpcEndpoints"][0]
    assert shown["PrivateDnsEnabled"] is expected
    assert made.attributes["NetworkInterfaceIds"] == shown["NetworkInterfaceIds"]
    assert ":" in made.attributes["DnsEntries"][0]


def test_interface_endpoint_without_groups_has_the_default_one(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16")
    subnet = a_subnet(make, vpc.physical_id)
    properties = {
        "VpcId": vpc.physical_id,
        "VpcEndpointType": "Interface",
        "SubnetIds": [subnet],
    }
    own = make("AWS::EC2::SecurityGroup", "Own", GroupDescription="own", VpcId=vpc.physical_id).physical_id
    for given, expected in (({}, vpc.attributes["DefaultSecurityGroup"]), ({"SecurityGroupIds": [own]}, own)):
        made = make("AWS::EC2::VPCEndpoint", "Door", ServiceName=RUNTIME, **properties, **given)
        shown = make.client("ec2").describe_vpc_endpoints(VpcEndpointIds=[made.physical_id])["VpcEndpoints"][0]
        assert [group["GroupId"] for group in shown["Groups"]] == [expected]


def test_endpoint_of_another_region_is_reported(make: Maker) -> None:
    name = "com.amazonaws.us-west-2.s3"
    make(
        "AWS::EC2::VPCEndpoint",
        VpcId=a_vpc(make),
        ServiceName=name,
        ServiceRegion="us-west-2",
        VpcEndpointType="Interface",
    )
    assert make.unmapped == ("ServiceRegion",)


def test_peering_within_the_account_is_active(make: Maker) -> None:
    one, other = a_vpc(make), a_vpc(make, CidrBlock="10.9.0.0/16")
    made = make("AWS::EC2::VPCPeeringConnection", "Peer", VpcId=one, PeerVpcId=other)
    shown = make.client("ec2").describe_vpc_peering_connections()["VpcPeeringConnections"][0]
    assert (shown["VpcPeeringConnectionId"], shown["Status"]["Code"]) == (made.physical_id, "active")


@pytest.mark.parametrize("kind", ["TransitGatewayAttachment", "TransitGatewayVpcAttachment"])
def test_transit_gateway(make: Maker, kind: str) -> None:
    vpc = a_vpc(make)
    subnet = a_subnet(make, vpc)
    gateway = make("AWS::EC2::TransitGateway", "Hub", DnsSupport="disable", Description="hub")
    ec2 = make.client("ec2")
    assert ec2.describe_transit_gateways()["TransitGateways"][0]["Options"]["DnsSupport"] == "disable"
    attached = make(f"AWS::EC2::{kind}", "Join", TransitGatewayId=gateway.physical_id, VpcId=vpc, SubnetIds=[subnet])
    shown = ec2.describe_transit_gateway_vpc_attachments()["TransitGatewayVpcAttachments"][0]
    assert (shown["TransitGatewayAttachmentId"], shown["VpcId"]) == (attached.physical_id, vpc)
    table = make("AWS::EC2::TransitGatewayRouteTable", "Table", TransitGatewayId=gateway.physical_id).physical_id
    make(
        "AWS::EC2::TransitGatewayRoute",
        "Route",
        TransitGatewayRouteTableId=table,
        DestinationCidrBlock="0.0.0.0/0",
        TransitGatewayAttachmentId=attached.physical_id,
    )
    found = ec2.search_transit_gateway_routes(
        TransitGatewayRouteTableId=table, Filters=[{"Name": "type", "Values": ["static"]}]
    )["Routes"]
    assert [route["DestinationCidrBlock"] for route in found] == ["0.0.0.0/0"]


def test_dhcp_options(make: Maker) -> None:
    vpc = a_vpc(make)
    options = make("AWS::EC2::DHCPOptions", "Options", DomainNameServers=["10.0.0.2"]).physical_id
    make("AWS::EC2::VPCDHCPOptionsAssociation", "Join", VpcId=vpc, DhcpOptionsId=options)
    ec2 = make.client("ec2")
    assert ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"] == options
    shown = ec2.describe_dhcp_options(DhcpOptionsIds=[options])["DhcpOptions"][0]["DhcpConfigurations"]
    assert shown == [{"Key": "domain-name-servers", "Values": [{"Value": "10.0.0.2"}]}]


def test_prefix_list(make: Maker) -> None:
    entries = [{"Cidr": "10.0.0.0/8", "Description": "inside"}]
    made = make("AWS::EC2::PrefixList", PrefixListName="inside", AddressFamily="IPv4", MaxEntries="5", Entries=entries)
    shown = make.client("ec2").get_managed_prefix_list_entries(PrefixListId=made.physical_id)["Entries"]
    assert shown == entries


def test_flow_log(make: Maker) -> None:
    vpc = a_vpc(make)
    make("AWS::S3::Bucket", "Bucket", BucketName="flows")
    made = make(
        "AWS::EC2::FlowLog",
        "Flow",
        ResourceId=vpc,
        ResourceType="VPC",
        TrafficType="REJECT",
        LogDestinationType="s3",
        LogDestination="arn:aws:s3:::flows",
        MaxAggregationInterval="60",
    )
    shown = make.client("ec2").describe_flow_logs(FlowLogIds=[made.physical_id])["FlowLogs"][0]
    assert (shown["ResourceId"], shown["TrafficType"], shown["LogDestination"]) == (vpc, "REJECT", "arn:aws:s3:::flows")


def test_instance(make: Maker) -> None:
    vpc = a_vpc(make)
    subnet = a_subnet(make, vpc)
    group = make("AWS::EC2::SecurityGroup", "Group", GroupDescription="own", VpcId=vpc).physical_id
    trust = {"Version": "2012-10-17", "Statement": []}
    make("AWS::IAM::Role", "Role", RoleName="worker", AssumeRolePolicyDocument=trust)
    profile = make("AWS::IAM::InstanceProfile", "Profile", Roles=["worker"])
    made = make(
        "AWS::EC2::Instance",
        "Box",
        ImageId="ami-12345678",
        InstanceType="t3.micro",
        SubnetId=subnet,
        SecurityGroupIds=[group],
        IamInstanceProfile=profile.physical_id,
        MetadataOptions={"HttpTokens": "required", "HttpPutResponseHopLimit": "1"},
        UserData=base64.b64encode(b"#!/bin/sh").decode(),
        Tags=[{"Key": "Name", "Value": "box"}],
    )
    ec2 = make.client("ec2")
    shown = ec2.describe_instances(InstanceIds=[made.physical_id])["Reservations"][0]["Instances"][0]
    assert shown["IamInstanceProfile"]["Arn"] == profile.attributes["Arn"]
    assert (shown["SubnetId"], [g["GroupId"] for g in shown["SecurityGroups"]]) == (subnet, [group])
    assert shown["MetadataOptions"]["HttpTokens"] == "required"
    assert (shown.get("PublicIpAddress"), made.attributes["PublicIp"]) == (None, "")
    assert made.attributes["PrivateIp"] == shown["PrivateIpAddress"]
    data = ec2.describe_instance_attribute(InstanceId=made.physical_id, Attribute="userData")["UserData"]["Value"]
    assert base64.b64decode(data) == b"#!/bin/sh"
    assert make.unmapped == ()


@pytest.mark.parametrize(("wants", "has"), [("true", True), (False, False)])
def test_instance_with_an_interface_of_its_own(make: Maker, wants: Any, has: bool) -> None:
    vpc = a_vpc(make)
    subnet = a_subnet(make, vpc)
    group = make("AWS::EC2::SecurityGroup", "Group", GroupDescription="own", VpcId=vpc).physical_id
    interface = {"DeviceIndex": "0", "SubnetId": subnet, "GroupSet": [group], "AssociatePublicIpAddress": wants}
    made = make("AWS::EC2::Instance", "Box", ImageId="ami-12345678", NetworkInterfaces=[interface])
    shown = make.client("ec2").describe_instances(InstanceIds=[made.physical_id])["Reservations"][0]["Instances"][0]
    assert ("PublicIpAddress" in shown, shown["SubnetId"]) == (has, subnet)
    assert [[g["GroupId"] for g in card["Groups"]] for card in shown["NetworkInterfaces"]] == [[group]]


def test_launch_template(make: Maker) -> None:
    data = {"ImageId": "ami-1", "MetadataOptions": {"HttpTokens": "required"}}
    made = make("AWS::EC2::LaunchTemplate", LaunchTemplateName="one", LaunchTemplateData=data)
    versions = make.client("ec2").describe_launch_template_versions(LaunchTemplateId=made.physical_id)
    shown = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    assert (shown["ImageId"], shown["MetadataOptions"]["HttpTokens"]) == ("ami-1", "required")


def test_network_interface_volume_and_key(make: Maker) -> None:
    vpc = a_vpc(make)
    subnet = a_subnet(make, vpc)
    group = make("AWS::EC2::SecurityGroup", "Group", GroupDescription="own", VpcId=vpc).physical_id
    made = make("AWS::EC2::NetworkInterface", "Card", SubnetId=subnet, GroupSet=[group])
    ec2 = make.client("ec2")
    shown = ec2.describe_network_interfaces(NetworkInterfaceIds=[made.physical_id])["NetworkInterfaces"][0]
    assert [item["GroupId"] for item in shown["Groups"]] == [group]
    disk = make("AWS::EC2::Volume", "Disk", AvailabilityZone="us-east-1a", Size="8", Encrypted="true")
    assert ec2.describe_volumes(VolumeIds=[disk.physical_id])["Volumes"][0]["Encrypted"] is True
    assert make("AWS::EC2::KeyPair", "Key", KeyName="ssh").physical_id == "ssh"


def test_vpn_gateway(make: Maker) -> None:
    vpc = a_vpc(make)
    gateway = make("AWS::EC2::VPNGateway", "Gateway", Type="ipsec.1").physical_id
    assert make("AWS::EC2::VPCGatewayAttachment", "Join", VpcId=vpc, VpnGatewayId=gateway).physical_id == f"VGW|{vpc}"
    shown = make.client("ec2").describe_vpn_gateways(VpnGatewayIds=[gateway])["VpnGateways"][0]
    assert [item["VpcId"] for item in shown["VpcAttachments"]] == [vpc]


def test_prefix_list_arn_is_in_the_account(make: Maker) -> None:
    made = make("AWS::EC2::PrefixList", PrefixListName="one", AddressFamily="IPv4", MaxEntries=1)
    assert made.attributes["Arn"] == f"arn:aws:ec2:us-east-1:{ACCOUNT}:prefix-list/{made.physical_id}"
