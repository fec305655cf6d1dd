"""Addresses, blocks, checks and routes of either version, read back as facts."""

from __future__ import annotations

from typing import Any

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account import Account
from scenarios.finding import Origin

VPC = """
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Plain:
    Type: AWS::EC2::Subnet
    DependsOn: Six
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.1.0/24
      Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
  Dual:
    Type: AWS::EC2::Subnet
    DependsOn: Six
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.2.0/24
      AssignIpv6AddressOnCreation: true
      Ipv6CidrBlock: !Select [1, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
"""


def test_blocks_of_a_vpc_and_its_subnets() -> None:
    account = observed(
        VPC
        + """
  Four: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/16}}
  Native:
    Type: AWS::EC2::Subnet
    DependsOn: Six
    Properties:
      VpcId: !Ref Vpc
      Ipv6Native: true
      Ipv6CidrBlock: !Select [2, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
  Later: {Type: AWS::EC2::Subnet, DependsOn: Four, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24}}
  LaterSix:
    Type: AWS::EC2::SubnetCidrBlock
    DependsOn: Six
    Properties:
      SubnetId: !Ref Later
      Ipv6CidrBlock: !Select [3, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
"""
    )
    (vpc,) = account.vpcs
    assert vpc.cidrs == ("10.0.0.0/16", "10.1.0.0/16")
    (six,) = vpc.ipv6_cidrs
    blocks = [six.replace("00::/56", f"{number:02x}::/64") for number in range(4)]
    subnets = by_origin(account.subnets)
    assert {name: subnet.ipv6_cidrs for name, subnet in subnets.items()} == {
        "Plain": (blocks[0],),
        "Dual": (blocks[1],),
        "Native": (blocks[2],),
        "Later": (blocks[3],),
    }
    assert {name: subnet.ipv6_on_launch for name, subnet in subnets.items()} == {
        "Plain": False,
        "Dual": True,
        "Native": True,
        "Later": False,
    }
    assert subnets["Native"].cidr == blocks[2]
    assert account.unread == ()


@pytest.mark.parametrize(
    ("block", "property_name"),
    [
        ("CidrBlock: !If [Maybe, 10.1.0.0/16, 10.2.0.0/16]", "CidrBlock"),
        ("AmazonProvidedIpv6CidrBlock: true, Ipv6CidrBlockNetworkBorderGroup: !Ref P", "Ipv6CidrBlock"),
    ],
)
def test_a_further_block_that_is_only_assumed(block: str, property_name: str) -> None:
    account = observed(f"""
  Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  More: {{Type: AWS::EC2::VPCCidrBlock, Properties: {{VpcId: !Ref Vpc, {block}}}}}
""")
    assert account.vpcs[0].doubt(property_name) == NO_VALUE


def test_a_block_from_a_pool_is_not_there() -> None:
    with pytest.raises(AssertionError, match="a pool of addresses decides the block"):
        observed("""
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  More: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, Ipv4IpamPoolId: p, Ipv4NetmaskLength: 20}}
""")


def test_what_comes_with_an_ipv6_block() -> None:
    account = observed("""
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Open: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Own:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]
  Six:
    Type: AWS::EC2::VPCCidrBlock
    DependsOn: [Open, Own]
    Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: true}
""")
    groups = by_origin(account.security_groups)
    assert [rule.cidr for rule in groups["Open"].rules] == ["0.0.0.0/0", "::/0"]
    assert [rule.cidr for rule in groups["Own"].rules] == ["0.0.0.0/0"]
    (acl,) = account.network_acls
    six = [(entry.egress, entry.number, entry.allow) for entry in acl.entries if entry.cidr == "::/0"]
    assert six == [(True, 101, True), (True, 32768, False), (False, 101, True), (False, 32768, False)]


def test_routes_rules_and_entries_of_ipv6() -> None:
    account = observed(
        VPC
        + """
  Igw: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}
  Eigw: {Type: AWS::EC2::EgressOnlyInternetGateway, Properties: {VpcId: !Ref Vpc}}
  Eip: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Plain, AllocationId: !GetAtt Eip.AllocationId}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: !Ref Eigw}
  Both:
    Type: AWS::EC2::Route
    DependsOn: Attached
    Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '2600::/16', GatewayId: !Ref Igw}
  Nat64:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '64:ff9b::/96', NatGatewayId: !Ref Nat}
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv6: '2600::/16'}
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
  Entry:
    Type: AWS::EC2::NetworkAclEntry
    Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: -1, RuleAction: allow, Ipv6CidrBlock: '::/0'}
"""
    )
    table = by_origin(account.route_tables)["Table"]
    found = {route.destination: (route.target, route.origin.logical_id) for route in table.routes if route.origin}
    assert found["::/0"] == ("egress-only-internet-gateway", "Out")
    assert found["2600::/16"] == ("internet-gateway", "Both")
    assert found["64:ff9b::/96"] == ("nat-gateway", "Nat64")
    assert found[account.vpcs[0].ipv6_cidrs[0]][0] == "local"
    rules = by_origin(by_origin(account.security_groups)["Group"].rules)
    assert (rules["Rule"].cidr, rules["Rule"].direction) == ("2600::/16", "ingress")
    assert by_origin(by_origin(account.network_acls)["Acl"].entries)["Entry"].cidr == "::/0"


BOX = """
  Box: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-12345678, %s}}
"""


@pytest.mark.parametrize(
    ("properties", "six"),
    [
        ("SubnetId: !Ref Plain", False),
        ("SubnetId: !Ref Plain, Ipv6AddressCount: 1", True),
        ("SubnetId: !Ref Plain, Ipv6Addresses: [{Ipv6Address: '2600::5'}]", True),
        ("SubnetId: !Ref Dual", True),
        ("NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Plain, GroupSet: [!Ref Group]}]", False),
        ("NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Plain, Ipv6AddressCount: 1}]", True),
        ("NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Dual}]", True),
        ("NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: !Ref Card}]", True),
    ],
)
def test_ipv6_of_an_instance(properties: str, six: bool) -> None:
    card = """
  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Dual, GroupSet: [!Ref Group]}}
"""
    account = observed(VPC + (card if "Card" in properties else "") + BOX % properties)
    assert account.instances[0].ipv6 is six


@pytest.mark.parametrize(
    ("resources", "forwards"),
    [
        (BOX % "SubnetId: !Ref Plain", False),
        (BOX % "SubnetId: !Ref Plain, SourceDestCheck: true", False),
        (BOX % "SubnetId: !Ref Plain, SourceDestCheck: 'false'", True),
        (
            "  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Plain, SourceDestCheck: false}}"
            + BOX % "NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: !Ref Card}]",
            True,
        ),
    ],
)
def test_whether_an_interface_forwards(resources: str, forwards: bool) -> None:
    account = observed(VPC + resources)
    (interface,) = account.network_interfaces
    assert (interface.instance_id, interface.forwards) == (account.instances[0].instance_id, forwards)


def test_a_further_interface_of_an_instance() -> None:
    account = observed(
        VPC
        + BOX % "SubnetId: !Ref Plain"
        + """
  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Dual}}
  Join:
    Type: AWS::EC2::NetworkInterfaceAttachment
    Properties: {InstanceId: !Ref Box, NetworkInterfaceId: !Ref Card, DeviceIndex: '1'}
"""
    )
    assert {interface.instance_id for interface in account.network_interfaces} == {account.instances[0].instance_id}
    first, second = account.instances[0].interfaces
    assert (first.device, second.device) == (0, 1)
    assert first.placement == account.instances[0].placement != second.placement
    assert second.origin == Origin("Card")


@pytest.mark.parametrize(("said", "six"), [("Ipv6AllowedForDualStack: true", True), ("SubnetIds: [!Ref Dual]", False)])
def test_ipv6_of_a_function(said: str, six: bool) -> None:
    place = f"SecurityGroupIds: [!Ref Group], {said}"
    place += "" if "SubnetIds" in said else ", SubnetIds: [!Ref Dual]"
    account = observed(
        VPC
        + f"""
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/r
      Runtime: python3.12
      Handler: index.handler
      Code: {{ZipFile: x}}
      VpcConfig: {{{place}}}
"""
    )
    assert account.functions[0].ipv6 is six


def _one(account: Account, name: str) -> Any:
    (found,) = getattr(account, name)
    return found


def test_what_of_gateways_and_peerings_is_only_assumed() -> None:
    account = observed(
        VPC
        + """
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {ConnectivityType: !If [Maybe, private, private], SubnetId: !Ref Plain}}
  Peer:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref Vpc, PeerVpcId: !If [Maybe, !Ref Vpc, !Ref Other]}
"""
    )
    assert _one(account, "nat_gateways").doubt("ConnectivityType") == NO_VALUE
    assert _one(account, "peerings").doubt("PeerVpcId") == NO_VALUE


def test_a_vpcs_option_set() -> None:
    account = observed("""
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Names: {Type: AWS::EC2::DHCPOptions, Properties: {DomainNameServers: [10.0.0.5, 10.0.0.6]}}
  Join: {Type: AWS::EC2::VPCDHCPOptionsAssociation, Properties: {VpcId: !Ref Vpc, DhcpOptionsId: !Ref Names}}
""")
    options = by_origin(account.dhcp_options)["Names"]
    assert account.vpcs[0].dhcp_options_id == options.dhcp_options_id
    assert options.domain_name_servers == ("10.0.0.5", "10.0.0.6")


@pytest.mark.parametrize(
    ("interfaces", "public"),
    [
        ("{DeviceIndex: 0, SubnetId: !Ref Public}", True),
        ("{DeviceIndex: 0, SubnetId: !Ref Public}, {DeviceIndex: 1, SubnetId: !Ref Plain}", False),
    ],
)
def test_no_public_address_for_several_interfaces(interfaces: str, public: bool) -> None:
    public_subnet = """
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.9.0/24, MapPublicIpOnLaunch: true}
"""
    account = observed(VPC + public_subnet + BOX % f"NetworkInterfaces: [{interfaces}]")
    assert account.instances[0].public_ip is public


def test_an_elastic_address_belongs_to_one_interface() -> None:
    account = observed(
        VPC
        + BOX % "SubnetId: !Ref Plain"
        + """
  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Plain}}
  Join:
    Type: AWS::EC2::NetworkInterfaceAttachment
    Properties: {InstanceId: !Ref Box, NetworkInterfaceId: !Ref Card, DeviceIndex: '1'}
  Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Lend:
    Type: AWS::EC2::EIPAssociation
    Properties: {AllocationId: !GetAtt Address.AllocationId, NetworkInterfaceId: !Ref Card}
"""
    )
    (box,) = account.instances
    assert not box.public_ip
    assert [interface.public_ip for interface in box.interfaces] == [False, True]
