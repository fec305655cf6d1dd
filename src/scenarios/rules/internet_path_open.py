from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Origin, Severity
from scenarios.network import Path, Trace, Undecided, ways_out
from scenarios.rules.flows import FLOW_TYPES, GATEWAY_TYPES
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(*FLOW_TYPES, *GATEWAY_TYPES),
    remediation="Take the route out or narrow the security group; reach AWS services through VPC endpoints.",
    controls=("SecurityHub/SageMaker.1", "SecurityHub/SageMaker.2"),
)
def internet_path_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No way leads from the workload to the internet.

    Asked for every public address and every route of every subnet that the workload stands in, by its longest prefix:
    internet gateway (with a public address), egress-only gateway, NAT, transit gateway and the VPCs behind it, virtual
    private gateways, appliances; and for networks that AWS itself provides, such as that of a Lambda function without a
    VPC or of a notebook with direct internet access. One packet that gets out is enough, whatever its protocol: a way
    counts unless security groups or network ACLs let nothing pass. A peering connection leads to the other VPC alone.

    Source: "Configure route tables", https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
    """
    for workload in scope.workloads:
        if workload.placement is None:
            continue  # workload-outside-vpc says so
        ways = ways_out(account, workload)
        about = [origin for way in ways for origin in _origins(way)]
        opened = [way for way in ways if isinstance(way, Path)]
        undecided = {(way.why, way.at): way for way in ways if isinstance(way, Undecided)}
        for way in opened:
            trail = " - ".join(hop.what for hop in way.hops)
            yield violated(
                _exit(way) or workload.origin,
                f"{workload.name} reaches the internet: {trail}",
                workload.origin,
                *_origins(way),
            )
        if not opened:
            for doubt in undecided.values():
                message = f"whether {workload.name} reaches the internet is not decided: {doubt.why}"
                yield unknown(doubt.at or workload.origin, message, *about)
        if not opened and not undecided:
            yield holds(workload.origin, f"{workload.name} has no way to the internet", *about)


def _exit(way: Path) -> Origin | None:
    """What leads out of the workload's own subnet: the first gateway on the way, else the last thing on it."""
    named = [hop.origin for hop in way.hops if hop.origin and way.via and hop.what.endswith(way.via)]
    return next(iter(named), None) or next((hop.origin for hop in reversed(way.hops) if hop.origin), None)


def _origins(way: Trace) -> tuple[Origin, ...]:
    hops = tuple(hop.origin for hop in getattr(way, "hops", ()) if hop.origin)
    return (*hops, *way.about)
