from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import holds, rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import ANONYMOUS, described, let_in


@rule(
    severity=Severity.CRITICAL,
    needs=("AWS::IAM::Role",),
    remediation="Take the principal out of the trust policy; a service role is assumed by its service alone.",
)
def service_role_assumable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account assumes the service role.

    Whoever assumes it reads what the service reads, without the service. A trust policy is a resource policy: one
    statement for `*`, or for another account, is enough. Asked for a principal of an unknown account, and for whomever
    the trust policy names outside the account.

    Source: "How to use trust policies with IAM roles" and "AWS JSON policy elements: Principal",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for subject in scope.service_roles:
        role = subject.role
        found = False
        for principal, decision in let_in(account, "sts:AssumeRole", role.arn, role.trust):
            if principal == ANONYMOUS:
                continue  # AssumeRole takes credentials, whoever's they are
            found = True
            sure = decision.outcome is Outcome.ALLOWED
            at = next((by.origin for by in decision.by if by.origin), role.trust.origin)
            said = f"{described(principal)} may assume role {role.name}"
            message = said if sure else f"{said}: not decided, because {decision.why}"
            yield judgement(Verdict.VIOLATED if sure else Verdict.UNKNOWN, at, message, decision)
        if not found:
            yield holds(role.trust.origin, f"nobody outside the account may assume role {role.name}")
