from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import ANY_ROLE, POLICY_TYPES, Call, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_USER = "arn:{partition}:iam::{account}:user/any-user-at-all"
_CALLS: tuple[Call, ...] = (
    ("sts:AssumeRole", ANY_ROLE),
    ("iam:CreateAccessKey", _USER),
    ("iam:CreateLoginProfile", _USER),
    ("iam:UpdateLoginProfile", _USER),
    ("iam:CreateServiceSpecificCredential", _USER),
    ("iam:ResetServiceSpecificCredential", _USER),
    ("rds-db:connect", "arn:{partition}:rds-db:{region}:{account}:dbuser:any-database-at-all/any-user"),
    ("redshift:GetClusterCredentials", "arn:{partition}:redshift:{region}:{account}:dbuser:any-cluster/any-user"),
    (
        "cognito-identity:GetCredentialsForIdentity",
        "arn:{partition}:cognito-identity:{region}:{account}:identitypool/any",
    ),
)


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=POLICY_TYPES,
    remediation="Name the roles, users or databases in Resource.",
    controls=("CKV_AWS_107", "Prowler/iam_no_custom_policy_permissive_role_assumption"),
)
def credential_exposure(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may get the credentials of whomever it likes.

    Asked for roles, users and databases that nobody names. Calls that AWS offers for no single resource, such as
    `ecr:GetAuthorizationToken`, are not among it.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    yield from unscoped(account, _CALLS, "may get credentials of whomever it likes")
