from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import closed_to_strangers
from scenarios.rules.trails import DELIVERY_TYPES

_CALLS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")


@rule(
    severity=Severity.CRITICAL,
    needs=DELIVERY_TYPES,
    remediation="Take the statement out, or name the principals that need it; keep Block Public Access on.",
    controls=("SecurityHub/CloudTrail.6", "Prowler/cloudtrail_logs_s3_bucket_is_not_publicly_accessible"),
)
def trail_bucket_exposed(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account reads, writes or deletes the log files.

    Whoever can delete or overwrite log files can hide what was done; whoever reads them learns who calls what. Asked
    for an anonymous caller and for a principal of an unknown account, through the bucket policy and Block Public
    Access.

    Source: "Security best practices in AWS CloudTrail",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
    """
    for trail in scope.trails:
        bucket = account.bucket(trail.bucket)
        if bucket is None:
            continue
        calls = [(action, f"{bucket.arn}/AWSLogs/any-object") for action in _CALLS]
        yield from closed_to_strangers(account, bucket, bucket.policy, calls, f"log bucket {bucket.name}")
