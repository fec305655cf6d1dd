"""The ways of a template's network, traced: `scenarios path`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from scenarios.account import Account
from scenarios.account.sagemaker import EndpointConfig
from scenarios.account.workload import Workload
from scenarios.deployment.deployment import Deployment
from scenarios.finding import Judgement, Origin, Verdict
from scenarios.network import Destination, Internet, Need, Trace, Undecided, needs, reach, trace
from scenarios.network.path import Service
from scenarios.rules.flows import FLOW_TYPES, GATEWAY_TYPES, WORKLOAD_TYPES
from scenarios.run.destination import destination_of
from scenarios.run.doubt import Doubt
from scenarios.run.familiar import Familiar
from scenarios.run.judge import deploy_and_observe
from scenarios.run.names import Names
from scenarios.run.options import Options
from scenarios.template import Template

INTERNET = "internet"
_WORKLOADS = frozenset(WORKLOAD_TYPES) - {
    "AWS::AutoScaling::LaunchConfiguration",
    "AWS::EC2::NetworkInterface",
    "AWS::EC2::NetworkInterfaceAttachment",
    "AWS::Events::Rule",
    "AWS::SageMaker::Pipeline",
    "AWS::Scheduler::Schedule",
}
"""What is a workload itself."""


@dataclass(frozen=True)
class Flow:
    """One way: from a workload to a destination, or from the internet to a workload. `need` says why the workload
    has to reach it, where it is known to."""

    source: Workload | Internet
    destination: Destination | Workload
    trace: Trace
    need: Need | None = None


@dataclass(frozen=True)
class Ways:
    """Flows of one deployment. `single` where one was asked for."""

    deployment: Deployment
    flows: tuple[Flow, ...]
    single: bool
    familiar: Familiar


def trace_template(template: Template, source: str | None, destination: str | None, options: Options) -> Ways:
    """Deploy the template and trace the ways from `source` (a workload, a subnet, or `internet`) to `destination`; from
    every workload, or to every destination, where one is not given.

    Raises InputError for a name that is none, and as a deployment does.
    """
    deployment, account = deploy_and_observe(template, options)
    names = Names(deployment, account)
    doubt = Doubt(deployment, account.unread)
    flows = list(_flows(account, names, source, destination, _undeployed(doubt)))
    doubted = tuple(replace(flow, trace=_doubted(doubt, flow)) for flow in flows)
    single = source is not None and destination is not None
    return Ways(deployment, doubted, single, Familiar(deployment, account))


_Undeployed = dict[str, tuple[Workload, Undecided]]


def _undeployed(doubt: Doubt) -> _Undeployed:
    """The workloads that the account does not show, and why nobody can tell anything of their ways."""
    found: _Undeployed = {}
    for name, reason in doubt.undeployed(_WORKLOADS):
        origin = Origin(name)
        found[name] = (Workload(name=name, arn=name, origin=origin), Undecided(reason, origin))
    return found


def _flows(
    account: Account, names: Names, source: str | None, destination: str | None, undeployed: _Undeployed
) -> Iterator[Flow]:
    if source == INTERNET:
        yield from _inwards(account, names, destination, undeployed)
        return
    wanted = destination_of(account, names, destination) if destination else None
    for lost, why in undeployed.values() if source is None else filter(None, [undeployed.get(source)]):
        yield Flow(lost, wanted or Internet(), why)
        if wanted is None:
            yield Flow(Internet(), lost, why)
    if source in undeployed:
        return
    for workload in [names.workload(source)] if source else _networked(account):
        if wanted is None:
            yield from _all(account, workload)
        else:
            yield Flow(workload, wanted, trace(account, workload, wanted), _need(account, workload, wanted))


def _inwards(account: Account, names: Names, destination: str | None, undeployed: _Undeployed) -> Iterator[Flow]:
    """The ways from the internet."""
    for name, (lost, why) in undeployed.items():
        if destination in (None, name):
            yield Flow(Internet(), lost, why)
    if destination in undeployed:
        return
    for workload in [names.workload(destination)] if destination else _networked(account):
        yield Flow(Internet(), workload, trace(account, Internet(), workload))


def _networked(account: Account) -> Iterator[Workload]:
    """All workloads but endpoint configurations without a VPC of their own: their models have the network."""
    for workload in account.workloads():
        if workload.placement is not None or not isinstance(workload, EndpointConfig):
            yield workload


def _all(account: Account, workload: Workload) -> Iterator[Flow]:
    for reached in reach(account, workload):
        if reached.inward:
            yield Flow(Internet(), workload, reached.trace)
        else:
            need = _need(account, workload, reached.destination)
            yield Flow(workload, reached.destination, reached.trace, need)


def _need(account: Account, workload: Workload, destination: Destination) -> Need | None:
    if not isinstance(destination, Service):
        return None
    return next((need for need in needs(workload, account) if need.service == destination.name), None)


def _doubted(doubt: Doubt, flow: Flow) -> Trace:
    """Undecided where something that the way hangs on was not deployed, or is not known before."""
    found = flow.trace
    if isinstance(found, Undecided):
        return found
    ends = [end.origin for end in (flow.source, flow.destination) if isinstance(end, Workload) and end.origin]
    hops = [hop.origin for hop in found.hops if hop.origin]
    about: tuple[Origin, ...] = (*ends, *hops, *found.about)
    reason = doubt.about(Judgement(Verdict.HOLDS, None, "", tuple(dict.fromkeys(about))), (*FLOW_TYPES, *GATEWAY_TYPES))
    if reason is None:
        return found
    return Undecided(reason, next(iter(ends), None), found.about, hops=found.hops)
