from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::S3::Bucket",),
    remediation="Set ObjectOwnership to BucketOwnerEnforced, or leave OwnershipControls out: that is S3's default.",
    controls=("SecurityHub/S3.12", "Prowler/s3_bucket_acl_prohibited"),
)
def bucket_acls_disabled(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The bucket has no access control lists.

    With `BucketOwnerEnforced` policies alone say who has access, and every object belongs to the bucket's owner. Under
    the other settings each object can have an ACL of its own, which no policy shows.

    Source: "Controlling ownership of objects and disabling ACLs for your bucket",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    """
    for bucket in account.buckets:
        at = prop(bucket, "OwnershipControls")
        if bucket.object_ownership == "BucketOwnerEnforced":
            yield holds(at, f"bucket {bucket.name} takes no ACLs")
        else:
            yield violated(at, f"bucket {bucket.name} takes ACLs: object ownership is {bucket.object_ownership}")
