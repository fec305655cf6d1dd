"""`scenarios path` where a way hangs on what is not known before deployment, or on what was not deployed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scenarios.cli.main import main

BASE = """\
Parameters:
  P: {Type: String}
Conditions:
  Maybe: !Equals [!Ref P, x]
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}}
  Out: {Type: AWS::EC2::InternetGateway}
  Joined: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Out}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Plain: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  OnPublic: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref Table}}
  Default:
    Type: AWS::EC2::Route
    DependsOn: Joined
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Out}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: web
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0}]
"""
BOX = """
  Box:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-12345678, %s}
"""
IN_PUBLIC = BOX % "SubnetId: !Ref Public, SecurityGroupIds: [!Ref Group]"
WITH_ADDRESS = (
    BOX
    % "NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Public, GroupSet: [!Ref Group], %s}]"
    % "AssociatePublicIpAddress: %s"
)
LENT = """
  Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Lent:
    Type: AWS::EC2::EIPAssociation
    %s
    Properties: {AllocationId: %s, InstanceId: !Ref Box}
"""
BLOCKED = "  Closed: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {InternetGatewayBlockMode: %s}}\n"
OWN = "!GetAtt Address.AllocationId"

SIX = """
  Six: {Type: AWS::EC2::VPCCidrBlock, Properties: {VpcId: !Ref Vpc, AmazonProvidedIpv6CidrBlock: %s}}
  Dual:
    Type: AWS::EC2::Subnet
    DependsOn: Six
    Properties:
      VpcId: !Ref Vpc
      CidrBlock: 10.0.6.0/24
      Ipv6CidrBlock: !Select [0, !Cidr [!Select [0, !GetAtt Vpc.Ipv6CidrBlocks], 4, 64]]
      AssignIpv6AddressOnCreation: true
  Table6: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  OnDual: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Dual, RouteTableId: !Ref Table6}}
  Default6:
    Type: AWS::EC2::Route
    DependsOn: Joined
    Properties: {RouteTableId: !Ref Table6, DestinationIpv6CidrBlock: "::/0", GatewayId: !Ref Out}
"""
IN_DUAL = BOX % "SubnetId: !Ref Dual"

DOOR = """
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: endpoint
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: %s}]
  Bedrock:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      PrivateDnsEnabled: true
      ServiceName: com.amazonaws.us-east-1.bedrock-runtime
      SubnetIds: [!Ref Plain]
      SecurityGroupIds: [!Ref Door]
"""
FIXED = BOX % "SubnetId: !Ref Public, PrivateIpAddress: 10.0.0.4"

EDGE = """
  Inspector: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Plain, SourceDestCheck: false}}
  Edge: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Inwards:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Edge, DestinationCidrBlock: 10.0.0.0/24, NetworkInterfaceId: !Ref Inspector}
  OnOut: {Type: AWS::EC2::GatewayRouteTableAssociation, Properties: {RouteTableId: !Ref Edge, GatewayId: !Ref Out}}
"""

LOST = BOX % "SubnetId: !Ref Group"
NATIVE = SIX.replace("      CidrBlock: 10.0.6.0/24\n", "      Ipv6Native: true\n")

SECOND = """
  Card: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Public, GroupSet: [%s]}}
  Joins:
    Type: AWS::EC2::NetworkInterfaceAttachment
    %s
    Properties: {InstanceId: !Ref Box, NetworkInterfaceId: !Ref Card, DeviceIndex: '1'}
  Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Lent:
    Type: AWS::EC2::EIPAssociation
    Properties: {AllocationId: !GetAtt Address.AllocationId, NetworkInterfaceId: !Ref Card}
"""
IN_PLAIN = BOX % "SubnetId: !Ref Plain"

CASES = {
    "a second interface": (IN_PLAIN + SECOND % ("!Ref Group", ""), "Box", "internet", "open"),
    "a second interface that may not be attached": (
        IN_PLAIN + SECOND % ("!Ref Group", "Condition: Maybe"),
        "Box",
        "internet",
        "unknown",
    ),
    "a second interface in a group that nobody knows": (
        IN_PLAIN + SECOND % ("!Ref P", ""),
        "internet",
        "Box",
        "unknown",
    ),
    "an instance in a subnet of IPv6 alone": (NATIVE % "true" + IN_DUAL, "Box", "internet", "open"),
    "a subnet of IPv6 alone has no IPv4": (NATIVE % "true" + IN_DUAL, "Box", "10.0.1.9:443", "blocked"),
    "an instance that is not deployed": (LOST, "Box", "internet", "unknown"),
    "an instance that is not deployed, inwards": (LOST, "internet", "Box", "unknown"),
    "an edge route table": (WITH_ADDRESS % "true" + EDGE, "internet", "Box", "unknown"),
    "an edge route table, answers": (WITH_ADDRESS % "true" + EDGE, "Box", "8.8.8.8:443", "unknown"),
    "a rule for the address that AWS picks": (
        IN_PUBLIC + DOOR % '!Sub "${Box.PrivateIp}/32"',
        "Box",
        "bedrock-runtime",
        "open",
    ),
    "a rule for the address that the emulator picks": (
        IN_PUBLIC + DOOR % "10.0.0.4/32",
        "Box",
        "bedrock-runtime",
        "unknown",
    ),
    "a rule for the address that the template says": (FIXED + DOOR % "10.0.0.4/32", "Box", "bedrock-runtime", "open"),
    "a rule for another address": (FIXED + DOOR % "10.0.0.5/32", "Box", "bedrock-runtime", "blocked"),
    "an address of IPv6": (SIX % "true" + IN_DUAL, "Box", "internet", "open"),
    "a block of IPv6 that may be none": (SIX % "!Ref P" + IN_DUAL, "Box", "internet", "unknown"),
    "a block of IPv6 does not matter": (SIX % "!Ref P" + WITH_ADDRESS % "true", "Box", "internet", "open"),
    "a boolean that nobody knows": (WITH_ADDRESS % "!Ref P", "Box", "internet", "unknown"),
    "a boolean that nobody knows, inwards": (WITH_ADDRESS % "!Ref P", "internet", "Box", "unknown"),
    "a boolean that nobody knows does not matter": (WITH_ADDRESS % "!Ref P", "Box", "10.0.1.9:443", "open"),
    "an elastic address": (IN_PUBLIC + LENT % ("", OWN), "Box", "internet", "open"),
    "an elastic address from elsewhere": (IN_PUBLIC + LENT % ("", "!Ref P"), "Box", "internet", "unknown"),
    "an elastic address from elsewhere, inwards": (IN_PUBLIC + LENT % ("", "!Ref P"), "internet", "Box", "unknown"),
    "an elastic address that may be none": (IN_PUBLIC + LENT % ("Condition: Maybe", OWN), "internet", "Box", "unknown"),
    "an elastic address that may be none, outwards": (
        IN_PUBLIC + LENT % ("Condition: Maybe", OWN),
        "Box",
        "internet",
        "unknown",
    ),
    "public access that is blocked": (
        WITH_ADDRESS % "true" + BLOCKED % "block-ingress",
        "internet",
        "Box",
        "blocked",
    ),
    "public access that may be blocked": (WITH_ADDRESS % "true" + BLOCKED % "!Ref P", "internet", "Box", "unknown"),
    "public access that may be blocked, outwards": (
        WITH_ADDRESS % "true" + BLOCKED % "!Ref P",
        "Box",
        "internet",
        "unknown",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_verdict(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    resources, source, destination, verdict = CASES[case]
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(BASE + resources)
    main(["path", "t.yaml", "--from", source, "--to", destination, "--format", "json"])
    (flow,) = json.loads(capsys.readouterr().out)["flows"]
    assert flow["verdict"] == verdict, flow


def test_what_is_not_deployed_stands_in_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(BASE + LOST)
    main(["path", "t.yaml"])
    shown = capsys.readouterr().out
    assert "Box" in shown
    assert "is failed, not deployed" in shown


def test_no_invented_word_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(BASE + IN_PUBLIC + LENT % ("", "!Ref P"))
    main(["path", "t.yaml"])
    shown = capsys.readouterr().out
    assert "placeholder" not in shown
    assert "${P}" in shown
