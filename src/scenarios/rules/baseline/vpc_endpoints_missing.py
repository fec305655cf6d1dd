from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Vpc
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.network import short_name
from scenarios.rules.flows import WORKLOAD_TYPES
from scenarios.rules.rule import for_lack_of, holds, prop, rule, violated
from scenarios.rules.scope import Scope

_ENDPOINT = "AWS::EC2::VPCEndpoint"
_SERVICES = ("ecr.api", "ecr.dkr", "ssm", "ec2")


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=("AWS::EC2::VPC", _ENDPOINT, *WORKLOAD_TYPES),
    remediation="Add an interface endpoint with PrivateDnsEnabled for each service that the message names.",
    controls=(
        "SecurityHub/EC2.10",
        "SecurityHub/EC2.55",
        "SecurityHub/EC2.56",
        "SecurityHub/EC2.57",
        "Prowler/vpc_endpoint_for_ec2_enabled",
    ),
)
def vpc_endpoints_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A VPC with workloads reaches ECR, Systems Manager and EC2 through endpoints.

    Catalogues ask for these four, whatever runs there. Judged for VPCs in which something runs; what the workloads do
    need is endpoint-missing's to say.

    Source: "Access an AWS service using an interface VPC endpoint",
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    """
    used = {workload.placement.vpc_id for workload in scope.workloads if workload.placement}
    for vpc in account.vpcs:
        if vpc.vpc_id not in used or vpc.vpc_id in dict(account.invented):
            continue
        there = _there(account, vpc)
        settings = ("ServiceName", "VpcEndpointType", "PrivateDnsEnabled")
        own = [each for each in account.endpoints if each.vpc_id == vpc.vpc_id]
        about = [origin for each in own for origin in (each.origin, *(prop(each, name) for name in settings))]
        missing = [service for service in _SERVICES if service not in there]
        if missing:
            said = violated(vpc.origin, f"{vpc.vpc_id} has no interface endpoint for {', '.join(missing)}", *about)
            yield for_lack_of(said, _ENDPOINT)
        else:
            yield holds(vpc.origin, f"{vpc.vpc_id} has interface endpoints for {', '.join(_SERVICES)}", *about)


def _there(account: Account, vpc: Vpc) -> set[str | None]:
    own = (each for each in account.endpoints if each.vpc_id == vpc.vpc_id and each.kind == "Interface")
    return {short_name(each, account.region) for each in own if each.private_dns}
