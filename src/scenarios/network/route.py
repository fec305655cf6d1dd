"""Where a route table sends a packet: the most specific route decides
(https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html)."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account.network import Route, RouteTable

_INSIDE = ("local", "gateway-endpoint")


def ways_out(table: RouteTable) -> Iterator[Route]:
    """The routes that lead out of the VPC: all but local ones, gateway endpoints' and blackholes."""
    for route in table.routes:
        if route.target not in _INSIDE and not route.blackhole:
            yield route


def to_gateway_endpoint(table: RouteTable, endpoint_id: str) -> Route | None:
    """The route that a gateway endpoint has put into the table."""
    return next((route for route in table.routes if route.target_id == endpoint_id), None)


def is_default(route: Route) -> bool:
    """Whether the route is for every address."""
    return route.destination in ("0.0.0.0/0", "::/0")
