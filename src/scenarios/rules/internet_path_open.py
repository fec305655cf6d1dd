from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.network import Path, Undecided, ways_out
from scenarios.rules.flows import FLOW_TYPES, GATEWAY_TYPES, exit_of, origins_of
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(*FLOW_TYPES, *GATEWAY_TYPES),
    remediation="Take the route out or narrow the security group; reach AWS services through VPC endpoints. For a "
    "notebook set DirectInternetAccess to Disabled, for a Studio domain AppNetworkAccessType to VpcOnly.",
    controls=("SecurityHub/SageMaker.1", "SecurityHub/SageMaker.2", "CKV_AWS_122"),
)
def internet_path_open(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No way leads from the workload to the internet.

    Asked for every public address and every route of every subnet that the workload stands in, by its longest prefix:
    internet gateway (with a public address), egress-only gateway, NAT, transit gateway and the VPCs behind it, virtual
    private gateways, appliances. One packet that gets out is enough, whatever its protocol: a way counts unless
    security groups or network ACLs let nothing pass. A peering connection leads to the other VPC alone. And asked for
    the network that SageMaker adds beside the VPC with `DirectInternetAccess: Enabled` (a notebook) or
    `AppNetworkAccessType: PublicInternetOnly` (a Studio domain), which are the defaults: there traffic leaves past
    route tables and security groups.

    Source: "Configure route tables", https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html; "Connect a
    notebook instance in a VPC to external resources",
    https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html; "Connect Studio
    notebooks in a VPC to external resources",
    https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
    """
    for workload in scope.workloads:
        if workload.placement is None and workload.doubt_of_place() is None:
            continue  # workload-outside-vpc says so
        ways = ways_out(account, workload)
        about = [origin for way in ways for origin in origins_of(way)]
        opened = [way for way in ways if isinstance(way, Path)]
        undecided = {(way.why, way.at): way for way in ways if isinstance(way, Undecided)}
        for way in opened:
            trail = " - ".join(hop.what for hop in way.hops)
            yield violated(
                exit_of(way) or workload.origin,
                f"{workload.name} reaches the internet: {trail}",
                workload.origin,
                *origins_of(way),
            )
        if not opened:
            for doubt in undecided.values():
                message = f"whether {workload.name} reaches the internet is not decided: {doubt.why}"
                yield unknown(doubt.at or workload.origin, message, *about)
        if not opened and not undecided:
            yield holds(workload.origin, f"{workload.name} has no way to the internet", *about)
