"""S3: a new bucket's defaults, which moto leaves out, and the EventBridge switch and grants, which it loses.

Since January 2023 a new bucket encrypts with SSE-S3, and since April 2023 it blocks public access and has ACLs disabled
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html). What was deleted since stays away,
except for encryption: AWS then goes back to SSE-S3.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Record, parameters, succeeded

_BLOCK = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
_RULE = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}

_DEFAULTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "GetBucketEncryption": ("", "ServerSideEncryptionConfiguration", {"Rules": [_RULE]}),
    "GetPublicAccessBlock": ("DeletePublicAccessBlock", "PublicAccessBlockConfiguration", _BLOCK),
    "GetBucketOwnershipControls": (
        "DeleteBucketOwnershipControls",
        "OwnershipControls",
        {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
    ),
}
"""Reading operation -> the operation that takes the default away, the answer's member, and the default."""


def register(events: Any, record: Record) -> None:
    """Answer for what was set on no bucket with AWS's defaults."""
    for operation, (removal, member, value) in _DEFAULTS.items():
        _default(events, record, operation, removal, member, value)
    _notification(events, record)
    _grants(events, record)


def _default(events: Any, record: Record, operation: str, removal: str, member: str, value: dict[str, Any]) -> None:
    removed = record.of(f"s3.{removal}")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            removed[parameters(context)["Bucket"]] = {}

    def show(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        code = parsed.get("Error", {}).get("Code")
        if code and code != "NoSuchBucket" and parameters(context)["Bucket"] not in removed:
            del parsed["Error"]
            parsed[member] = value
            http_response.status_code = 200  # botocore raises on the status, not on the parsed error

    def forget(context: Any, **_: Any) -> None:
        removed.pop(parameters(context)["Bucket"], None)

    if removal:
        events.register(f"after-call.s3.{removal}", remember)
    events.register("after-call.s3.CreateBucket", forget)
    events.register(f"after-call.s3.{operation}", show)


def _notification(events: Any, record: Record) -> None:
    bridged = record.of("s3.eventbridge")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        bridged.pop(asked["Bucket"], None)
        if succeeded(http_response) and "EventBridgeConfiguration" in asked["NotificationConfiguration"]:
            bridged[asked["Bucket"]] = {}

    def show(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response) and parameters(context)["Bucket"] in bridged:
            parsed["EventBridgeConfiguration"] = {}

    events.register("after-call.s3.PutBucketNotificationConfiguration", remember)
    events.register("after-call.s3.GetBucketNotificationConfiguration", show)


def _grants(events: Any, record: Record) -> None:
    """moto shows the first permission alone of what a canned ACL grants to a group; each is a grant of its own."""

    def split(context: Any, http_response: Any, **_: Any) -> None:
        from moto.s3.models import s3_backends

        bucket = s3_backends[record.account_id][record.partition].buckets.get(parameters(context)["Bucket"])
        if succeeded(http_response) and bucket is not None and bucket.acl is not None:
            grants = bucket.acl.grants
            bucket.acl.grants = [type(each)(each.grantees, [one]) for each in grants for one in each.permissions]

    events.register("after-call.s3.PutBucketAcl", split)
