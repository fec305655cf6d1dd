from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.s3 import Bucket
from scenarios.finding import Judgement, Severity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import closed_to_strangers


@rule(
    severity=Severity.CRITICAL,
    needs=DATA_TYPES,
    remediation="Take the statement out, or name the principals that need it.",
    controls=(
        "SecurityHub/S3.2",
        "SecurityHub/S3.6",
    ),
)
def bucket_readable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account reads, lists or overwrites the bucket.

    Asked for an anonymous caller, for a principal of an unknown account, and for whomever the policy names outside the
    account, through the bucket policy and Block Public Access. Who writes documents writes what the model answers with.

    Source: "Blocking public access to your Amazon S3 storage",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    for bucket in scope.buckets:
        yield from closed_to_strangers(account, bucket, bucket.policy, _calls(bucket), f"bucket {bucket.name}")


def _calls(bucket: Bucket) -> tuple[tuple[str, str], ...]:
    return (
        ("s3:GetObject", f"{bucket.arn}/any-object"),
        ("s3:ListBucket", bucket.arn),
        ("s3:PutObject", f"{bucket.arn}/any-object"),
    )
