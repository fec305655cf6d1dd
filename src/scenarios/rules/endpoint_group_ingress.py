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
    remediation="Admit TCP 443 from the workload's security group in the endpoint's security group.",
)
def endpoint_group_ingress(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The endpoint's security group admits the workload on port 443.

    An interface endpoint stands behind security groups of its own; where none is named, behind the VPC's default
    group, which admits only its own members.

    Source: "Control access to VPC endpoints using security groups",
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    """
    yield from broken(account, scope, "endpoint-group-ingress")
