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

    Without one everything stays for ever, noncurrent versions too: data that nobody needs can still leak. A rule counts
    that expires objects, or moves them to another class; one for noncurrent versions only where the bucket keeps any. A
    rule that is disabled, that aborts uploads or clears delete markers leaves every object where it is.

    Source: "Managing the lifecycle of objects",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
    """
    for bucket in account.buckets:
        at, versions = prop(bucket, "LifecycleConfiguration"), prop(bucket, "VersioningConfiguration")
        enabled = [each for each in bucket.lifecycle if each.enabled]
        if any(each.current for each in enabled):
            yield holds(at, f"bucket {bucket.name} has a lifecycle rule")
        elif any(each.noncurrent for each in enabled) and bucket.versioning is not None:
            yield holds(at, f"bucket {bucket.name} has a lifecycle rule for its noncurrent versions", versions)
        elif enabled:
            yield violated(at, f"no lifecycle rule of bucket {bucket.name} expires or moves what it holds", versions)
        else:
            yield violated(at, f"no lifecycle rule of bucket {bucket.name} is enabled")
