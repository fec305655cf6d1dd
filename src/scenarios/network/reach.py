"""Everything that a workload reaches, and whether the internet reaches it."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.account import Account
from scenarios.account.workload import Workload
from scenarios.network.elsewhere import ELSEWHERE, to_networks
from scenarios.network.needed.needs import needs
from scenarios.network.path import Blocked, Destination, Internet, Network, Service, Trace
from scenarios.network.services.endpoint import short_name
from scenarios.network.topology import Topology
from scenarios.network.trace import trace


@dataclass(frozen=True)
class Reached:
    """One destination, or the internet as a source where `inward`, and the way there."""

    destination: Destination
    trace: Trace
    inward: bool = False


def reach(account: Account, source: Workload) -> tuple[Reached, ...]:
    """The way to every destination class: each AWS service that an endpoint of the account is for or that the workload
    needs, the internet out and in, and each other network."""
    found = [Reached(Service(name), trace(account, source, Service(name))) for name in services(account, source)]
    found.append(Reached(Internet(), trace(account, source, Internet())))
    found.append(Reached(Internet(), trace(account, Internet(), source), inward=True))
    known = to_networks(account, source)
    own = source.placement.vpc_id if source.placement else None
    for vpc in account.vpcs if own else ():
        network = Network(vpc.vpc_id)
        if vpc.vpc_id != own and not vpc.is_default and network not in known:
            known[network] = trace(account, source, network)
    known = {network: way for network, way in known.items() if network != ELSEWHERE or not isinstance(way, Blocked)}
    found += [Reached(network, way) for network, way in known.items()]
    return tuple(found)


def services(account: Account, source: Workload) -> list[str]:
    """The services that any endpoint of the account is for, and those that the workload needs."""
    served = account.derived(_served)
    needed = [need[0] for need in needs(source, account)]
    return list(dict.fromkeys((*needed, *served)))


def _served(account: Account) -> tuple[str, ...]:
    topology = account.derived(Topology)
    known = {short_name(endpoint, account.region) for vpc in topology.vpcs for endpoint in topology.endpoints(vpc)}
    return tuple(sorted(name for name in known if name is not None))
