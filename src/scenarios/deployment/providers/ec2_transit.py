"""AWS::EC2: transit gateways, what is attached to them, and their route tables."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import create, tag
from scenarios.deployment.shapes import call, convert, flag, member

_ROUTE_TABLE = "TransitGatewayRouteTableId"


@provider("AWS::EC2::TransitGateway")
def transit_gateway(request: Request) -> Created:
    """A transit gateway; what CloudFormation has as properties the API has as options."""
    properties, client = request.properties, request.client("ec2")
    shape = member(client, "CreateTransitGateway", "Options")
    options = {
        key: convert(shape.members[key], properties[key], properties.lose, key)
        for key in properties
        if key in shape.members
    }
    made = call(client, "CreateTransitGateway", properties, skip=("Tags",), Options=options)["TransitGateway"]
    identifier = made["TransitGatewayId"]
    tag(request, identifier)
    settings = made.get("Options", {})
    attributes = {
        "Id": identifier,
        "TransitGatewayArn": made["TransitGatewayArn"],
        "AssociationDefaultRouteTableId": settings.get("AssociationDefaultRouteTableId", ""),
        "PropagationDefaultRouteTableId": settings.get("PropagationDefaultRouteTableId", ""),
    }
    return Created(identifier, attributes, identity=identifier)


def _attachment(resource_type: str) -> None:
    @provider(resource_type)
    def make(request: Request) -> Created:
        """A VPC on a transit gateway."""
        result, identity = "TransitGatewayVpcAttachment", "TransitGatewayAttachmentId"
        made = create(request, "CreateTransitGatewayVpcAttachment", result, identity)
        return Created(made[identity], {"Id": made[identity]}, identity=made[identity])


for _type in ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"):
    _attachment(_type)


@provider("AWS::EC2::TransitGatewayRouteTable")
def route_table(request: Request) -> Created:
    """A transit gateway's route table."""
    made = create(request, "CreateTransitGatewayRouteTable", "TransitGatewayRouteTable", _ROUTE_TABLE)
    return Created(made[_ROUTE_TABLE], {_ROUTE_TABLE: made[_ROUTE_TABLE]}, identity=made[_ROUTE_TABLE])


@provider("AWS::EC2::TransitGatewayRoute")
def route(request: Request) -> Created:
    """A static route of such a table."""
    properties = request.properties
    flags: dict[str, Any] = {"Blackhole": flag(properties.get("Blackhole"))}
    call(request.client("ec2"), "CreateTransitGatewayRoute", properties, **flags)
    table, destination = str(properties[_ROUTE_TABLE]), str(properties["DestinationCidrBlock"])
    return Created(f"{table}|{destination}", origins={(table, "route", destination): ("Properties",)})


def _joins(resource_type: str, operation: str, part: str) -> None:
    @provider(resource_type)
    def make(request: Request) -> Created:
        """An attachment's association with a route table, or the propagation of its routes."""
        properties = request.properties
        call(request.client("ec2"), operation, properties)
        table, attachment = str(properties[_ROUTE_TABLE]), str(properties["TransitGatewayAttachmentId"])
        return Created(f"{table}|{attachment}", origins={(table, part, attachment): ("Properties",)})


_joins("AWS::EC2::TransitGatewayRouteTableAssociation", "AssociateTransitGatewayRouteTable", "association")
_joins("AWS::EC2::TransitGatewayRouteTablePropagation", "EnableTransitGatewayRouteTablePropagation", "propagation")
