"""Transit gateways: what is attached to them, and their route tables.

Whose attachments a default route table takes up by itself:
https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from scenarios.account import network
from scenarios.account.network import TransitGatewayAttachment, TransitGatewayRouteTable, TransitRoute
from scenarios.finding import Origin, PropertyPath
from scenarios.observation.reader import Reader

_TABLES = "ec2.transit_gateway_route_tables"
_ATTACHMENTS = "ec2.transit_gateway_attachments"
_GONE = frozenset({"deleted", "deleting", "failed", "failing", "rejected", "rejecting"})
_LEARNING = ("vpn", "direct-connect-gateway", "connect")
_BY_DEFAULT = {"DefaultRouteTableAssociation": "Associations", "DefaultRouteTablePropagation": "Propagations"}


def read(reader: Reader) -> dict[str, Any]:
    """Attachments, and the route tables that the account sees; without attachments no packet comes to one."""
    listed = reader.pages(_ATTACHMENTS, "ec2", "describe_transit_gateway_attachments", "TransitGatewayAttachments")
    there = [item for item in listed if item.get("State") not in _GONE]
    if not there:
        return {}
    subnets = _subnets(reader) if any(item.get("ResourceType") == "vpc" for item in there) else {}
    tables = reader.pages(_TABLES, "ec2", "describe_transit_gateway_route_tables", "TransitGatewayRouteTables")
    here = [item for item in tables if item.get("State") not in _GONE]
    return {
        "transit_gateway_attachments": reader.each(_ATTACHMENTS, there, partial(_attachment, reader, subnets)),
        "transit_gateway_route_tables": reader.each(_TABLES, here, partial(_table, reader)),
    }


def _subnets(reader: Reader) -> dict[str, list[str]]:
    operation, member = "describe_transit_gateway_vpc_attachments", "TransitGatewayVpcAttachments"
    listed = reader.pages(_ATTACHMENTS, "ec2", operation, member)
    return {item["TransitGatewayAttachmentId"]: item.get("SubnetIds") or [] for item in listed}


def _attachment(reader: Reader, subnets: dict[str, list[str]], item: dict[str, Any]) -> TransitGatewayAttachment:
    identifier, gateway = item["TransitGatewayAttachmentId"], item["TransitGatewayId"]
    origin = reader.origin(identifier)
    return TransitGatewayAttachment(
        attachment_id=identifier,
        transit_gateway_id=gateway,
        vpc_id=item.get("ResourceId") if item.get("ResourceType") == "vpc" else None,
        subnet_ids=tuple(subnets.get(identifier, ())),
        learns=item.get("ResourceType") in _LEARNING,
        uncertain=(*reader.uncertain(origin), *_unsure_defaults(reader, gateway)),
        origin=origin,
    )


def _unsure_defaults(reader: Reader, gateway: str) -> Iterator[tuple[PropertyPath, str]]:
    """Why nobody knows whether the gateway's default route tables take up what is attached."""
    for path, reason in reader.uncertain(reader.origin(gateway)):
        if len(path) < 2 or path[1] in _BY_DEFAULT:
            yield path, reason


def _table(reader: Reader, item: dict[str, Any]) -> TransitGatewayRouteTable:
    identifier, gateway = item["TransitGatewayRouteTableId"], item["TransitGatewayId"]
    origin = reader.origin(identifier)
    associations = _joined(reader, identifier, "associations", "Associations", "associated")
    propagations = _joined(reader, identifier, "propagations", "TransitGatewayRouteTablePropagations", "enabled")
    return TransitGatewayRouteTable(
        route_table_id=identifier,
        transit_gateway_id=gateway,
        associations=associations,
        propagations=propagations,
        routes=_routes(reader, identifier),
        places=tuple(_places(reader, identifier, (*associations, *propagations))),
        uncertain=(
            *reader.uncertain(origin),
            *((_renamed(path), reason) for path, reason in _unsure_defaults(reader, gateway)),
            *_unsure_joins(reader, identifier, "association", associations),
            *_unsure_joins(reader, identifier, "propagation", propagations),
        ),
        origin=origin,
    )


def _renamed(path: PropertyPath) -> PropertyPath:
    """The gateway's setting as what of its tables hangs on it."""
    return path if len(path) < 2 else ("Properties", _BY_DEFAULT[str(path[1])])


def _joined(reader: Reader, table: str, what: str, member: str, state: str) -> tuple[str, ...]:
    """The attachments that are associated with a table, or whose routes are propagated to it."""
    operation = f"get_transit_gateway_route_table_{what}"
    listed = reader.pages(_TABLES, "ec2", operation, member, TransitGatewayRouteTableId=table)
    found = (item["TransitGatewayAttachmentId"] for item in listed if item.get("State") == state)
    return tuple(dict.fromkeys(found))


def _places(reader: Reader, table: str, attachments: tuple[str, ...]) -> Iterator[tuple[str, Origin]]:
    for attachment in dict.fromkeys(attachments):
        for part in ("association", "propagation"):
            if (origin := reader.origins.exact(table, part, attachment)) is not None:
                yield attachment, origin


def _unsure_joins(
    reader: Reader, table: str, part: str, attachments: tuple[str, ...]
) -> Iterator[tuple[PropertyPath, str]]:
    for attachment in attachments:
        if (reason := reader.doubt(reader.origins.exact(table, part, attachment))) is not None:
            yield ("Properties", f"{part.capitalize()}s", attachment), reason


def _routes(reader: Reader, table: str) -> tuple[network.TransitRoute, ...]:
    static = [{"Name": "type", "Values": ["static"]}]
    answer = reader.call(
        _TABLES, "ec2", "search_transit_gateway_routes", table, TransitGatewayRouteTableId=table, Filters=static
    )
    if answer.get("AdditionalRoutesAvailable"):
        reader.mark(_TABLES, table, "there are more static routes than one answer holds")
    return reader.each(_TABLES, answer.get("Routes") or (), partial(_route, reader, table))


def _route(reader: Reader, table: str, item: dict[str, Any]) -> TransitRoute:
    destination = str(item.get("DestinationCidrBlock") or item.get("PrefixListId") or "")
    attachments = item.get("TransitGatewayAttachments") or []
    attachment = next((each.get("TransitGatewayAttachmentId") for each in attachments), None)
    origin = reader.origins.exact(table, "route", destination)
    unseen = None if attachment or item.get("State") == "blackhole" else "its attachment is not in this account"
    return TransitRoute(
        destination=destination,
        attachment_id=attachment,
        uncertain=reader.doubt(origin) or unseen,
        origin=origin or reader.origin(table),
    )
