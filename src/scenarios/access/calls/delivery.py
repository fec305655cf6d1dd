"""Deliveries that AWS services make by themselves: trail logs, model-invocation logs and flow logs.

| delivery | authorisations of the service |
|---|---|
| CloudTrail to S3 | `s3:GetBucketAcl` on the bucket, `s3:PutObject` on `prefix/AWSLogs/account/*`, for the trail |
| the same, encrypted | also `kms:GenerateDataKey` (context `aws:cloudtrail:arn`), `kms:DescribeKey` on its key |
| CloudTrail to a log group | `logs:CreateLogStream`, `logs:PutLogEvents` on its stream, by the trail's role |
| Bedrock to S3 | `s3:PutObject` on `prefix/AWSLogs/account/BedrockModelInvocationLogs/*` |
| flow logs to a log group | `logs:CreateLogStream`, `logs:PutLogEvents` on its stream, by the flow log's role |
| flow logs to S3 | `s3:GetBucketAcl` on the bucket, `s3:PutObject` on `folder/AWSLogs/account/*`, by delivery.logs |
| the same, encrypted | also `kms:GenerateDataKey` on its key |

Sources: "Amazon S3 bucket policy for CloudTrail",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html; "Configure
AWS KMS key policies for CloudTrail",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html; "Monitor model
invocation using CloudWatch Logs and Amazon S3",
https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html; "IAM role for publishing flow logs
to CloudWatch Logs", https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html; "Amazon S3 bucket
permissions for flow logs", https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
"""

from __future__ import annotations

from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.bedrock import InvocationLogging
from scenarios.account.network import FlowLog
from scenarios.account.trail import Trail

CLOUDTRAIL = "cloudtrail.amazonaws.com"
BEDROCK = "bedrock.amazonaws.com"
FLOW_LOGS = "vpc-flow-logs.amazonaws.com"
LOG_DELIVERY = "delivery.logs.amazonaws.com"


def deliver_trail_log(account: Account, trail: Trail) -> tuple[Request, ...]:
    """What CloudTrail asks for to deliver the trail's log files."""
    source = {"aws:sourcearn": trail.arn, "aws:sourceaccount": account.account_id}
    bucket = f"arn:{account.partition}:s3:::{trail.bucket}"
    place = "/".join(part for part in ((trail.prefix or "").strip("/"), "AWSLogs", account.account_id) if part)
    log = f"{bucket}/{place}/CloudTrail/{account.region}/any.json.gz"
    acl = {"s3:x-amz-acl": "bucket-owner-full-control"}
    owner = _bucket_owner(account, trail.bucket)
    requests = [
        Request(CLOUDTRAIL, "s3:GetBucketAcl", bucket, owner, source),
        Request(CLOUDTRAIL, "s3:PutObject", log, owner, source | acl),
    ]
    if trail.kms_key is not None:
        context = source | {"kms:encryptioncontext:aws:cloudtrail:arn": trail.arn}
        key = account.key(trail.kms_key)
        arn = key.arn if key else trail.kms_key
        requests += [
            Request(CLOUDTRAIL, "kms:GenerateDataKey", arn, None, context),
            Request(CLOUDTRAIL, "kms:DescribeKey", arn, None, source),
        ]
    return tuple(complete(account, request) for request in requests)


def deliver_trail_events(account: Account, trail: Trail) -> tuple[Request, ...]:
    """What the trail's role is asked for to write to its log group; nothing where the trail names none of them."""
    role = account.role(trail.log_group_role)
    if trail.log_group_arn is None or trail.log_group_role is None:
        return ()
    principal = role.arn if role else trail.log_group_role
    group = trail.log_group_arn.removesuffix(":*")
    stream = f"{group}:log-stream:{account.account_id}_CloudTrail_{account.region}"
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    return tuple(complete(account, Request(principal, action, stream, account.account_id)) for action in actions)


def deliver_invocation_log(account: Account, logging: InvocationLogging) -> tuple[Request, ...]:
    """What model-invocation logging asks for: Bedrock's own write to the bucket, the role's to the log group."""
    requests: list[Request] = []
    if logging.bucket is not None:
        prefix = (logging.prefix or "").strip("/")
        place = "/".join(part for part in (prefix, "AWSLogs", account.account_id, "BedrockModelInvocationLogs") if part)
        arn = f"arn:{account.partition}:s3:::{logging.bucket}/{place}/{account.region}/any.json.gz"
        source = {
            "aws:sourceaccount": account.account_id,
            "aws:sourcearn": f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:any",
        }
        requests.append(Request(BEDROCK, "s3:PutObject", arn, _bucket_owner(account, logging.bucket), source))
    if logging.log_group is not None and logging.role is not None:
        head = f"arn:{account.partition}:logs:{account.region}:{account.account_id}:log-group:{logging.log_group}"
        stream = f"{head}:log-stream:aws/bedrock/modelinvocations"
        role = account.role(logging.role)
        principal = role.arn if role else logging.role
        requests += [
            Request(principal, action, stream, account.account_id)
            for action in ("logs:CreateLogStream", "logs:PutLogEvents")
        ]
    return tuple(complete(account, request) for request in requests)


def deliver_flow_log(account: Account, log: FlowLog) -> tuple[Request, ...]:
    """What a flow log's role is asked for to write to its log group, or log delivery to write to its bucket; nothing
    for other destinations."""
    if log.destination is None:
        return ()
    if log.kind == "s3":
        return tuple(complete(account, request) for request in _flow_log_file(account, log.destination))
    if log.kind != "cloud-watch-logs" or log.role is None:
        return ()
    named = log.destination.removesuffix(":*")
    head = f"arn:{account.partition}:logs:{account.region}:{account.account_id}:log-group:"
    stream = f"{named if named.startswith('arn:') else head + named}:log-stream:eni-0123456789abcdef0-all"
    role = account.role(log.role)
    principal = role.arn if role else log.role
    actions = ("logs:CreateLogStream", "logs:PutLogEvents")
    return tuple(complete(account, Request(principal, action, stream, account.account_id)) for action in actions)


def _flow_log_file(account: Account, destination: str) -> tuple[Request, ...]:
    name, _, folder = destination.partition(":::")[2].partition("/")
    arn, owner = f"arn:{account.partition}:s3:::{name}", _bucket_owner(account, name)
    place = "/".join(part for part in (folder.strip("/"), "AWSLogs", account.account_id) if part)
    source = {
        "aws:sourceaccount": account.account_id,
        "aws:sourcearn": f"arn:{account.partition}:logs:{account.region}:{account.account_id}:any",
    }
    acl = {"s3:x-amz-acl": "bucket-owner-full-control"}
    log = f"{arn}/{place}/vpcflowlogs/{account.region}/any.log.gz"
    requests = (
        Request(LOG_DELIVERY, "s3:GetBucketAcl", arn, owner, source),
        Request(LOG_DELIVERY, "s3:PutObject", log, owner, source | acl),
    )
    bucket = account.bucket(name)
    encryption = bucket.encryption if bucket else None
    if encryption is None or encryption.key is None or not encryption.algorithm.startswith("aws:kms"):
        return requests
    key = account.key(encryption.key)
    return *requests, Request(LOG_DELIVERY, "kms:GenerateDataKey", key.arn if key else encryption.key, None, source)


def _bucket_owner(account: Account, name: str) -> str | None:
    return account.account_id if account.bucket(name) else None
