"""EC2: gateway endpoints' routes, AWS's own prefix lists, and the group of an endpoint that names none."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.defaults import prefix_list_id
from scenarios.emulator.supplements.record import Record, parameters


def register(events: Any, record: Record) -> None:
    """Mend what moto answers about endpoints and route tables."""
    endpoints = record.of("ec2.endpoints")

    def remember(parsed: dict[str, Any], context: Any, **_: Any) -> None:
        endpoint = parsed.get("VpcEndpoint")
        if endpoint:
            endpoints[endpoint["VpcEndpointId"]] = {**parameters(context), "id": endpoint["VpcEndpointId"]}

    def route_tables(parsed: dict[str, Any], **_: Any) -> None:
        for table in parsed.get("RouteTables", []):
            for endpoint in endpoints.values():
                if table["RouteTableId"] in endpoint.get("RouteTableIds", []):
                    table["Routes"] = [*_without(table["Routes"], endpoint["id"]), _route(endpoint, record)]

    events.register("after-call.ec2.CreateVpcEndpoint", remember)
    events.register("after-call.ec2.DescribeRouteTables", route_tables)


def _route(endpoint: dict[str, Any], record: Record) -> dict[str, Any]:
    """The route that a gateway endpoint puts into each of its route tables
    (https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html)."""
    return {
        "DestinationPrefixListId": prefix_list_id(record.account_id, record.region, str(endpoint["ServiceName"])),
        "GatewayId": endpoint["id"],
        "Origin": "CreateRoute",
        "State": "active",
    }


def _without(routes: list[dict[str, Any]], endpoint_id: str) -> list[dict[str, Any]]:
    return [route for route in routes if route.get("GatewayId") != endpoint_id]
