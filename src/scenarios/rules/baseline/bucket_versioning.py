from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    needs=("AWS::S3::Bucket",),
    remediation="Set VersioningConfiguration Status to Enabled.",
    controls=("SecurityHub/S3.14", "CKV_AWS_21", "Prowler/s3_bucket_object_versioning"),
)
def bucket_versioning(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The bucket keeps earlier versions of its objects.

    What is overwritten or deleted, by accident or by an attacker, can be restored then.

    Source: "Retaining multiple versions of objects with S3 Versioning",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
    """
    for bucket in account.buckets:
        at = prop(bucket, "VersioningConfiguration")
        if bucket.versioning == "Enabled":
            yield holds(at, f"bucket {bucket.name} keeps versions")
        else:
            yield violated(at, f"bucket {bucket.name} keeps no versions of its objects")
