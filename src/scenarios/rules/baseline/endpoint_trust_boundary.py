from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.endpoint_policy_open import confined
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::EC2::VPCEndpoint",),
    remediation="Give the endpoint a PolicyDocument that names the account's principals (aws:PrincipalAccount or "
    "aws:PrincipalArn) and the resources that are needed (by name, or by aws:ResourceAccount).",
    controls=("Prowler/vpc_endpoint_connections_trust_boundaries",),
)
def endpoint_trust_boundary(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Every endpoint's policy confines who uses it, and for what.

    Judged as by endpoint-policy-open, which asks it of the endpoints that workloads need.

    Source: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    for endpoint in account.endpoints:
        if endpoint.kind in ("Interface", "Gateway"):
            yield confined(account, endpoint)
