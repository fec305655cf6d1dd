"""Transit gateways: in at one VPC's attachment, out at another's, whose subnets' routes then decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenarios.account.network import Route
from scenarios.finding import Origin
from scenarios.network.filters.screen import sift
from scenarios.network.path import Blocked, Hop, Undecided
from scenarios.network.routes.place import At, Onward
from scenarios.network.routes.transit_table import transit_legs
from scenarios.network.routes.way import Way
from scenarios.network.sets.packets import NOTHING, Packets


def transit_gateway(at: At, way: Way, route: Route, _: Origin | None, onward: Onward) -> Iterator[Way]:
    """To each attachment that the gateway's table leads to, past the network ACLs at its doors."""
    for leg in transit_legs(at.topology, at.subnet, route.target_id or "", way.packets.addresses):
        part = replace(way.part(leg.addresses), about=(*way.about, *leg.about))
        if leg.stop is not None:
            yield replace(part, stop=replace(leg.stop, hops=part.hops, about=(*part.about, *leg.stop.about)))
            continue
        for door in leg.doors:
            part, stopped = sift(at.topology, door, part, at.sender)
            yield from (_maybe(each) if len(leg.doors) > 1 else each for each in stopped)
        part = part.on(Hop(leg.table, f"leads to {leg.attachment}", leg.origin))
        if not leg.subnets:
            yield part.undecided(f"the subnets of {leg.attachment} are not known", leg.origin)
        elif part.packets:
            yield from _any_of(
                [list(onward(at.within(exit, "transit"), part)) for exit in leg.subnets], part, leg.origin
            )


def _maybe(way: Way) -> Way:
    """A way that is stopped at one of several doors, of which nobody knows the one that it takes."""
    if not isinstance(way.stop, Blocked):
        return way
    stop = way.stop
    return replace(way, stop=Undecided(stop.why, stop.at, stop.about, stop.code, stop.hops))


def _any_of(choices: Sequence[list[Way]], way: Way, origin: Origin | None) -> Iterator[Way]:
    """The ways on, which may begin in one of several subnets: undecided where it matters which."""
    first = _outcome(choices[0])
    if all(_same(_outcome(ways), first) for ways in choices[1:]):
        yield from choices[0]
    else:
        yield way.undecided("in which of the attachment's subnets it comes out is not known, and they differ", origin)


_Outcome = dict[tuple[str | None, bool, bool], Packets]


def _outcome(ways: Sequence[Way]) -> _Outcome:
    """What becomes of which packets."""
    found: _Outcome = {}
    for way in ways:
        open_way = way.stop is None
        key = (way.where if open_way else None, open_way, isinstance(way.stop, Blocked))
        found[key] = found.get(key, NOTHING) | way.packets
    return found


def _same(one: _Outcome, other: _Outcome) -> bool:
    return one.keys() == other.keys() and all(one[key] <= other[key] <= one[key] for key in one)
