from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import trusted_services
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.finding import Confidence, Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope, ServiceRole
from scenarios.rules.trust import assumed, foreign_source


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=("AWS::IAM::Role",),
    remediation="Add conditions to the trust policy: aws:SourceAccount this account, or aws:SourceArn.",
    controls=(
        "Prowler/iam_role_cross_service_confused_deputy_prevention",
        "Prowler/iam_role_service_trust_restricts_source_to_account",
    ),
)
def role_confused_deputy(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A service assumes the role for this account alone.

    A service acts for every customer, and the trust policy can say for whom. Asked as the service would ask on behalf
    of an unknown account, for every service that a role trusts. Not every service sends the keys, and most take a role
    only from those who may pass it; service-role-confused-deputy asks it of those that are known to.

    Source: "The confused deputy problem", section on cross-service confused deputy prevention,
    https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    for role in account.roles:
        for service in trusted_services(role):
            yield _judged(account, role, service)


def _judged(account: Account, role: Role, service: str) -> Judgement:
    subject = ServiceRole(role, service, "unspecified")
    decision = assumed(account, subject, foreign_source(account, subject))
    said = f"{service} may assume role {role.name} on behalf of any account"
    if decision.allowed:
        at = next((by.origin for by in decision.by if by.origin), role.trust.origin)
        return judgement(Verdict.VIOLATED, at, said, decision)
    if decision.denied:
        message = f"{service} may assume role {role.name} for this account alone"
        return judgement(Verdict.HOLDS, role.trust.origin, message, decision)
    return judgement(Verdict.UNKNOWN, role.trust.origin, f"whether {said}: {decision.why}", decision)
