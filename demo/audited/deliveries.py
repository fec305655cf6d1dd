"""The records of calls, and the files in which CloudTrail and Bedrock deliver them.

Sources: "CloudTrail record contents",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html; "CloudTrail
log file names", https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html; "Monitor
model invocation using CloudWatch Logs and Amazon S3",
https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from audited.calls import START, Made, guardrail_of
from audited.stage import Stage
from scenarios.access import Request, all_allowed, deliver_invocation_log, deliver_trail_log, may
from scenarios.trail.calls import USAGE, Call
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import recorded

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_STAMP = "%Y%m%dT%H%MZ"
_CALLS = {call.name: call for call in USAGE}


def deliver(stage: Stage, made: Sequence[Made]) -> None:
    """Deliver what the trail's selectors take, and the log of model invocations, if both services may write there."""
    records = [_record(stage, one) for one in made if _is_recorded(stage, one)]
    logged = [_invocation(stage, one) for one in made if one.call.model is not None and one.error is None]
    account, logging = stage.account, stage.account.invocation_logging
    assert logging is not None
    assert logging.bucket is not None
    _check(stage, deliver_trail_log(account, stage.trail))
    _check(stage, deliver_invocation_log(account, logging))
    place, later = f"AWSLogs/{account.account_id}", START + timedelta(minutes=5)
    name = f"{account.account_id}_CloudTrail_{account.region}_{later:{_STAMP}}_{_identifier('file').hex[:16]}.json.gz"
    _put(
        stage, stage.trail.bucket, f"{place}/CloudTrail/{account.region}/{later:%Y/%m/%d}/{name}", {"Records": records}
    )
    hour = f"{place}/BedrockModelInvocationLogs/{account.region}/{later:%Y/%m/%d/%H}"
    _put(stage, logging.bucket, f"{logging.prefix}/{hour}/{later:%Y%m%dT%H%M%S}000Z_demo.json.gz", *logged)


def _is_recorded(stage: Stage, made: Made) -> bool:
    return recorded([stage.trail], _CALLS[made.call.api]).extent is Extent.ALL


def _check(stage: Stage, requests: Iterable[Request]) -> None:
    decision = all_allowed(may(stage.account, requests))
    assert decision.allowed, decision.why


def _put(stage: Stage, bucket: str, key: str, *lines: dict[str, Any]) -> None:
    """Put a packed file; a bucket with object lock takes none without a checksum."""
    text = "\n".join(json.dumps(line, separators=(",", ":")) for line in lines)
    body = gzip.compress(text.encode(), mtime=0)
    stage.session.client("s3").put_object(Bucket=bucket, Key=key, Body=body, ChecksumAlgorithm="SHA256")


def _record(stage: Stage, made: Made) -> dict[str, Any]:
    account, call, event = stage.account, made.call, _CALLS[made.call.api]
    error = {"errorCode": made.error[0], "errorMessage": made.error[1]} if made.error else {}
    return {
        "eventVersion": "1.11",
        "userIdentity": _identity(stage, made),
        "eventTime": f"{call.time:{_TIME}}",
        "eventSource": event.source,
        "eventName": call.api,
        "awsRegion": account.region,
        "sourceIPAddress": "198.51.100.24",
        "userAgent": "Boto3/1.44.2 md/Botocore#1.44.2",
        **error,
        "requestParameters": _parameters(stage, made),
        "responseElements": None,
        "requestID": str(_identifier(f"request-{made.number}")),
        "eventID": str(_identifier(f"event-{made.number}")),
        "readOnly": True,
        **_resources(stage, made, event),
        "eventType": "AwsApiCall",
        "managementEvent": event.category == "Management",
        "recipientAccountId": account.account_id,
        "eventCategory": event.category,
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256"},
    }


def _identity(stage: Stage, made: Made) -> dict[str, Any]:
    number, role = stage.account.account_id, made.call.role
    issuer = {
        "type": "Role",
        "principalId": f"AROA{role.upper().ljust(17, 'X')}",
        "arn": f"arn:aws:iam::{number}:role/{role}",
        "accountId": number,
        "userName": role,
    }
    return {
        "type": "AssumedRole",
        "principalId": f"{issuer['principalId']}:{role}-session",
        "arn": f"arn:aws:sts::{number}:assumed-role/{role}/{role}-session",
        "accountId": number,
        "sessionContext": {
            "sessionIssuer": issuer,
            "attributes": {"creationDate": f"{START - timedelta(hours=1):{_TIME}}", "mfaAuthenticated": "false"},
        },
    }


def _parameters(stage: Stage, made: Made) -> dict[str, Any]:
    if made.call.model is None:
        _, first, *others = made.call.resource.split("/")
        return {"agentId": first, "agentAliasId": others[-1]}
    guardrail = guardrail_of(stage, made.call)
    found = {"modelId": made.call.model}
    return found | {"guardrailIdentifier": guardrail, "guardrailVersion": "DRAFT"} if guardrail else found


def _resources(stage: Stage, made: Made, event: Call) -> dict[str, Any]:
    """What a data event names; a management event of Bedrock has none."""
    if event.category == "Management":
        return {}
    account = stage.account
    arn = f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:{made.call.resource}"
    return {"resources": [{"accountId": account.account_id, "type": event.resource_types[0], "ARN": arn}]}


def _invocation(stage: Stage, made: Made) -> dict[str, Any]:
    """The line of a call in the log of model invocations."""
    call = made.call
    reason, text = ("guardrail_intervened", "This request is not allowed.") if made.blocked else ("end_turn", "Books.")
    answer = {"output": {"message": {"role": "assistant", "content": [{"text": text}]}}, "stopReason": reason}
    return {
        "timestamp": f"{call.time:{_TIME}}",
        "accountId": stage.account.account_id,
        "identity": {"arn": _identity(stage, made)["arn"]},
        "region": stage.account.region,
        "requestId": str(_identifier(f"request-{made.number}")),
        "operation": call.api,
        "modelId": call.model,
        "input": {
            "inputContentType": "application/json",
            "inputBodyJson": {"messages": [{"role": "user", "content": [{"text": call.prompt}]}]},
            "inputTokenCount": len(call.prompt.split()),
        },
        "output": {
            "outputContentType": "application/json",
            "outputBodyJson": answer,
            "outputTokenCount": 0 if made.blocked else 2,
        },
        "schemaType": "ModelInvocationLog",
        "schemaVersion": "1.0",
    }


def _identifier(name: str) -> uuid.UUID:
    """The same one for the same name."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"scenarios/{name}")
