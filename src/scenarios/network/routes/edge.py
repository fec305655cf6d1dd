"""Edge route tables: what an internet gateway does with packets that come in for a subnet.

"Gateway route tables", https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account.network import Subnet
from scenarios.network.hangs import whole
from scenarios.network.path import Undecided
from scenarios.network.routes.route import legs
from scenarios.network.sets.ranges import Ranges
from scenarios.network.topology import Topology


def sent_aside(topology: Topology, gateway: str, subnet: Subnet, receivers: Ranges) -> Undecided | None:
    """Why nobody knows whether packets from the internet get to these addresses of the subnet: the gateway's own
    route table leads them to an appliance."""
    table = topology.edge_tables.get(gateway)
    if table is None:
        return None
    unsure = dict(table.assumed).get(gateway)
    for leg in legs(topology, table, receivers):
        route = leg.route
        if route is None or route.target == "local":
            continue
        to = route.target_id or route.target
        why = f"{table.route_table_id}, the route table of {gateway}, leads what is for {subnet.subnet_id} to {to}"
        why = f"{why}: {unsure or 'nobody sees what its software does with it'}"
        return Undecided(why, route.origin or table.origin, whole(table, route))
    return None


def gateways_for(topology: Topology, subnet: Subnet, addresses: Ranges) -> Iterator[str]:
    """The internet gateways that the subnet's routes lead to for these addresses: answers come in by them."""
    table = topology.route_table(subnet)
    for leg in legs(topology, table, addresses) if table is not None else ():
        if leg.route is not None and leg.route.target == "internet-gateway" and leg.route.target_id:
            yield leg.route.target_id
