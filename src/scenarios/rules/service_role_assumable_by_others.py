from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import entries, judged


@rule(
    severity=Severity.CRITICAL,
    needs=("AWS::IAM::Role",),
    remediation="Take the principal out of the trust policy; a service role is assumed by its service alone.",
)
def service_role_assumable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account assumes the service role, be it through another role.

    Whoever assumes it reads what the service reads, without the service. A trust policy is a resource policy: one
    statement for `*`, for another account or for an identity provider is enough; and so is a chain: a role of the
    account that outsiders may assume, and that may assume the service role. An outsider chooses its own name, its
    external id and the endpoint that it comes through, so that conditions on those keep nobody out.

    Source: "AWS JSON policy elements: Principal",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, and "Roles terms and
    concepts", https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
    """
    entered = {entry.role.arn: entry for entry in entries(account, scope)}
    for subject in scope.service_roles:
        entry = entered.get(subject.role.arn)
        if entry is None:
            yield holds(subject.role.trust.origin, f"nobody outside the account may assume role {subject.role.name}")
        else:
            yield judged(entry, entry.words)
