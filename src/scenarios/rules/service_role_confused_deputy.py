from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.trust import assumed, by_statement, foreign_source, undone


@rule(
    severity=Severity.HIGH,
    needs=("AWS::IAM::Role",),
    remediation="Add conditions to the trust policy: aws:SourceAccount this account, and aws:SourceArn the jobs "
    "that use the role.",
    controls=("Prowler/iam_role_cross_service_confused_deputy_prevention",),
)
def service_role_confused_deputy(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The service may assume the role for this account's jobs only.

    Bedrock acts for every customer. Without `aws:SourceAccount` or an account in `aws:SourceArn`, a job of another
    account can make Bedrock use this role: the confused deputy. Asked as the service would ask on behalf of an
    unknown account.

    Source: "Cross-service confused deputy prevention",
    https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html
    """
    for subject in scope.service_roles:
        for index, decision in by_statement(account, subject, foreign_source(account, subject)):
            if decision.allowed and not undone(account, subject, index):
                at = subject.role.trust.statement_origin(index)
                message = f"{subject.service} may assume role {subject.role.name} for a job of any account"
                yield judgement(Verdict.VIOLATED, at, message, decision)
        whole = assumed(account, subject, foreign_source(account, subject))
        if whole.denied:
            message = f"{subject.service} may not assume role {subject.role.name} for another account"
            yield judgement(Verdict.HOLDS, subject.role.trust.origin, message, whole)
        elif not whole.allowed:
            message = f"whether {subject.service} may assume role {subject.role.name} for any account: {whole.why}"
            yield judgement(Verdict.UNKNOWN, subject.role.trust.origin, message, whole)
