from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope

_PARTS = ("iam.user.inline", "iam.user.attached")


@rule(
    severity=Severity.LOW,
    needs=POLICY_TYPES,
    remediation="Attach the policy to a group or a role instead.",
    controls=("SecurityHub/IAM.2", "CKV_AWS_40", "Prowler/iam_policy_attached_only_to_group_or_roles"),
)
def user_policy(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No user has policies of its own.

    Permissions that stand on single users are overlooked when somebody changes task or leaves. A policy
    of the template for a user that the account has already is that user's own, too.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    for user in account.users:
        for policy in user.policies:
            yield violated(policy.origin or user.origin, f"policy {policy.name} is user {user.name}'s own", user.origin)
        unread = next((mark for what in _PARTS if (mark := account.unreadable(what, user.name))), None)
        if unread is not None and not user.policies:
            yield unknown(
                user.origin, f"whether user {user.name} has policies of its own is not known: {unread.reason}"
            )
        elif not user.policies:
            yield holds(user.origin, f"user {user.name} has no policies of its own")
    for outside in account.outside_users:
        said = f"policy {outside.policy} is the own one of user {outside.name}, who is not in this template"
        yield violated(outside.origin, said)
