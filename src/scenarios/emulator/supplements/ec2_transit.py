"""EC2: a transit gateway's default route tables, which take up what is attached unless they are switched off.

moto makes one table for every gateway, associates attachments of VPCs with it whatever the gateway's options say,
propagates none of them, leaves an attachment with its first table when it is associated with another, and answers
routes without what they lead to.

https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Held, Record, parameters, succeeded

_IDS = {
    "DefaultRouteTableAssociation": "AssociationDefaultRouteTableId",
    "DefaultRouteTablePropagation": "PropagationDefaultRouteTableId",
}


def register(events: Any, record: Record) -> None:
    """Act on moto's backend after the calls, and take away what it shows too much."""
    for operation in ("CreateTransitGateway", "DescribeTransitGateways"):
        events.register(f"after-call.ec2.{operation}", _show_gateways)
    _tables(events, record)
    _attachments(events, record)
    _routes(events, record)


def _show_gateways(parsed: Held, **_: Any) -> None:
    for gateway in [*parsed.get("TransitGateways", []), parsed.get("TransitGateway", {})]:
        options = gateway.get("Options") or {}
        for switch, identifier in _IDS.items():
            if options.get(switch) == "disable":
                options.pop(identifier, None)


def _backend(record: Record) -> Any:
    from moto.ec2.models import ec2_backends

    return ec2_backends[record.account_id][record.region]


def _tables(events: Any, record: Record) -> None:
    def show(parsed: Held, **_: Any) -> None:
        gateways = _backend(record).transit_gateways.values()
        unused = {gateway.default_route_table.id for gateway in gateways if not _wanted(gateway)}
        tables = parsed.get("TransitGatewayRouteTables", [])
        parsed["TransitGatewayRouteTables"] = [t for t in tables if t["TransitGatewayRouteTableId"] not in unused]

    events.register("after-call.ec2.DescribeTransitGatewayRouteTables", show)


def _wanted(gateway: Any) -> bool:
    """Whether the gateway has a default route table at all."""
    return any(gateway.options.get(switch) != "disable" for switch in _IDS)


def _attachments(events: Any, record: Record) -> None:
    def attach(parsed: Held, http_response: Any, **_: Any) -> None:
        if not succeeded(http_response):
            return
        made, backend = parsed["TransitGatewayVpcAttachment"], _backend(record)
        identifier = made["TransitGatewayAttachmentId"]
        gateway = backend.transit_gateways[made["TransitGatewayId"]]
        table = gateway.default_route_table
        if gateway.options.get("DefaultRouteTableAssociation") == "disable":
            table.route_table_associations.pop(identifier, None)
            backend.transit_gateway_attachments[identifier].transit_gateway_route_table = None
        if gateway.options.get("DefaultRouteTablePropagation") != "disable":
            backend.enable_transit_gateway_route_table_propagation(identifier, table.id)

    def associate(context: Any, http_response: Any, **_: Any) -> None:
        if not succeeded(http_response):
            return
        asked, backend = parameters(context), _backend(record)
        identifier, table = asked["TransitGatewayAttachmentId"], asked["TransitGatewayRouteTableId"]
        for other in backend.transit_gateways_route_tables.values():
            if other.id != table:
                other.route_table_associations.pop(identifier, None)
        own = backend.transit_gateways_route_tables[table]
        backend.transit_gateway_attachments[identifier].transit_gateway_route_table = own

    events.register("after-call.ec2.CreateTransitGatewayVpcAttachment", attach)
    events.register("after-call.ec2.AssociateTransitGatewayRouteTable", associate)


def _routes(events: Any, record: Record) -> None:
    """What routes lead to, as it was asked for: it may be an attachment of another account."""
    targets = record.of("ec2.transit-routes")

    def create(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response) and asked.get("TransitGatewayAttachmentId"):
            key = f"{asked['TransitGatewayRouteTableId']} {asked['DestinationCidrBlock']}"
            targets[key] = {"TransitGatewayAttachmentId": asked["TransitGatewayAttachmentId"]}

    def show(parsed: Held, context: Any, **_: Any) -> None:
        table = parameters(context).get("TransitGatewayRouteTableId")
        for route in parsed.get("Routes", []):
            if target := targets.get(f"{table} {route.get('DestinationCidrBlock')}"):
                route["TransitGatewayAttachments"] = [dict(target)]

    events.register("after-call.ec2.CreateTransitGatewayRoute", create)
    events.register("after-call.ec2.SearchTransitGatewayRoutes", show)
