"""Transit gateways, their attachments and route tables, read back as facts."""

from __future__ import annotations

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account import Account
from scenarios.account.network import TransitGatewayRouteTable

HUB = """
  Hub: {Type: AWS::EC2::TransitGateway, Properties: {Description: hub, %s}}
"""
SPOKES = """
  VpcA: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  SubnetA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcA, CidrBlock: 10.0.1.0/24}}
  VpcB: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  SubnetB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcB, CidrBlock: 10.1.1.0/24}}
  A:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref VpcA, SubnetIds: [!Ref SubnetA]}
  B:
    Type: AWS::EC2::TransitGatewayVpcAttachment
    Properties: {TransitGatewayId: !Ref Hub, VpcId: !Ref VpcB, SubnetIds: [!Ref SubnetB]}
"""
TABLE = """
  Table: {Type: AWS::EC2::TransitGatewayRouteTable, Properties: {TransitGatewayId: !Ref Hub}}
"""
ASSOCIATED = """
  Associated:
    Type: AWS::EC2::TransitGatewayRouteTableAssociation
    Properties: {TransitGatewayRouteTableId: !Ref Table, TransitGatewayAttachmentId: %s}
"""
PROPAGATED = """
  Propagated:
    Type: AWS::EC2::TransitGatewayRouteTablePropagation
    Properties: {TransitGatewayRouteTableId: !Ref Table, TransitGatewayAttachmentId: %s}
"""
OFF = "DefaultRouteTableAssociation: disable, DefaultRouteTablePropagation: disable"


def named(account: Account, attachments: tuple[str, ...]) -> list[str]:
    names = {each.attachment_id: each.origin.logical_id for each in account.transit_gateway_attachments if each.origin}
    return [names[attachment] for attachment in attachments]


def tables(account: Account) -> dict[str, tuple[list[str], list[str]]]:
    """Associations and propagations by the table's logical id; the default one has none."""
    return {
        table.origin.logical_id if table.origin else "": (
            named(account, table.associations),
            named(account, table.propagations),
        )
        for table in account.transit_gateway_route_tables
    }


def own_table(account: Account) -> TransitGatewayRouteTable:
    found: TransitGatewayRouteTable = by_origin(account.transit_gateway_route_tables)["Table"]
    return found


@pytest.mark.parametrize(
    ("options", "more", "expected"),
    [
        ("DnsSupport: enable", "", {"": (["A", "B"], ["A", "B"])}),
        ("DefaultRouteTableAssociation: disable", "", {"": ([], ["A", "B"])}),
        ("DefaultRouteTablePropagation: disable", "", {"": (["A", "B"], [])}),
        (OFF, "", {}),
        (OFF, TABLE, {"Table": ([], [])}),
        (OFF, TABLE + ASSOCIATED % "!Ref A" + PROPAGATED % "!Ref B", {"Table": (["A"], ["B"])}),
        ("DnsSupport: enable", TABLE + ASSOCIATED % "!Ref B", {"": (["A"], ["A", "B"]), "Table": (["B"], [])}),
    ],
)
def test_whose_packets_a_table_routes(options: str, more: str, expected: object) -> None:
    assert tables(observed(HUB % options + SPOKES + more)) == expected


def test_attachments() -> None:
    account = observed(
        HUB % OFF
        + SPOKES
        + """
  Peer:
    Type: AWS::EC2::TransitGatewayPeeringAttachment
    Properties:
      TransitGatewayId: !Ref Hub
      PeerTransitGatewayId: tgw-0123456789abcdef0
      PeerRegion: us-west-2
      PeerAccountId: '123456789012'
  Customer: {Type: AWS::EC2::CustomerGateway, Properties: {BgpAsn: 65000, IpAddress: 192.0.2.1, Type: ipsec.1}}
  Vpn:
    Type: AWS::EC2::VPNConnection
    Properties: {CustomerGatewayId: !Ref Customer, TransitGatewayId: !Ref Hub, Type: ipsec.1}
"""
    )
    vpcs = {vpc.vpc_id: name for name, vpc in by_origin(account.vpcs).items()}
    subnets = {subnet.subnet_id: name for name, subnet in by_origin(account.subnets).items()}
    found = [
        (
            each.origin.logical_id if each.origin else None,
            vpcs.get(each.vpc_id or ""),
            [subnets[subnet] for subnet in each.subnet_ids],
        )
        for each in account.transit_gateway_attachments
    ]
    assert found == [("A", "VpcA", ["SubnetA"]), ("B", "VpcB", ["SubnetB"]), ("Peer", None, []), (None, None, [])]


def test_static_routes_and_where_joins_are_said() -> None:
    account = observed(
        HUB % OFF
        + SPOKES
        + TABLE
        + ASSOCIATED % "!Ref A"
        + PROPAGATED % "!Ref B"
        + """
  Led:
    Type: AWS::EC2::TransitGatewayRoute
    Properties:
      TransitGatewayRouteTableId: !Ref Table
      DestinationCidrBlock: 10.5.0.0/16
      TransitGatewayAttachmentId: !Ref B
  Dropped:
    Type: AWS::EC2::TransitGatewayRoute
    Properties: {TransitGatewayRouteTableId: !Ref Table, DestinationCidrBlock: 10.6.0.0/16, Blackhole: true}
"""
    )
    table = own_table(account)
    led, dropped = table.routes
    assert (led.destination, named(account, (led.attachment_id or "",)), led.uncertain) == ("10.5.0.0/16", ["B"], None)
    assert (dropped.destination, dropped.attachment_id) == ("10.6.0.0/16", None)
    assert [route.origin.logical_id for route in table.routes if route.origin] == ["Led", "Dropped"]
    places = [(named(account, (attachment,)), origin.logical_id) for attachment, origin in table.places]
    assert places == [(["A"], "Associated"), (["B"], "Propagated")]
    assert table.uncertain == ()


@pytest.mark.parametrize(
    ("more", "about"),
    [
        (ASSOCIATED % "!If [Maybe, !Ref A, !Ref B]", "Associations"),
        (PROPAGATED % "!If [Maybe, !Ref A, !Ref B]", "Propagations"),
    ],
)
def test_joins_that_are_only_assumed(more: str, about: str) -> None:
    table = own_table(observed(HUB % OFF + SPOKES + TABLE + more))
    assert table.doubt(about) == NO_VALUE
    assert [path for path, _ in table.uncertain] == [("Properties", about, *(table.associations or table.propagations))]


def test_a_route_that_is_only_assumed() -> None:
    account = observed(
        HUB % OFF
        + SPOKES
        + TABLE
        + """
  Led:
    Type: AWS::EC2::TransitGatewayRoute
    Properties:
      TransitGatewayRouteTableId: !Ref Table
      DestinationCidrBlock: 10.5.0.0/16
      TransitGatewayAttachmentId: !Ref P
"""
    )
    (route,) = own_table(account).routes
    assert route.uncertain == NO_VALUE


def test_defaults_that_are_not_known() -> None:
    options = "DefaultRouteTableAssociation: !If [Maybe, enable, disable]"
    account = observed(HUB % options + SPOKES)
    assert account.transit_gateway_attachments[0].doubt("DefaultRouteTableAssociation") == NO_VALUE
    (table,) = account.transit_gateway_route_tables
    assert table.doubt("Associations") == NO_VALUE
    assert table.doubt("Propagations") is None
