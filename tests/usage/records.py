"""Records as CloudTrail writes them, small ones."""

from __future__ import annotations

import gzip
import json
from typing import Any

ROLE = "arn:aws:iam::111122223333:role/App"


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An accepted call of InvokeModel; `changes` replace whole fields, None removes one."""
    made = {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAX:session",
            "arn": "arn:aws:sts::111122223333:assumed-role/App/session",
            "accountId": "111122223333",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "arn": ROLE, "userName": "App"},
                "attributes": {"mfaAuthenticated": "false", "creationDate": "2026-11-01T09:00:00Z"},
            },
        },
        "eventTime": f"2026-11-01T10:{number % 60:02d}:00Z",
        "eventSource": "bedrock.amazonaws.com",
        "eventName": "InvokeModel",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "198.51.100.7",
        "userAgent": "Boto3/1.44",
        "requestParameters": {"modelId": "amazon.nova-pro-v1:0"},
        "responseElements": None,
        "requestID": f"request-{number}",
        "eventID": f"event-{number}",
        "readOnly": True,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": "111122223333",
        "eventCategory": "Management",
    }
    made |= changes
    return {key: value for key, value in made.items() if value is not None or key not in changes}


def delivery(*records: Any, **dump: Any) -> bytes:
    """The bytes of a file before it is packed."""
    return json.dumps({"Records": list(records)}, **({"separators": (",", ":")} | dump)).encode()


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
