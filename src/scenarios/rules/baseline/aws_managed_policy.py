from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, hidden, holders
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    needs=POLICY_TYPES,
    remediation="Write a policy that names the actions and resources that are needed.",
    controls=("cdk-nag/AwsSolutions-IAM4",),
)
def aws_managed_policy(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody has a policy that AWS manages.

    It is written for every customer: most do not narrow resources, and AWS changes them. What such a policy grants is
    judged by the other rules as any other.

    Source: "AWS managed policies",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
    """
    for holder in holders(account):
        managed = [policy for policy in holder.attached if policy.aws_managed]
        for policy in managed:
            yield violated(policy.origin or holder.origin, f"{holder.name} has AWS's policy {policy.name}")
        if (reason := hidden(account, holder)) is not None:
            yield unknown(holder.origin, f"which policies {holder.name} has is not known: {reason}")
        elif not managed:
            yield holds(holder.origin, f"{holder.name} has no policy of AWS's")
