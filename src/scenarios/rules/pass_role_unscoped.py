from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.account import Account
from scenarios.account.iam import Role, User
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=DATA_TYPES,
    remediation="Narrow iam:PassRole to the role's ARN and add a condition iam:PassedToService with the one service.",
    controls=("CKV_AWS_110",),
)
def pass_role_unscoped(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Whoever may pass the service role may pass it to its own service only.

    `iam:PassRole` without `iam:PassedToService` lets its holder hand the role to any service that the role trusts,
    now or later. Asked for every role and user of the account, with a service that the role was not made for.

    Source: "Grant a user permissions to pass a role to an AWS service",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    for subject in scope.service_roles:
        holders: tuple[Role | User, ...] = (*account.roles, *account.users)
        for holder in holders:
            wanted = _pass(account, holder, subject.role, subject.service)
            if wanted.denied:
                continue
            other = _pass(account, holder, subject.role, "a-service-that-it-was-not-made-for.amazonaws.com")
            where = next((by.origin for by in other.by or wanted.by if by.origin), holder.origin)
            what = f"{holder.name} may pass role {subject.role.name}"
            if other.allowed:
                yield judgement(Verdict.VIOLATED, where, f"{what} to any service", other)
            elif other.denied:
                yield judgement(Verdict.HOLDS, where, f"{what} to {subject.service} only", other)
            else:
                yield judgement(Verdict.UNKNOWN, where, f"{what} to any service: {other.why}", other)


def _pass(account: Account, holder: Role | User, role: Role, service: str) -> Decision:
    context = {"iam:passedtoservice": service}
    return granted_by_identity(account, holder, "iam:PassRole", role.arn, context=context)
