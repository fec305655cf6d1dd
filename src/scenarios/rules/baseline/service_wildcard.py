from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.written import Statement, covers, statements
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, hidden, holders
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=POLICY_TYPES,
    remediation="Name the actions that are needed.",
    controls=("SecurityHub/IAM.21", "CKV_AWS_63"),
)
def service_wildcard(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No statement grants every action of a service.

    It grants those too that the service will get: asked for an action that the service does not have. Whatever the
    resources, and in whatever words (`s3:*`, `s3*`, NotAction). AWS's own managed policies are aws-managed-policy's.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for holder in holders(account):
        if (reason := hidden(account, holder)) is not None:
            yield unknown(holder.origin, f"which policies {holder.name} has is not known: {reason}")
        for policy in holder.policies:
            if policy.aws_managed:
                continue
            wide = [(each, found) for each in statements(policy) if (found := _services(each))]
            for statement, services in wide:
                yield violated(statement.origin, f"policy {policy.name} grants every action of {services}")
            if not wide:
                yield holds(policy.origin, f"policy {policy.name} grants no service as a whole")


_NO_ACTION = "Qzxj0"
"""An action that no service has, and no pattern but a wildcard for all of them takes in."""


def _services(statement: Statement) -> str:
    """The services of which the statement allows every action."""
    if not statement.allow:
        return ""
    if covers(statement, f"anyservice:{_NO_ACTION}"):
        return "every service" if statement.actions else "every service but those that it leaves out"
    named = sorted({action.partition(":")[0].lower() for action in statement.actions})
    # A service may itself be a pattern: "s3*:*".
    return ", ".join(name for name in named if covers(statement, f"{name.rstrip('*?')}:{_NO_ACTION}"))
