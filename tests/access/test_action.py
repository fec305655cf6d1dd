"""Which actions of S3 are about objects."""

from __future__ import annotations

import pytest

from scenarios.access.action import about_objects


@pytest.mark.parametrize(
    ("action", "objects"),
    [
        ("s3:GetObject", True),
        ("S3:PUTOBJECT", True),
        ("s3:AbortMultipartUpload", True),
        ("s3:ListMultipartUploadParts", True),
        ("s3:ReplicateTags", True),
        ("s3:ListBucket", False),
        ("s3:ListBucketMultipartUploads", False),
        ("s3:GetBucketObjectLockConfiguration", False),
        ("s3:CreateAccessPointForObjectLambda", False),
        ("dynamodb:GetObject", False),
    ],
)
def test_actions_about_objects(action: str, objects: bool) -> None:
    assert about_objects(action) is objects
