from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.s3 import Bucket
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.invocation_log_undelivered import prepared
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::Logs::LogGroup", "AWS::IAM::Role", "AWS::IAM::Policy"),
    remediation="Encrypt the invocation log's bucket (SSE-KMS) and log group (KmsKeyId) with a customer managed key.",
    controls=("Prowler/bedrock_model_invocation_logs_encryption_enabled",),
)
def invocation_log_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Where model-invocation logging is prepared, its destinations are encrypted with a customer managed key.

    The log holds every prompt and every answer. CloudFormation has no type for the switch itself, so that the
    destinations are found by the policies that let Bedrock write there.

    Source: "Monitor model invocation using CloudWatch Logs and Amazon S3",
    https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
    """
    groups = {group.name: group for group in account.log_groups}
    for logging, _ in prepared(account):
        bucket, group = account.bucket(logging.bucket), groups.get(logging.log_group or "")
        if bucket is not None:
            yield _judged(prop(bucket, "BucketEncryption"), f"bucket {bucket.name}", _key(bucket))
        if group is not None:
            yield _judged(prop(group, "KmsKeyId"), f"log group {group.name}", group.kms_key)


def _key(bucket: Bucket) -> str | None:
    """The bucket's customer managed key; `aws/s3` is none."""
    encryption = bucket.encryption
    return customer_key(encryption.key) if encryption and encryption.algorithm.startswith("aws:kms") else None


def _judged(at: Origin | None, what: str, key: str | None) -> Judgement:
    if key:
        return holds(at, f"{what} keeps the invocation log encrypted with {key}")
    return violated(at, f"{what} keeps the invocation log without a customer managed key")
