from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import FlowLog, Vpc
from scenarios.finding import Judgement, Origin, Severity, Verdict
from scenarios.rules.flow_logs import DELIVERY_TYPES, Arrival, arrival
from scenarios.rules.rule import for_lack_of, holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope

_LOG = "AWS::EC2::FlowLog"


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPC", "AWS::EC2::Subnet", _LOG, *DELIVERY_TYPES),
    remediation="Add an AWS::EC2::FlowLog for the VPC, TrafficType ALL or REJECT, with a role that trusts "
    "vpc-flow-logs.amazonaws.com and may write to its log group, or a bucket that lets delivery.logs.amazonaws.com in.",
    controls=("SecurityHub/EC2.6", "cdk-nag/AwsSolutions-VPC7", "Prowler/vpc_flow_logs_enabled"),
)
def flow_log_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Flow logs show what is refused in every VPC.

    One for the VPC, or one for each of its subnets; with TrafficType ACCEPT it leaves out the very packets that
    somebody tried in vain. A flow log whose role may not write to its log group, or whose bucket or key refuses log
    delivery, shows nothing.

    Source: "Logging IP traffic using VPC Flow Logs", https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
    """
    invented = dict(account.invented)
    for vpc in account.vpcs:
        if vpc.vpc_id in invented:
            continue
        subnets = _subnets(account, vpc)
        own = [log for log in account.flow_logs if log.resource_id in (vpc.vpc_id, *subnets)]
        logs = [prop(log, name) for log in own for name in ("ResourceId", "TrafficType")]
        arrivals = [(log, arrival(account, log)) for log in own if log.traffic in ("ALL", "REJECT")]
        if (sure := _covering(vpc, subnets, arrivals, Verdict.HOLDS)) is not None:
            yield holds(vpc.origin, f"flow logs cover {vpc.vpc_id}", *logs, *sure)
        elif (perhaps := _covering(vpc, subnets, arrivals, Verdict.HOLDS, Verdict.UNKNOWN)) is not None:
            log, doubt = next((log, found) for log, found in arrivals if found.verdict is Verdict.UNKNOWN)
            said = f"whether flow log {log.flow_log_id} of {vpc.vpc_id} arrives is not known: {doubt.why}"
            yield unknown(doubt.at, said, *logs, *perhaps)
        elif (lost := _covering(vpc, subnets, arrivals, *Verdict)) is not None:
            log, broken = next((log, found) for log, found in arrivals if found.verdict is Verdict.VIOLATED)
            said = f"flow log {log.flow_log_id} of {vpc.vpc_id} does not arrive: {broken.why}"
            yield violated(broken.at or log.origin, said, vpc.origin, *logs, *lost)
        else:
            yield for_lack_of(violated(vpc.origin, f"no flow log shows what is refused in {vpc.vpc_id}", *logs), _LOG)


def _covering(
    vpc: Vpc, subnets: set[str], arrivals: list[tuple[FlowLog, Arrival]], *verdicts: Verdict
) -> tuple[Origin | None, ...] | None:
    """What the coverage hangs on, if the flow logs of these verdicts cover the VPC, by itself or by its subnets."""
    counted = [(log.resource_id, found) for log, found in arrivals if found.verdict in verdicts]
    for wanted in ({vpc.vpc_id}, subnets):
        if wanted and wanted <= {identifier for identifier, _ in counted}:
            return tuple(at for identifier, found in counted if identifier in wanted for at in found.about)
    return None


def _subnets(account: Account, vpc: Vpc) -> set[str]:
    return {subnet.subnet_id for subnet in account.subnets if subnet.vpc_id == vpc.vpc_id}
