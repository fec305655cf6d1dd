"""The answer to a network question: a path hop by hop, what blocks it, or why nobody can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scenarios.finding import Origin
from scenarios.network.sets.packets import NOTHING, Packets


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service's API; `name` as in endpoint service names (`s3`, `bedrock-runtime`, `sagemaker.api`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Internet:
    """Any public address: as a destination whichever packet gets there, as a source whichever comes from there."""


@dataclass(frozen=True, slots=True)
class Network:
    """Any address of another network: a VPC by its id, or what lies behind a gateway by the gateway's."""

    name: str


@dataclass(frozen=True, slots=True)
class Block:
    """The addresses of a block, `10.1.0.0/16` or a single one; with `port`, TCP connections to it."""

    cidr: str
    port: int | None = None


Destination = Service | Internet | Network | Block


@dataclass(frozen=True, slots=True)
class Hop:
    """One thing that the packet passes, and what let it pass."""

    what: str
    why: str
    origin: Origin | None = None


@dataclass(frozen=True)
class Path:
    """A way that is open.

    `via` is the id of the VPC endpoint or gateway that it leaves through; `kind` one of `endpoint`, `internet-gateway`,
    `egress-only-internet-gateway`, `nat-gateway`, `peering`, `transit-gateway`, `local`, `service-network`. `about` are
    the origins, besides the hops', of what the way hangs on. `packets` are those that get through, where it was asked
    for more than one connection.
    """

    hops: tuple[Hop, ...]
    kind: str
    via: str | None = None
    about: tuple[Origin, ...] = ()
    packets: Packets = NOTHING


@dataclass(frozen=True)
class Blocked:
    """A way that is closed, at `at`, because `why`. `code` names the kind of break in a stable slug
    (`no-endpoint`, `private-dns-off`, `vpc-dns-off`, `dhcp-dns`, `endpoint-group-ingress`, `workload-group-egress`,
    `network-acl`, `no-route`, `endpoint-not-on-route-table`, `edge-to-edge`,
    `source-destination-check` ...). `hops` is what it passes before."""

    code: str
    why: str
    at: Origin | None
    hops: tuple[Hop, ...] = ()
    about: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Undecided:
    """Nobody can tell, because `why`. `code` is that of the one break in question, where all else is in order."""

    why: str
    at: Origin | None = None
    about: tuple[Origin, ...] = ()
    code: str | None = None
    hops: tuple[Hop, ...] = ()


Trace = Path | Blocked | Undecided


def worst(traces: Sequence[Trace]) -> Trace:
    """Of several ways that all have to be open: the first that is closed, else the first undecided, else the first."""
    return _first(traces, (Blocked, Undecided, Path))


def best(traces: Sequence[Trace]) -> Trace:
    """Of several ways of which one is enough: the first open one, else the first undecided, else the first."""
    return _first(traces, (Path, Undecided, Blocked))


def together(traces: Sequence[Trace]) -> Trace:
    """Of several ways of which one is enough: as `best`, with the packets of all that are open."""
    found = best(traces)
    if not isinstance(found, Path):
        return found
    packets = found.packets
    for trace in traces:
        if isinstance(trace, Path) and trace is not found:
            packets |= trace.packets
    return replace(found, packets=packets)


def _first(traces: Sequence[Trace], order: tuple[type[Trace], ...]) -> Trace:
    """The answer hangs on all of them, save that one open way or one closed one settles it."""
    found = next(trace for kind in order for trace in traces if isinstance(trace, kind))
    if isinstance(found, order[0]):
        return found
    about = dict.fromkeys(origin for trace in traces for origin in trace.about)
    return replace(found, about=tuple(about))
