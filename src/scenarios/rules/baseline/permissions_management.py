from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, Call, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_BUCKET = "arn:{partition}:s3:::any-bucket-at-all"
_KEY = "arn:{partition}:kms:{region}:{account}:key/any-key-at-all"
_CALLS: tuple[Call, ...] = (
    ("s3:PutBucketPolicy", _BUCKET),
    ("s3:PutBucketAcl", _BUCKET),
    ("s3:PutBucketPublicAccessBlock", _BUCKET),
    ("kms:PutKeyPolicy", _KEY),
    ("kms:CreateGrant", _KEY),
    ("lambda:AddPermission", "arn:{partition}:lambda:{region}:{account}:function:any-function-at-all"),
    ("secretsmanager:PutResourcePolicy", "arn:{partition}:secretsmanager:{region}:{account}:secret:any-secret-at-all"),
    ("sns:AddPermission", "arn:{partition}:sns:{region}:{account}:any-topic-at-all"),
    ("sqs:AddPermission", "arn:{partition}:sqs:{region}:{account}:any-queue-at-all"),
    ("ecr:SetRepositoryPolicy", "arn:{partition}:ecr:{region}:{account}:repository/any-repository-at-all"),
    ("ec2:ModifySnapshotAttribute", "arn:{partition}:ec2:{region}::snapshot/any-snapshot-at-all"),
    ("iam:CreateRole", "arn:{partition}:iam::{account}:role/any-role-at-all"),
    ("iam:DeleteRolePolicy", "arn:{partition}:iam::{account}:role/any-role-at-all"),
)


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=POLICY_TYPES,
    remediation="Name the resources in Resource, or confine the statement by a condition.",
    controls=("CKV_AWS_109",),
)
def permissions_management(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may change the permissions of whatever it likes.

    Policies of buckets, keys, functions, secrets, queues and repositories, and roles; asked for ones that nobody
    names. Who may write the policy of anything may open it to anybody.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    yield from unscoped(account, _CALLS, "may change the permissions of whatever it likes")
