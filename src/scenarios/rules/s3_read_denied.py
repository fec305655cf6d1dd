from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.reads import DATA_TYPES, attempts, locked_out_by_endpoint, place_to_grant
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Grant the role s3:GetObject on the bucket's objects and s3:ListBucket on the bucket, and take "
    "out what denies them.",
)
def s3_read_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role can read (or write) the bucket that it is meant for, as far as S3 decides.

    Decided through the role's policies, its boundary, the bucket policy and what else takes part. Bedrock acts with
    the role's own credentials: not from a VPC, and not as an AWS service. A data source that names prefixes is asked
    for an object below each.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for attempt in attempts(account, scope):
        if not attempt.kms and not locked_out_by_endpoint(account, attempt.decision):
            yield must_be_allowed(attempt.decision, place_to_grant(attempt.path.role), attempt.what)
