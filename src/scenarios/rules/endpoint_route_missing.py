from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.flows import FLOW_TYPES, broken
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=FLOW_TYPES,
    remediation="Add the route table of the workload's subnets to the endpoint's RouteTableIds.",
)
def endpoint_route_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A gateway endpoint is on the route table of the workload's own subnets.

    A gateway endpoint works by a route to the service's prefix list. It stands only in the route tables that the
    endpoint names; a subnet without an association uses the VPC's main route table.

    Source: "Gateway endpoints", section on routing,
    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    yield from broken(account, scope, "endpoint-not-on-route-table", "no-route")
