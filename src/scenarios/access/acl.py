"""Bucket ACLs, told as a policy so that the decision has one form of grant to look at.

Only what a bucket's own ACL grants to the predefined groups is told: an object's ACL is not observed, and a grant to a
single account is the owner's own. ACLs count for nothing where object ownership is `BucketOwnerEnforced` (the default
of new buckets), and public ones not where they are ignored.

Source: "Access control list (ACL) overview", https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
"""

from __future__ import annotations

import json

from scenarios.account.base import Policy
from scenarios.account.s3 import Bucket

_READ = ("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads")
_PERMISSIONS: dict[str, tuple[str, ...]] = {
    "READ": _READ,
    "WRITE": ("s3:PutObject", "s3:DeleteObject"),
    "READ_ACP": ("s3:GetBucketAcl",),
    "WRITE_ACP": ("s3:PutBucketAcl",),
    "FULL_CONTROL": (*_READ, "s3:PutObject", "s3:DeleteObject", "s3:GetBucketAcl", "s3:PutBucketAcl"),
}
_EVERYBODY = "/global/AllUsers"
_AUTHENTICATED = "/global/AuthenticatedUsers"


def acl_policy(bucket: Bucket) -> Policy | None:
    """What the bucket's ACL grants to everybody, or to every AWS account; nothing where it grants neither."""
    block = bucket.public_access_block
    if bucket.object_ownership in (None, "BucketOwnerEnforced") or (block is not None and block.ignore_public_acls):
        return None
    statements = [_statement(bucket, grant) for grant in bucket.acl_grants]
    granted = [statement for statement in statements if statement]
    if not granted:
        return None
    text = json.dumps({"Version": "2012-10-17", "Statement": granted}, sort_keys=True)
    return Policy(name="bucket ACL", text=text, origin=bucket.origin)


def _statement(bucket: Bucket, grant: str) -> dict[str, object] | None:
    grantee, _, permission = grant.rpartition(" ")
    actions = _PERMISSIONS.get(permission)
    if actions is None or not grantee.endswith((_EVERYBODY, _AUTHENTICATED)):
        return None
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": list(actions),
        "Resource": [bucket.arn, f"{bucket.arn}/*"],
    }
    if grantee.endswith(_AUTHENTICATED):
        statement["Condition"] = {"Null": {"aws:PrincipalAccount": "false"}}
    return statement
