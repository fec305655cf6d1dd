"""The way back from another network: its own routes have to lead to the workload's subnet."""

from __future__ import annotations

from scenarios.account.network import Subnet
from scenarios.network.addresses import blocks
from scenarios.network.forward import Way
from scenarios.network.hangs import whole
from scenarios.network.path import Blocked, Undecided
from scenarios.network.route import legs
from scenarios.network.standing import Standing
from scenarios.network.transit import transit_legs


def lost_on_return(standing: Standing, subnet: Subnet, place: Subnet, way: Way) -> Blocked | Undecided | None:
    """What keeps answers from `place` from getting back to `subnet` the way that the packets came."""
    if place.vpc_id == subnet.vpc_id:
        return None
    topology = standing.topology
    table = topology.route_table(place)
    if table is None:
        why = f"the route table {topology.unknown_association(place)}"
        return Undecided(why, place.origin, way.about)
    about = (*way.about, *whole(table))
    clients = blocks([subnet.cidr])
    for leg in legs(topology, table, clients):
        if leg.unread:
            return Undecided(f"a route of {table.route_table_id} cannot be read", table.origin, about)
        if leg.route is None or leg.route.target_id != way.via:
            why = (
                f"{table.route_table_id}, the route table of {place.subnet_id}, leads no answer back through {way.via}"
            )
            return Blocked("no-return-route", why, table.origin or place.origin, way.hops, about)
    if way.kind != "transit-gateway":
        return None
    for back in transit_legs(topology, place, way.via or "", clients):
        if back.stop is not None:
            return back.stop
        if subnet.vpc_id not in {each.vpc_id for each in back.subnets}:
            why = f"{back.table} leads answers to {back.attachment}, not back to {subnet.vpc_id}"
            return Blocked("no-return-route", why, back.origin, way.hops, about)
    return None
