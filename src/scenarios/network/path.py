"""The answer to a network question: a path hop by hop, what blocks it, or why nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.finding import Origin


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service's API; `name` as in endpoint service names (`s3`, `bedrock-runtime`, `sagemaker.api`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Internet:
    """Any address outside AWS and the account's networks."""


Destination = Service | Internet


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
    `nat-gateway`, `peering`, `transit-gateway`, `virtual-private-gateway`, `service-network`, `other`.
    """

    hops: tuple[Hop, ...]
    kind: str
    via: str | None = None


@dataclass(frozen=True)
class Blocked:
    """A way that is closed, at `at`, because `why`. `code` names the kind of break in a stable slug
    (`no-endpoint`, `wrong-vpc`, `private-dns-off`, `vpc-dns-off`, `endpoint-group-ingress`, `workload-group-egress`,
    `network-acl`, `no-route`, `endpoint-not-on-route-table` ...)."""

    code: str
    why: str
    at: Origin | None
    hops: tuple[Hop, ...] = ()
    about: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class Undecided:
    """Nobody can tell, because `why`."""

    why: str
    at: Origin | None = None
    about: tuple[Origin, ...] = ()


Trace = Path | Blocked | Undecided
