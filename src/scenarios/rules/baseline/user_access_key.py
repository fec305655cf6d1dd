from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::IAM::User", "AWS::IAM::AccessKey"),
    remediation="Take the AWS::IAM::AccessKey out, and let the caller assume a role.",
    controls=("Prowler/iam_user_with_temporary_credentials",),
)
def user_access_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No user has an access key.

    It is valid until somebody deletes it, wherever it was copied to; a stack never rotates it, and often shows it in
    its outputs. A role's credentials end by themselves.

    Source: "Manage access keys for IAM users",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
    """
    for user in account.users:
        for key in user.access_key_ids:
            yield violated(user.origin, f"user {user.name} has access key {key}")
        if not user.access_key_ids:
            yield holds(user.origin, f"user {user.name} has no access key")
