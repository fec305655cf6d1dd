from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import holds, rule
from scenarios.rules.scope import Scope
from scenarios.rules.trust import by_statement, foreign_source, undone


@rule(
    severity=Severity.HIGH,
    needs=("AWS::IAM::Role",),
    remediation="Take the second statement out, or give it the conditions of the first.",
)
def service_role_unconditioned_trust(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No second statement undoes a conditioned trust.

    Statements are alternatives: beside one with `aws:SourceAccount` and `aws:SourceArn`, another that trusts the
    service without them opens the role to jobs of any account.

    Source: "Policy evaluation logic",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    for subject in scope.service_roles:
        found = False
        for index, decision in by_statement(account, subject, foreign_source(account, subject)):
            if decision.allowed and undone(account, subject, index):
                found = True
                at = subject.role.trust.statement_origin(index)
                message = f"this statement lets {subject.service} assume role {subject.role.name} for any account"
                yield judgement(Verdict.VIOLATED, at, f"{message}, whatever the conditions beside it say", decision)
        if not found:
            yield holds(subject.role.trust.origin, f"no statement undoes the trust conditions of {subject.role.name}")
