from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Chain, Decision, Outcome, assumable
from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement, layer_outcome
from scenarios.rules.rule import holds, rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import ANONYMOUS, described, outsiders


@rule(
    severity=Severity.CRITICAL,
    needs=("AWS::IAM::Role",),
    remediation="Take the principal out of the trust policy; a service role is assumed by its service alone.",
)
def service_role_assumable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account assumes the service role, be it through another role.

    Whoever assumes it reads what the service reads, without the service. A trust policy is a resource policy: one
    statement for `*`, or for another account, is enough; and so is a chain: a role of the account that outsiders may
    assume, and that may assume the service role. Asked for a principal of an unknown account, and for whomever a trust
    policy names outside the account.

    Source: "AWS JSON policy elements: Principal",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, and "Roles terms and
    concepts", https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
    """
    entered = [
        (principal, chain)
        for principal in dict.fromkeys(one for role in account.roles for one in outsiders(account, role.trust))
        if principal != ANONYMOUS  # AssumeRole takes credentials, whoever's they are
        for chain in assumable(account, principal, _admits).values()
    ]
    for subject in scope.service_roles:
        role = subject.role
        chains = [(principal, chain) for principal, chain in entered if chain.last.arn == role.arn]
        for principal, chain in chains:
            yield _judged(principal, chain)
        if not chains:
            yield holds(role.trust.origin, f"nobody outside the account may assume role {role.name}")


def _admits(decision: Decision) -> bool:
    """A principal of another account may carry any identity policy, so that for it only the trust policy counts."""
    if decision.outcome is Outcome.UNKNOWN:
        return layer_outcome(decision, "resource") in (Outcome.ALLOWED, Outcome.UNKNOWN)
    return decision.allowed


def _judged(principal: str, chain: Chain) -> Judgement:
    first, *others = chain.decisions
    sure = layer_outcome(first, "resource") is Outcome.ALLOWED and all(one.allowed for one in others)
    at = next((by.origin for by in first.by if by.layer == "resource" and by.origin), chain.roles[0].trust.origin)
    through = "".join(f", by role {role.name}" for role in chain.roles[:-1])
    said = f"{described(principal)} may assume role {chain.last.name}{through}"
    message = (
        said if sure else f"{said}: not decided, because {next(one.why for one in chain.decisions if not one.allowed)}"
    )
    return judgement(Verdict.VIOLATED if sure else Verdict.UNKNOWN, at, message, first)
