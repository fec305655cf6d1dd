"""AWS::S3Vectors."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call


@provider("AWS::S3Vectors::VectorBucket")
def vector_bucket(request: Request) -> Created:
    """A vector bucket; Ref gives its ARN."""
    properties, stack = request.properties, request.stack
    name = str(properties.get("VectorBucketName") or request.name(max_length=63, lower=True))
    given: dict[str, Any] = {} if "VectorBucketName" in properties else {"vectorBucketName": name}
    call(request.client("s3vectors"), "CreateVectorBucket", properties, **given)
    arn = f"arn:{stack.partition}:s3vectors:{stack.region}:{stack.account_id}:bucket/{name}"
    return Created(arn, {"VectorBucketArn": arn}, identity=arn)


@provider("AWS::S3Vectors::Index")
def index(request: Request) -> Created:
    """An index of a vector bucket; Ref gives its ARN."""
    properties, stack = request.properties, request.stack
    name = str(properties.get("IndexName") or request.name(max_length=63, lower=True))
    bucket = str(properties.get("VectorBucketArn") or "")
    if not bucket:
        head = f"arn:{stack.partition}:s3vectors:{stack.region}:{stack.account_id}"
        bucket = f"{head}:bucket/{properties.get('VectorBucketName', '')}"
    given: dict[str, Any] = {} if "IndexName" in properties else {"indexName": name}
    call(request.client("s3vectors"), "CreateIndex", properties, **given)
    arn = f"{bucket}/index/{name}"
    return Created(arn, {"IndexArn": arn}, identity=arn)
