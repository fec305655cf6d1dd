"""Endpoints that were meant for a service that has none: what a person would edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Endpoint, Vpc
from scenarios.finding import Origin
from scenarios.network.needed.needs import needs
from scenarios.network.services.endpoint import family, short_name
from scenarios.network.topology import Topology


def meant_for(account: Account, vpc: Vpc, service: str) -> Origin | None:
    """An endpoint for the service in another region or VPC, else one of its family, that nobody needs where and as it
    is; nothing where each is right for somebody, so that one has to be added."""
    return next((endpoint.origin for endpoint in _candidates(account, vpc, service) if endpoint.origin), None)


def near_misses(account: Account, vpc: Vpc, service: str) -> list[str]:
    """Endpoints that look as if they were meant for the service, and why they do not serve."""
    memo = account.derived(Topology).memo
    key = (near_misses, vpc.vpc_id, service)
    if key not in memo:
        memo[key] = list(_near_misses(account, vpc, service))
    found: list[str] = memo[key]
    return found


def _near_misses(account: Account, vpc: Vpc, service: str) -> Iterator[str]:
    for endpoint in _spare(account):
        name = short_name(endpoint, account.region)
        if name == service and endpoint.vpc_id != vpc.vpc_id:
            yield f"{endpoint.endpoint_id} stands in another VPC, {endpoint.vpc_id}"
        elif name is None and endpoint.service.endswith(f".{service}"):
            yield f"{endpoint.endpoint_id} is for {endpoint.service}, another region's"
        elif name is not None and name != service and endpoint.vpc_id == vpc.vpc_id and family(name) == family(service):
            yield f"{endpoint.endpoint_id} is for {name}, not for {service}"


def _inhabited(account: Account) -> frozenset[str | None]:
    """The VPCs that any workload stands in."""
    return frozenset(workload.placement.vpc_id for workload in account.workloads() if workload.placement)


def _candidates(account: Account, vpc: Vpc, service: str) -> Iterator[Endpoint]:
    spare = _spare(account)
    inhabited = account.derived(_inhabited) - {vpc.vpc_id}
    named = [endpoint for endpoint in spare if endpoint.service.endswith(f".{service}")]
    yield from (endpoint for endpoint in named if endpoint.vpc_id not in inhabited)
    akin = [one for one in account.endpoints if one.vpc_id == vpc.vpc_id and _related(account, one, service)]
    unused = {endpoint.endpoint_id for endpoint in spare}
    yield from (endpoint for endpoint in akin if endpoint.endpoint_id in unused)
    # One service needs one endpoint: of two for the same, one was meant for another, best told by what it is called.
    count = Counter(endpoint.service for endpoint in akin)
    double = [endpoint for endpoint in akin if count[endpoint.service] > 1]
    yield from sorted(double, key=lambda endpoint: not _called(endpoint, service))


def _spare(account: Account) -> list[Endpoint]:
    """The endpoints for services that no workload of their VPC is known to need."""
    return account.derived(_find_spare)


def _find_spare(account: Account) -> list[Endpoint]:
    needed = {
        (workload.placement.vpc_id, service)
        for workload in account.workloads()
        if workload.placement
        for service, _, _ in needs(workload, account)
    }
    return [one for one in account.endpoints if (one.vpc_id, short_name(one, account.region)) not in needed]


def _related(account: Account, endpoint: Endpoint, service: str) -> bool:
    """Whether it is for a service of the same family: `bedrock` for `bedrock-runtime`, `sagemaker.api` for
    `sagemaker.runtime`."""
    name = short_name(endpoint, account.region)
    return name is not None and name != service and family(name) == family(service)


def _called(endpoint: Endpoint, service: str) -> bool:
    last = service.replace("-", ".").rpartition(".")[2]
    return endpoint.origin is not None and last in endpoint.origin.logical_id.lower()
