"""S3: a new bucket's defaults, which moto leaves out, and the EventBridge switch, which it loses.

Since January 2023 a new bucket encrypts with SSE-S3, and since April 2023 it blocks public access and has ACLs
disabled (https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html).
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Record, parameters

_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def register(events: Any, _record: Record) -> None:
    """Answer for what was set on no bucket with AWS's defaults."""
    asked: dict[str, dict[str, dict[str, Any]]] = {}

    def remember(operation: str) -> Any:
        def handler(params: dict[str, Any], **_: Any) -> None:
            asked.setdefault(operation, {})[params["Bucket"]] = params

        return handler

    def default(member: str, value: dict[str, Any]) -> Any:
        def handler(parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
            if "Error" in parsed and parsed["Error"].get("Code") != "NoSuchBucket":
                del parsed["Error"]
                parsed[member] = value
                http_response.status_code = 200  # botocore raises on the status, not on the parsed error

        return handler

    def notification(parsed: dict[str, Any], context: Any, **_: Any) -> None:
        put = asked.get("PutBucketNotificationConfiguration", {}).get(parameters(context)["Bucket"], {})
        if "EventBridgeConfiguration" in put.get("NotificationConfiguration", {}):
            parsed["EventBridgeConfiguration"] = {}

    events.register(
        "provide-client-params.s3.PutBucketNotificationConfiguration", remember("PutBucketNotificationConfiguration")
    )
    events.register("after-call.s3.GetBucketNotificationConfiguration", notification)
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
    events.register(
        "after-call.s3.GetBucketEncryption", default("ServerSideEncryptionConfiguration", {"Rules": [rule]})
    )
    block = dict.fromkeys(_BLOCK, True)
    events.register("after-call.s3.GetPublicAccessBlock", default("PublicAccessBlockConfiguration", block))
    ownership = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    events.register("after-call.s3.GetBucketOwnershipControls", default("OwnershipControls", ownership))
