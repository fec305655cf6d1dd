"""Can a workload make a call? The way over the network and the permission, joined by the request's context.

Through a VPC endpoint AWS sets `aws:SourceVpce`, `aws:SourceVpc` and `aws:VpcSourceIp`, and no `aws:SourceIp`; over the
internet it is the other way round (https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.access import Decision, Outcome, Request, all_allowed, policies_for, whole_call
from scenarios.access.request import ContextValue
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.account.workload import Workload
from scenarios.effective.address import decide_from
from scenarios.network import Blocked, Internet, Path, Service, Trace, each_interface, service_of, trace


@dataclass(frozen=True)
class Permission:
    """One authorisation of the call, decided."""

    request: Request
    decision: Decision


@dataclass(frozen=True)
class Ability:
    """Whether a workload can make a call: the way there, and what every policy says to a request that comes that way.

    `via` is the endpoint on the way; without one the request comes over the internet. Where the way is not open nothing
    was asked of the policies, and `permissions` is empty.
    """

    way: Trace
    via: Endpoint | None
    permissions: tuple[Permission, ...]

    @property
    def outcome(self) -> Outcome:
        """Allowed where the call gets there and is allowed; denied where either fails; else unknown."""
        if isinstance(self.way, Blocked):
            return Outcome.IMPLICIT_DENY
        if isinstance(self.way, Path):
            return all_allowed(one.decision for one in self.permissions).outcome
        return Outcome.UNKNOWN

    @property
    def why(self) -> str:
        """What settles it, or what keeps it open."""
        if isinstance(self.way, Path):
            return all_allowed(one.decision for one in self.permissions).why
        return self.way.why


def can(
    account: Account,
    workload: Workload,
    action: str,
    resource: str,
    *,
    context: Mapping[str, ContextValue] | None = None,
) -> Ability:
    """Whether the workload, with its own role and from where it stands, can call `action` on `resource` (an ARN).

    What else the same API call takes (a key, the models behind a profile) has to be allowed too. Raises InputError
    for what is no action.
    """
    way = trace(account, workload, call_destination(action))
    if not isinstance(way, Path):
        return Ability(way, None, ())
    via = endpoint_of(account, way)
    request = Request(workload.role or "", action, resource, None, context or {})
    subnets = subnets_of(account, workload) if via else ()
    decided = []
    for part in whole_call(account, request, via):
        on_behalf = "kms:viaservice" in part.context
        policies = policies_for(account, part, None if on_behalf else via)
        decided.append(Permission(part, decide_from(part, policies, subnets)))
    return Ability(way, via, tuple(decided))


def call_destination(action: str) -> Service | Internet:
    """Where a call goes: to a service that has endpoints, else to a public address."""
    name = service_of(action)
    return Service(name) if name else Internet()


def endpoint_of(account: Account, way: Trace) -> Endpoint | None:
    """The VPC endpoint that a way leads through."""
    if not isinstance(way, Path) or way.kind != "endpoint":
        return None
    return next((endpoint for endpoint in account.endpoints if endpoint.endpoint_id == way.via), None)


def subnets_of(account: Account, workload: Workload) -> tuple[str, ...]:
    """The IPv4 blocks of the subnets that the workload's interfaces stand in."""
    places = (each.placement for each in each_interface(workload))
    names = {name for place in places if place is not None for name in place.subnet_ids}
    return tuple(subnet.cidr for subnet in account.subnets if subnet.subnet_id in names and subnet.cidr)
