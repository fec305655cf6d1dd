from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.flows import FLOW_TYPES, broken
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=FLOW_TYPES,
    remediation="Let TCP 443 out to the endpoint's security group, or to the service's prefix list.",
)
def workload_group_egress(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The workload's security group lets port 443 out to the endpoint.

    To an interface endpoint the group must admit the endpoint's group or addresses; to a gateway endpoint the
    service's prefix list, or all addresses: egress to the VPC's own range does not reach S3 through a gateway
    endpoint.

    Source: "Gateway endpoints for Amazon S3", section on security groups,
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
    """
    yield from broken(account, scope, "workload-group-egress")
