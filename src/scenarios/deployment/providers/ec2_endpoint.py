"""AWS::EC2: VPC endpoints."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import tag, texts
from scenarios.deployment.shapes import call, flag
from scenarios.finding import PropertyPath

Origins = dict[tuple[str, ...], PropertyPath]

_UNSEEN = ("ResourceConfigurationArn", "ServiceNetworkArn", "ServiceRegion")
"""What the emulator takes and does not show."""


@provider("AWS::EC2::VPCEndpoint")
def vpc_endpoint(request: Request) -> Created:
    """A VPC endpoint: of type Gateway, without private DNS and with full access unless the template says otherwise.

    An interface endpoint that names no security group gets the VPC's default one.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html
    """
    properties, client = request.properties, request.client("ec2")
    kind = str(properties.get("VpcEndpointType") or "Gateway")
    given: dict[str, Any] = {
        "VpcEndpointType": kind,
        "PrivateDnsEnabled": kind == "Interface" and flag(properties.get("PrivateDnsEnabled")),
    }
    for key in ("RouteTableIds", "SubnetIds", "SecurityGroupIds"):
        if properties.get(key):
            given[key] = texts(properties[key])
    if kind == "Interface" and "SecurityGroupIds" not in given:
        given["SecurityGroupIds"] = _default_group(request)
    if (resolvers := _resolvers(properties.get("DnsOptions"))) is not None:
        given["DnsOptions"] = {"PrivateDnsOnlyForInboundResolverEndpoint": resolvers}
    skip = ("Tags", "DnsOptions", *_UNSEEN)
    made = call(client, "CreateVpcEndpoint", properties, skip=skip, **given)["VpcEndpoint"]
    identifier = made["VpcEndpointId"]
    tag(request, identifier)
    entries = made.get("DnsEntries", [])
    attributes = {
        "Id": identifier,
        "CreationTimestamp": str(made.get("CreationTimestamp", "")),
        "DnsEntries": [f"{entry.get('HostedZoneId', '')}:{entry.get('DnsName', '')}" for entry in entries],
        "NetworkInterfaceIds": made.get("NetworkInterfaceIds", []),
    }
    return Created(identifier, attributes, identity=identifier, origins=_origins(request, identifier))


def _resolvers(options: Any) -> bool | None:
    """Whether private DNS is for inbound resolvers alone: a word in templates, a boolean in the API
    (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-vpcendpoint-dnsoptionsspecification.html).
    """
    word = options.get("PrivateDnsOnlyForInboundResolverEndpoint") if isinstance(options, dict) else None
    return {"OnlyInboundResolver": True, "AllResolvers": False}.get(str(word))


def _default_group(request: Request) -> list[str]:
    filters = [
        {"Name": "vpc-id", "Values": [str(request.properties["VpcId"])]},
        {"Name": "group-name", "Values": ["default"]},
    ]
    found = request.client("ec2").describe_security_groups(Filters=filters)["SecurityGroups"]
    return [group["GroupId"] for group in found]


def _origins(request: Request, identifier: str) -> Origins:
    """The policy, and the route that a gateway endpoint puts into each of its tables."""
    properties, origins = request.properties, Origins()
    if "PolicyDocument" in properties:
        origins[(identifier, "policy")] = ("Properties", "PolicyDocument")
    tables = texts(properties.get("RouteTableIds"))
    if tables:
        shown = request.client("ec2").describe_route_tables(RouteTableIds=tables)["RouteTables"]
        for table in shown:
            index = tables.index(table["RouteTableId"])
            for route in table["Routes"]:
                if route.get("GatewayId") == identifier and route.get("DestinationPrefixListId"):
                    place = (table["RouteTableId"], "route", route["DestinationPrefixListId"])
                    origins[place] = ("Properties", "RouteTableIds", index)
    return origins
