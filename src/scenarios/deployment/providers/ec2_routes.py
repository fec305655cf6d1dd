"""AWS::EC2: route tables, their routes and subnets."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import create
from scenarios.deployment.shapes import call

_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
_UNSEEN_TARGETS = ("CarrierGatewayId", "CoreNetworkArn", "LocalGatewayId")
"""Targets that the emulator takes and shows as none."""


@provider("AWS::EC2::RouteTable")
def route_table(request: Request) -> Created:
    """A route table; routes and associations are resources of their own."""
    identifier = create(request, "CreateRouteTable", "RouteTable", "RouteTableId")["RouteTableId"]
    return Created(identifier, {"RouteTableId": identifier}, identity=identifier)


@provider("AWS::EC2::Route")
def route(request: Request) -> Created:
    """One route."""
    properties = request.properties
    call(request.client("ec2"), "CreateRoute", properties)
    properties.lose(*(name for name in _UNSEEN_TARGETS if name in properties))
    table = str(properties["RouteTableId"])
    destination = next(str(properties[name]) for name in _DESTINATIONS if name in properties)
    place = (table, "route", destination)
    return Created(f"{table}|{destination}", {"CidrBlock": destination}, origins={place: ("Properties",)})


@provider("AWS::EC2::SubnetRouteTableAssociation")
def subnet_route_table_association(request: Request) -> Created:
    """A subnet's route table."""
    properties = request.properties
    identifier = call(request.client("ec2"), "AssociateRouteTable", properties)["AssociationId"]
    place = (str(properties["RouteTableId"]), "association", str(properties["SubnetId"]))
    return Created(identifier, {"Id": identifier}, origins={place: ("Properties",)})


@provider("AWS::EC2::GatewayRouteTableAssociation")
def gateway_route_table_association(request: Request) -> Created:
    """A gateway's route table, for traffic that comes in through it."""
    properties = request.properties
    identifier = call(request.client("ec2"), "AssociateRouteTable", properties)["AssociationId"]
    gateway = str(properties["GatewayId"])
    place = (str(properties["RouteTableId"]), "association", gateway)
    return Created(gateway, {"AssociationId": identifier}, origins={place: ("Properties",)})
