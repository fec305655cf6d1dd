from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision, Request, ask
from scenarios.account import Account
from scenarios.account.s3 import Bucket
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=DATA_TYPES,
    remediation="Set LoggingConfiguration DestinationBucketName, and let logging.s3.amazonaws.com call s3:PutObject in "
    "that bucket's policy.",
    controls=(
        "SecurityHub/S3.9",
        "SecurityHub/CloudTrail.7",
        "CKV_AWS_18",
        "cdk-nag/AwsSolutions-S1",
        "Prowler/s3_bucket_server_access_logging_enabled",
        "Prowler/cloudtrail_logs_s3_bucket_access_logging_enabled",
    ),
)
def bucket_access_logged(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Requests to the bucket are logged, and the logs arrive.

    Server access logs show who read what, also where CloudTrail records no data events. S3 delivers them only where the
    target's policy (or ACL) lets it write at the logs' prefix, and to no bucket that encrypts with a KMS key. Judged
    for every bucket but those that take the logs of others: logging them as well would log its own writing.

    Source: "Logging requests with server access logging",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
    """
    targets = {bucket.log_bucket for bucket in account.buckets}
    for bucket in account.buckets:
        at = prop(bucket, "LoggingConfiguration")
        if bucket.log_bucket is None and bucket.name in targets:
            continue
        target = account.bucket(bucket.log_bucket)
        if bucket.log_bucket is None:
            yield violated(at, f"requests to bucket {bucket.name} are not logged")
        elif target is None:
            yield unknown(at, f"bucket {bucket.log_bucket}, for the logs of {bucket.name}, is not in this account")
        else:
            yield _delivered(bucket, target, _delivery(account, bucket, target))


def _delivered(bucket: Bucket, target: Bucket, decision: Decision) -> Judgement:
    about = (bucket.origin, target.origin, target.policy.origin if target.policy else None)
    at, what = prop(bucket, "LoggingConfiguration"), f"access logs of bucket {bucket.name} in bucket {target.name}"
    by_acl = target.object_ownership != "BucketOwnerEnforced" and any(
        grant.endswith(("s3/LogDelivery WRITE", "s3/LogDelivery FULL_CONTROL")) for grant in target.acl_grants
    )
    if target.encryption is not None and target.encryption.algorithm.startswith("aws:kms"):
        key, hangs = prop(target, "BucketEncryption"), (at, *about)
        return violated(key, f"no {what}: S3 delivers them to no bucket that encrypts with a KMS key", *hangs)
    if decision.allowed or by_acl:
        return holds(at, what, *about, prop(target, "BucketEncryption"))
    if decision.denied:
        return violated(at, f"no {what}: S3 may not write them there, because {decision.why}", *about)
    return unknown(at, f"whether there are {what} is not decided: {decision.why}", *about)


def _delivery(account: Account, bucket: Bucket, target: Bucket) -> Decision:
    source = {"aws:sourcearn": bucket.arn, "aws:sourceaccount": account.account_id}
    objects = f"{target.arn}/{bucket.log_prefix}any-log"
    return ask(account, Request("logging.s3.amazonaws.com", "s3:PutObject", objects, account.account_id, source))
