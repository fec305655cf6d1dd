"""What the rules about network flows share: one trace for each flow, and the break that each rule looks for."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Origin
from scenarios.network import Blocked, Path, Trace, Undecided, through_endpoint
from scenarios.rules.rule import holds, unknown, violated
from scenarios.rules.scope import Flow, Scope

ACL_TYPES = ("AWS::EC2::NetworkAcl", "AWS::EC2::NetworkAclEntry", "AWS::EC2::SubnetNetworkAclAssociation")
NETWORK_TYPES = (
    "AWS::EC2::VPC",
    "AWS::EC2::DHCPOptions",
    "AWS::EC2::VPCDHCPOptionsAssociation",
    "AWS::EC2::Subnet",
    "AWS::EC2::RouteTable",
    "AWS::EC2::Route",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SecurityGroupEgress",
    *ACL_TYPES,
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::PrefixList",
    "AWS::Route53::HostedZone",
    "AWS::Route53Resolver::FirewallRuleGroupAssociation",
    "AWS::Route53Resolver::ResolverRuleAssociation",
)
WORKLOAD_TYPES = (
    "AWS::Lambda::Function",
    "AWS::EC2::Instance",
    "AWS::EC2::NetworkInterface",
    "AWS::EC2::NetworkInterfaceAttachment",
    "AWS::EC2::LaunchTemplate",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::AutoScaling::LaunchConfiguration",
    "AWS::ECS::Service",
    "AWS::SageMaker::NotebookInstance",
    "AWS::SageMaker::Model",
    "AWS::SageMaker::Domain",
    "AWS::SageMaker::UserProfile",
    "AWS::SageMaker::Space",
    "AWS::SageMaker::Pipeline",
    "AWS::SageMaker::Cluster",
    "AWS::Events::Rule",
    "AWS::Scheduler::Schedule",
)
FLOW_TYPES = (*NETWORK_TYPES, *WORKLOAD_TYPES)
GATEWAY_TYPES = (
    "AWS::EC2::VPCCidrBlock",
    "AWS::EC2::SubnetCidrBlock",
    "AWS::EC2::VPNGatewayRoutePropagation",
    "AWS::EC2::RouteServerPropagation",
    "AWS::EC2::VPNConnection",
    "AWS::EC2::TransitGatewayConnect",
    "AWS::EC2::EIP",
    "AWS::EC2::EIPAssociation",
    "AWS::EC2::GatewayRouteTableAssociation",
    "AWS::EC2::InternetGateway",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::NatGateway",
    "AWS::EC2::EgressOnlyInternetGateway",
    "AWS::EC2::VPCPeeringConnection",
    "AWS::EC2::TransitGateway",
    "AWS::EC2::TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayVpcAttachment",
    "AWS::EC2::TransitGatewayRouteTable",
    "AWS::EC2::TransitGatewayRoute",
    "AWS::EC2::TransitGatewayRouteTableAssociation",
    "AWS::EC2::TransitGatewayRouteTablePropagation",
    "AWS::EC2::VPCBlockPublicAccessOptions",
    "AWS::EC2::VPCBlockPublicAccessExclusion",
)
"""What leads out of a VPC, or decides where that goes."""


def broken(account: Account, scope: Scope, *codes: str) -> Iterator[Judgement]:
    """Violated for each flow that breaks with one of `codes`, holds for each that is open.

    A flow that breaks or is undecided elsewhere says nothing about this break. Flows that nobody can decide are
    unknown, those of one workload together where one cause keeps them all open.
    """
    doubts: dict[tuple[str, str, Origin | None], list[tuple[Flow, Undecided]]] = {}
    for flow in scope.flows:
        trace = through_endpoint(account, flow.workload, flow.service)
        at = flow.workload.origin
        if isinstance(trace, Path):
            yield holds(at, f"{described(flow)}: open, through {trace.via}", *hop_origins(trace), *trace.about)
        elif isinstance(trace, Undecided):
            if trace.code is not None and trace.code not in codes:
                continue
            doubts.setdefault((flow.workload.arn, trace.why, trace.at), []).append((flow, trace))
        elif trace.code in codes and (flow.required or trace.code != "no-endpoint"):
            yield violated(
                trace.at or at,
                f"{described(flow)}: blocked, because {trace.why}",
                at,
                *trace.about,
                code=trace.code,
                passed=[hop.what for hop in trace.hops],
            )
    for together in doubts.values():
        yield _undecided(*together)


def _undecided(first: tuple[Flow, Undecided], *others: tuple[Flow, Undecided]) -> Judgement:
    flow, trace = first
    about = [origin for _, each in (first, *others) for origin in each.about]
    message = f"{described(flow, *(other for other, _ in others))}: not decided, because {trace.why}"
    return unknown(trace.at or flow.workload.origin, message, flow.workload.origin, *about)


def described(flow: Flow, *others: Flow) -> str:
    """One workload's flows in words."""
    services = [flow.service, *(other.service for other in others)]
    listed = f"{', '.join(services[:-1])} and {services[-1]}" if others else flow.service
    return f"{flow.workload.name} to {listed}"


def hop_origins(trace: Path | Blocked) -> tuple[Origin, ...]:
    """The origins of what a trace passed."""
    return tuple(hop.origin for hop in trace.hops if hop.origin is not None)


def exit_of(way: Path) -> Origin | None:
    """What leads out of the workload's own subnet: the first gateway on the way, else the last thing on it."""
    named = [hop.origin for hop in way.hops if hop.origin and way.via and hop.what.endswith(way.via)]
    return next(iter(named), None) or next((hop.origin for hop in reversed(way.hops) if hop.origin), None)


def origins_of(way: Trace) -> tuple[Origin, ...]:
    """The origins of all that a way passes or hangs on."""
    return (*(hop.origin for hop in way.hops if hop.origin), *way.about)
