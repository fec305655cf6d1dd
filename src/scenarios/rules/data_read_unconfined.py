from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.grants import granted_by_identity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import FOREIGN_ACCOUNT


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=DATA_TYPES,
    remediation="Add a condition StringEquals aws:ResourceAccount this account to the S3 statements.",
)
def data_read_unconfined(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role reads this account's buckets only.

    Bucket names are global: if the bucket is deleted, whoever takes the name next owns what the role reads.
    `aws:ResourceAccount` ties the grant to the account. Asked for the same object in a bucket of an unknown account.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for path in scope.data_paths:
        action = "s3:PutObject" if path.write else "s3:GetObject"
        decision = granted_by_identity(account, path.role, action, f"{path.bucket.arn}/any-object", FOREIGN_ACCOUNT)
        what = f"role {path.role.name}: {action} where {path.bucket.name} belongs to another account"
        yield must_be_denied(decision, path.role.origin, what)
