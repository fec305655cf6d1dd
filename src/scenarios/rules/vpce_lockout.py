from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import culprit, judgement
from scenarios.rules.reads import DATA_TYPES, attempts, locked_out_by_endpoint
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Except the service role from the Deny: add a condition ArnNotEquals aws:PrincipalArn with the "
    "role's ARN.",
)
def vpce_lockout(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No Deny for requests from outside a VPC endpoint locks the role out.

    Bedrock reads with the service role's credentials from its own network, not through the account's endpoint. A Deny
    on `aws:SourceVpce` (or SourceVpc) in the bucket or key policy hits it, and neither `aws:PrincipalIsAWSService`
    nor `aws:ViaAWSService` is true for it: only an exception by the role's ARN helps. A SageMaker workload in a VPC
    does come through its S3 endpoint: a Deny locks it out where it names another one.

    Source: "AWS global condition context keys",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    for attempt in attempts(account, scope):
        role = attempt.path.role
        if locked_out_by_endpoint(account, attempt.decision):
            way = "comes through another endpoint" if attempt.path.via else "does not come through the VPC endpoint"
            message = f"{attempt.what}: denied, since the request {way}"
            yield judgement(Verdict.VIOLATED, culprit(attempt.decision, role.origin), message, attempt.decision)
        elif attempt.decision.allowed:
            yield judgement(
                Verdict.HOLDS, role.origin, f"{attempt.what}: no endpoint condition stops it", attempt.decision
            )
