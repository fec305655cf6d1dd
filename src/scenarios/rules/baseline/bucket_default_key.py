from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.bucket_customer_key import lacking_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=("AWS::S3::Bucket", "AWS::KMS::Key", "AWS::KMS::Alias"),
    remediation="Set BucketEncryption to aws:kms with KMSMasterKeyID a customer managed key.",
    controls=("SecurityHub/S3.17", "CKV_AWS_145", "Prowler/s3_bucket_kms_encryption"),
)
def bucket_default_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The bucket encrypts with a customer managed key by default.

    S3 encrypts everything; a key of one's own adds a second permission, which the key policy gives. Judged for every
    bucket but those that take server access logs, which S3 does not deliver under a KMS key. Whether a bucket is worth
    a key is not for a template to say; bucket-customer-key asks it of buckets that hold a model's data.

    Source: "Using server-side encryption with AWS KMS keys",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    targets = {bucket.log_bucket for bucket in account.buckets}
    for bucket in account.buckets:
        if bucket.name in targets:
            continue
        at = prop(bucket, "BucketEncryption")
        lacking = lacking_key(bucket)
        if lacking is None:
            yield holds(at, f"bucket {bucket.name} encrypts with a key of its own")
        else:
            yield violated(at, f"bucket {bucket.name} {lacking}")
