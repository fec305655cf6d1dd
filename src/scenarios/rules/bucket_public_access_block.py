from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::S3::Bucket",),
    remediation="Set all four settings of PublicAccessBlockConfiguration to true (or leave the property out: "
    "that is S3's default).",
    controls=(
        "SecurityHub/S3.8",
        "CKV_AWS_53",
        "CKV_AWS_54",
        "CKV_AWS_55",
        "CKV_AWS_56",
        "cdk-nag/AwsSolutions-S2",
        "Prowler/s3_bucket_level_public_access_block",
    ),
)
def bucket_public_access_block(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The bucket blocks public access in all four ways.

    S3 blocks all of it on new buckets; a template that turns one setting off lets a later policy or ACL open the
    bucket to anyone.

    Source: "Blocking public access to your Amazon S3 storage",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    for bucket in scope.buckets:
        at = prop(bucket, "PublicAccessBlockConfiguration")
        block = bucket.public_access_block
        if block is not None and block.complete:
            yield holds(at, f"bucket {bucket.name} blocks public access")
        else:
            off = [name for name in _SETTINGS if not (block and getattr(block, name))]
            yield violated(at, f"bucket {bucket.name} does not block public access: {', '.join(off)} off", off=off)


_SETTINGS = ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets")
