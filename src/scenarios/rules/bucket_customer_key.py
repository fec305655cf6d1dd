from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.s3 import Bucket
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::S3::Bucket", "AWS::KMS::Key", "AWS::KMS::Alias"),
    remediation="Set BucketEncryption to aws:kms with KMSMasterKeyID a customer managed key.",
    controls=("SecurityHub/S3.17", "CKV_AWS_145"),
)
def bucket_customer_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The bucket's objects are encrypted with a customer managed key.

    Then reading takes `kms:Decrypt` as well as S3, and the key policy says who may. SSE-S3 (AES256, the default) and
    the AWS managed key `aws/s3` open to whoever may read the bucket.

    Source: "Using server-side encryption with AWS KMS keys",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    for bucket in scope.buckets:
        at = prop(bucket, "BucketEncryption")
        lacking = lacking_key(bucket)
        if lacking is not None:
            yield violated(at, f"bucket {bucket.name} {lacking}")
        else:
            yield holds(at, f"bucket {bucket.name} encrypts with {bucket.encryption.key if bucket.encryption else ''}")


def lacking_key(bucket: Bucket) -> str | None:
    """What the bucket encrypts with instead, where it is no customer managed key."""
    encryption = bucket.encryption
    if encryption is None or not encryption.algorithm.startswith("aws:kms"):
        return "uses S3's own keys: S3 permission alone opens its objects"
    if customer_key(encryption.key) is None:
        return "uses the AWS managed key, whose policy nobody can write"
    return None
