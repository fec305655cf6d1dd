"""Ways in whole templates that hang on what the emulator does not hold, or that AWS chooses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scenarios.report.path import verdict
from scenarios.run.options import Options
from scenarios.run.path import trace_template
from scenarios.template import parse

sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from edits import edited, source

APP = source("private-app-bedrock")
SAGEMAKER = source("sagemaker-in-vpc")
OPEN = {"near": "Nothing but what AppToEndpoints allows", "find": "255.255.255.255/32", "replace": "0.0.0.0/0"}
"""The app's group lets everything out."""


def with_resources(text: str, *resources: str, **more: object) -> dict[str, object]:
    """An edit that adds resources."""
    added = "".join(f"  {resource}\n" for resource in resources)
    return {"find": f"  {text}:\n    Type", "replace": f"{added}  {text}:\n    Type", **more}


HUB = (
    "Tgw: {Type: AWS::EC2::TransitGateway, Properties: {Description: hub}}",
    "Hub: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.99.0.0/16}}",
    "HubSubnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Hub, CidrBlock: 10.99.0.0/24,"
    " AvailabilityZone: !Select [0, !GetAZs '']}}",
    "HubTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Hub}}",
    "OnHub: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref HubSubnet,"
    " RouteTableId: !Ref HubTable}}",
    "Back: {Type: AWS::EC2::Route, DependsOn: HubOn, Properties: {RouteTableId: !Ref HubTable,"
    " DestinationCidrBlock: 10.20.0.0/16, TransitGatewayId: !Ref Tgw}}",
    "AppOn: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref Tgw, VpcId: !Ref Vpc,"
    " SubnetIds: [!Ref Door]}}",
    "HubOn: {Type: AWS::EC2::TransitGatewayAttachment, Properties: {TransitGatewayId: !Ref Tgw, VpcId: !Ref Hub,"
    " SubnetIds: [!Ref HubSubnet]}}",
    "Out: {Type: AWS::EC2::Route, DependsOn: AppOn, Properties: {RouteTableId: !Ref RouteTable,"
    " DestinationCidrBlock: 10.0.0.0/8, TransitGatewayId: !Ref Tgw}}",
)


def door(zone: str) -> tuple[str, ...]:
    return (*HUB, f"Door: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.20.9.0/24{zone}}}}}")


ZONES = ", AvailabilityZone: !Select [0, !GetAZs '']"
CASES = {
    "another VPC behind a transit gateway, in one zone of two": (
        with_resources("AppGroup", *door(ZONES), also=OPEN),
        ("App", "Hub", "open"),
    ),
    "a zone that AWS picks": (with_resources("AppGroup", *door(""), also=OPEN), ("App", "10.99.0.9", "unknown")),
    "routes that a private gateway learns": (
        with_resources(
            "AppGroup",
            "Gateway: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}",
            "On: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Gateway}}",
            "Learned: {Type: AWS::EC2::VPNGatewayRoutePropagation, Properties: {RouteTableIds: [!Ref RouteTable],"
            " VpnGatewayId: !Ref Gateway}}",
            also=OPEN,
        ),
        ("App", "192.168.1.1", "unknown"),
    ),
    "a custom resource that is handed the route table": (
        with_resources(
            "AppGroup",
            "Adds: {Type: Custom::Routes, Properties: {ServiceToken: !GetAtt App.Arn, Table: !Ref RouteTable}}",
            also=OPEN,
        ),
        ("App", "internet", "unknown"),
    ),
    "a custom resource that is handed something else": (
        with_resources(
            "AppGroup", "Adds: {Type: Custom::Routes, Properties: {ServiceToken: !GetAtt App.Arn, Of: !Ref Vpc}}"
        ),
        ("App", "internet", "blocked"),
    ),
    "a nested stack that is handed the route table": (
        with_resources(
            "AppGroup",
            "Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://s3.amazonaws.com/b/t.yaml',"
            " Parameters: {Table: !Ref RouteTable}}}",
            also=OPEN,
        ),
        ("App", "internet", "unknown"),
    ),
    "a DNS firewall": (
        with_resources(
            "AppGroup",
            "Names: {Type: AWS::Route53Resolver::FirewallRuleGroupAssociation, Properties: {VpcId: !Ref Vpc,"
            " FirewallRuleGroupId: rslvr-frg-0123456789abcdef, Priority: 101}}",
        ),
        ("App", "bedrock-runtime", "unknown"),
    ),
    "a private zone for the service's name": (
        with_resources(
            "AppGroup",
            "Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: bedrock-runtime.us-east-1.amazonaws.com,"
            " VPCs: [{VPCId: !Ref Vpc, VPCRegion: us-east-1}]}}",
        ),
        ("App", "bedrock-runtime", "unknown"),
    ),
    "a private zone for names of one's own": (
        with_resources(
            "AppGroup",
            "Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.internal,"
            " VPCs: [{VPCId: !Ref Vpc, VPCRegion: us-east-1}]}}",
        ),
        ("App", "bedrock-runtime", "open"),
    ),
    "an endpoint for the FIPS name": (
        {"find": '.bedrock-runtime"', "replace": '.bedrock-runtime-fips"'},
        ("App", "bedrock-runtime", "unknown"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_way(case):
    edit, (start, end, expected) = CASES[case]
    ways = trace_template(parse(edited(APP, edit), "t.yaml"), start, end, Options())
    assert verdict(ways.flows[0].trace) == expected, ways.flows[0].trace


def s3_interface(options: str) -> dict[str, object]:
    """An S3 interface endpoint with a group that admits nobody, beside the gateway endpoint."""
    return with_resources(
        "S3Endpoint",
        "Shut: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, GroupDescription: admits nobody}}",
        "S3Interface: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Vpc, VpcEndpointType: Interface,"
        f" ServiceName: !Sub 'com.amazonaws.${{AWS::Region}}.s3', PrivateDnsEnabled: true{options},"
        " SubnetIds: [!Ref SubnetA], SecurityGroupIds: [!Ref Shut]}}",
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (", DnsOptions: {PrivateDnsOnlyForInboundResolverEndpoint: OnlyInboundResolver}", "open"),
        (", DnsOptions: {PrivateDnsOnlyForInboundResolverEndpoint: AllResolvers}", "blocked"),
        (", DnsOptions: {PrivateDnsOnlyForInboundResolverEndpoint: NotSpecified}", "unknown"),
        ("", "unknown"),
    ],
)
def test_both_kinds_of_endpoint_for_s3(options, expected):
    text = edited(SAGEMAKER, s3_interface(options))
    ways = trace_template(parse(text, "t.yaml"), "Notebook", "s3", Options())
    assert verdict(ways.flows[0].trace) == expected, ways.flows[0].trace
