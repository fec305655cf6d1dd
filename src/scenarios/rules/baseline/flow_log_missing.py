from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import Vpc
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import for_lack_of, holds, prop, rule, violated
from scenarios.rules.scope import Scope

_LOG = "AWS::EC2::FlowLog"


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPC", "AWS::EC2::Subnet", _LOG),
    remediation="Add an AWS::EC2::FlowLog for the VPC, TrafficType ALL or REJECT.",
    controls=("SecurityHub/EC2.6", "cdk-nag/AwsSolutions-VPC7", "Prowler/vpc_flow_logs_enabled"),
)
def flow_log_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Flow logs show what is refused in every VPC.

    One for the VPC, or one for each of its subnets; with TrafficType ACCEPT it leaves out the very packets that
    somebody tried in vain.

    Source: "Logging IP traffic using VPC Flow Logs", https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
    """
    invented = dict(account.invented)
    for vpc in account.vpcs:
        if vpc.vpc_id in invented:
            continue
        subnets = _subnets(account, vpc)
        own = [log for log in account.flow_logs if log.resource_id in (vpc.vpc_id, *subnets)]
        logs = [prop(log, name) for log in own for name in ("ResourceId", "TrafficType")]
        logged = {log.resource_id for log in own if log.traffic in ("ALL", "REJECT")}
        if vpc.vpc_id in logged or (subnets and subnets <= logged):
            yield holds(vpc.origin, f"flow logs cover {vpc.vpc_id}", *logs)
        else:
            yield for_lack_of(violated(vpc.origin, f"no flow log shows what is refused in {vpc.vpc_id}", *logs), _LOG)


def _subnets(account: Account, vpc: Vpc) -> set[str]:
    return {subnet.subnet_id for subnet in account.subnets if subnet.vpc_id == vpc.vpc_id}
