"""What the rules about network flows share: one trace for each flow, and the break that each rule looks for."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Origin
from scenarios.network import Blocked, Path, Undecided, through_endpoint
from scenarios.rules.rule import holds, unknown, violated
from scenarios.rules.scope import Flow, Scope

NETWORK_TYPES = (
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
    "AWS::EC2::RouteTable",
    "AWS::EC2::Route",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::NetworkAcl",
    "AWS::EC2::NetworkAclEntry",
    "AWS::EC2::SubnetNetworkAclAssociation",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::PrefixList",
)
WORKLOAD_TYPES = (
    "AWS::Lambda::Function",
    "AWS::EC2::Instance",
    "AWS::ECS::Service",
    "AWS::SageMaker::NotebookInstance",
    "AWS::SageMaker::Model",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::UserProfile",
)
FLOW_TYPES = (*NETWORK_TYPES, *WORKLOAD_TYPES)


def broken(account: Account, scope: Scope, *codes: str) -> Iterator[Judgement]:
    """Violated for each flow that breaks with one of `codes`, holds for each that is open.

    A flow that breaks elsewhere says nothing about this break; a flow that nobody can decide is unknown.
    """
    for flow in scope.flows:
        trace = through_endpoint(account, flow.workload, flow.service)
        at = flow.workload.origin
        if isinstance(trace, Path):
            yield holds(at, f"{described(flow)}: open, through {trace.via}", *hop_origins(trace))
        elif isinstance(trace, Undecided):
            yield unknown(trace.at or at, f"{described(flow)}: not decided, because {trace.why}", at, *trace.about)
        elif trace.code in codes and (flow.required or trace.code != "no-endpoint"):
            yield violated(
                trace.at or at,
                f"{described(flow)}: blocked, because {trace.why}",
                at,
                *trace.about,
                code=trace.code,
                passed=[hop.what for hop in trace.hops],
            )


def described(flow: Flow) -> str:
    """The flow in words."""
    return f"{flow.workload.name} to {flow.service}"


def hop_origins(trace: Path | Blocked) -> tuple[Origin, ...]:
    """The origins of what a trace passed."""
    return tuple(hop.origin for hop in trace.hops if hop.origin is not None)
