from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    needs=("AWS::S3::Bucket",),
    remediation="Add a rule to LifecycleConfiguration, Status Enabled: expire objects, or noncurrent versions.",
    controls=("SecurityHub/S3.10", "SecurityHub/S3.13", "Prowler/s3_bucket_lifecycle_enabled"),
)
def bucket_lifecycle(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A lifecycle rule says what becomes of the bucket's objects.

    Without one everything stays for ever, noncurrent versions too: data that nobody needs can still leak.

    Source: "Managing the lifecycle of objects",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
    """
    for bucket in account.buckets:
        at = prop(bucket, "LifecycleConfiguration")
        if any(each.enabled for each in bucket.lifecycle):
            yield holds(at, f"bucket {bucket.name} has a lifecycle rule")
        else:
            yield violated(at, f"no lifecycle rule of bucket {bucket.name} is enabled")
