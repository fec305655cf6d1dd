"""One record as a row: who, from where, which model, and what became of it."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.usage.events.answer import answer
from scenarios.usage.events.normalise import normalise
from scenarios.usage.events.outcome import outcome
from scenarios.usage.events.row import COLUMNS
from usage.records import ROLE, record

OUTCOMES = [
    ("InvokeModel", None, None, "accepted"),
    ("StartAsyncInvoke", None, None, "queued"),
    ("CreateModelInvocationJob", None, None, "queued"),
    ("StartAsyncInvoke", "ThrottlingException", "Rate exceeded", "throttled"),
    ("InvokeModel", "AccessDenied", None, "denied"),
    ("InvokeModel", "AccessDeniedException", "no identity-based policy allows", "denied"),
    ("InvokeModel", "Client.UnauthorizedOperation", None, "denied"),
    ("InvokeModel", "VpceAccessDenied", None, "denied"),
    ("InvokeModel", "UnrecognizedClientException", None, "denied"),
    ("InvokeModel", "ExpiredTokenException", None, "denied"),
    ("InvokeModel", "ResourceNotFoundException", "Access denied. This Model is marked as Legacy", "denied"),
    ("InvokeModel", "ResourceNotFoundException", "Could not resolve the foundation model", "invalid"),
    ("InvokeModel", "ValidationException", "Access denied", "invalid"),
    ("InvokeModel", "ConflictException", None, "invalid"),
    ("InvokeModel", "TooManyRequestsException", None, "throttled"),
    ("InvokeModel", "ServiceQuotaExceededException", None, "throttled"),
    ("InvokeModel", "ModelTimeoutException", None, "failed"),
    ("InvokeModel", "ModelErrorException", None, "failed"),
    ("InvokeModel", "InternalServerException", None, "failed"),
    ("InvokeModel", "SomethingNew", None, "failed"),
]


@pytest.mark.parametrize(("api", "code", "message", "expected"), OUTCOMES)
def test_an_error_decides_the_outcome(api: str, code: str | None, message: str | None, expected: str) -> None:
    assert outcome(api, code, message) == expected


USER = {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ann", "userName": "ann"}
ROOT = {"type": "Root", "arn": "arn:aws:iam::111122223333:root", "accountId": "111122223333"}
MFA = {"sessionContext": {"attributes": {"mfaAuthenticated": "true"}}}
ROWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a role's session", {}, {"principal": ROLE, "session": "session", "mfa": False, "principal_type": "AssumedRole"}),
    ("a user", {"userIdentity": USER}, {"principal": USER["arn"], "session": None, "mfa": None}),
    ("a user with two factors", {"userIdentity": USER | MFA}, {"principal": USER["arn"], "mfa": True}),
    ("root", {"userIdentity": ROOT}, {"principal": ROOT["arn"], "principal_type": "Root"}),
    (
        "a service",
        {"userIdentity": {"type": "AWSService", "invokedBy": "agents.bedrock.amazonaws.com"}},
        {"principal": "agents.bedrock.amazonaws.com"},
    ),
    ("only an id", {"userIdentity": {"type": "Unknown", "principalId": "X"}}, {"principal": "X"}),
    ("nobody", {"userIdentity": {}}, {"principal": "unknown"}),
    (
        "no mapping",
        {"userIdentity": "x", "requestParameters": [], "additionalEventData": 7},
        {"principal": "unknown", "model": None, "bearer_key": False},
    ),
    (
        "a session without its issuer",
        {"userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::111122223333:assumed-role/App/s/1"}},
        {"principal": ROLE, "session": "1"},
    ),
    (
        "Identity Center alone",
        {"userIdentity": {"type": "IdentityCenterUser", "accountId": "1", "onBehalfOf": {"userId": "u-1"}}},
        {"principal": "u-1", "session": "u-1"},
    ),
    (
        "another account",
        {"userIdentity": {"type": "AWSAccount", "accountId": "444455556666"}},
        {"principal": "444455556666"},
    ),
    ("a call without a name", {"eventName": None}, {"api": "unknown", "kind": "usage"}),
    (
        "numbers for texts",
        {"errorCode": 500, "recipientAccountId": 111122223333, "requestParameters": {"modelId": 17}},
        {"outcome": "failed", "error_code": "500", "account": "111122223333", "model": "17"},
    ),
    ("a model that is none", {"requestParameters": {"modelId": None, "model": "m"}}, {"model": "m"}),
    ("behind Identity Center", {"userIdentity": USER | {"onBehalfOf": {"userId": "u-1"}}}, {"session": "u-1"}),
    ("an address", {}, {"source_kind": "address", "source": "198.51.100.7"}),
    ("an endpoint", {"vpcEndpointId": "vpce-1"}, {"source_kind": "endpoint", "source": "vpce-1"}),
    ("an endpoint that is none", {"vpcEndpointId": "AWS Internal"}, {"source_kind": "address"}),
    (
        "a service's address",
        {"sourceIPAddress": "lambda.amazonaws.com"},
        {"source_kind": "service", "source": "lambda.amazonaws.com"},
    ),
    ("AWS itself", {"sourceIPAddress": "AWS Internal"}, {"source_kind": "service"}),
    ("from nowhere", {"sourceIPAddress": None}, {"source_kind": "unknown", "source": None}),
    (
        "an ARN",
        {"requestParameters": {"modelId": "arn:aws:bedrock:us-east-1::foundation-model/x"}},
        {"model": "arn:aws:bedrock:us-east-1::foundation-model/x"},
    ),
    (
        "mantle",
        {
            "eventSource": "bedrock-mantle.amazonaws.com",
            "eventName": "CreateInference",
            "requestParameters": {"model": "openai.gpt-oss-120b", "callWithBearerToken": True},
        },
        {"service": "bedrock-mantle", "model": "openai.gpt-oss-120b", "bearer_key": True},
    ),
    ("a bearer key", {"additionalEventData": {"callWithBearerToken": True}}, {"bearer_key": True}),
    (
        "re-routed",
        {"additionalEventData": {"inferenceRegion": "us-west-2"}},
        {"region": "us-east-1", "inference_region": "us-west-2"},
    ),
    (
        "an endpoint of SageMaker",
        {"eventSource": "sagemaker.amazonaws.com", "eventName": "InvokeEndpoint", "requestParameters": None},
        {"service": "sagemaker", "api": "InvokeEndpoint", "model": None},
    ),
    ("no category", {"eventCategory": None, "managementEvent": False}, {"category": "Data"}),
    ("neither", {"eventCategory": None, "managementEvent": None}, {"category": None}),
    ("an empty error", {"errorCode": ""}, {"outcome": "accepted", "error_code": None}),
    (
        "a correction",
        {"addendum": {"reason": "UPDATED_DATA", "originalEventID": "e0", "originalRequestID": "r0"}},
        {"amends": "e0", "request_id": "r0"},
    ),
    ("a delay", {"addendum": {"reason": "DELIVERY_DELAY", "originalEventID": "e0"}}, {"amends": None}),
    ("a time of another form", {"eventTime": "2025-01-21 17:49:47.000000000"}, {"event_time": "2025-01-21T17:49:47Z"}),
    (
        "a session in a message",
        {
            "errorCode": "AccessDenied",
            "errorMessage": "User: arn:aws:sts::1:assumed-role/A/i-0 is not authorized to perform: x",
        },
        {"error_message": "User: arn:aws:sts::1:assumed-role/A/* is not authorized to perform: x"},
    ),
    ("no time", {"eventTime": "[REDACTED]"}, {"event_time": "[REDACTED]"}),
    ("China", {"eventSource": "bedrock.amazonaws.com.cn"}, {"service": "bedrock"}),
]


@pytest.mark.parametrize(("changes", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_record_becomes_a_row(changes: dict[str, Any], expected: dict[str, Any]) -> None:
    row = normalise(record(1, **changes))
    assert row is not None
    assert {name: row[COLUMNS.index(name)] for name in expected} == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"eventSource": "s3.amazonaws.com"},
        {"eventSource": "sagemaker.amazonaws.com", "eventName": "CreateEndpoint"},
        {"eventSource": "cloudtrail.amazonaws.com", "eventName": "LookupEvents"},
        {"eventSource": None},
        {"eventSource": "cloudtrail.amazonaws.com", "eventName": None},
        {"eventCategory": "Insight"},
    ],
)
def test_what_is_no_call_of_bedrock_is_left_out(changes: dict[str, Any]) -> None:
    assert normalise(record(1, **changes)) is None


def test_a_record_without_an_id_is_known_by_what_it_says() -> None:
    first, again, other = (normalise(record(number, eventID=None)) for number in (1, 1, 2))
    assert first
    assert again
    assert other
    assert first.event_id == again.event_id != other.event_id


TEXT = {"outputContentType": "application/json", "outputTokenCount": 12, "outputBodyJson": {"stopReason": "end_turn"}}
ANSWERS: list[tuple[str, dict[str, Any], str]] = [
    ("text", TEXT, "answered"),
    ("no tokens", {"outputTokenCount": 0, "outputBodyJson": {"stopReason": "end_turn"}}, "failed"),
    ("Converse stopped", {"outputTokenCount": 9, "outputBodyJson": {"stopReason": "guardrail_intervened"}}, "blocked"),
    ("InvokeModel stopped", {"outputBodyJson": {"amazon-bedrock-guardrailAction": "INTERVENED"}}, "blocked"),
    (
        "nothing stopped",
        {"outputTokenCount": 3, "outputBodyJson": {"amazon-bedrock-guardrailAction": "NONE"}},
        "answered",
    ),
    (
        "a stream stopped",
        {"outputBodyJson": [{"a": 1}, {"messageStop": {"stopReason": "guardrail_intervened"}}]},
        "blocked",
    ),
    ("a text of JSON", {"outputBodyJson": '{"stopReason": "guardrail_intervened"}'}, "blocked"),
    ("an embedding", {"outputTokenCount": 0, "outputBodyJson": {"embedding": [0.1]}}, "answered"),
    ("a large body", {"outputBodyS3Path": "s3://bucket/data/x.json.gz"}, "answered"),
    (
        "text and no tokens",
        {"outputTokenCount": 0, "outputBodyJson": {"output": {"message": {"content": [{"text": "A"}]}}}},
        "answered",
    ),
    (
        "a message of nothing",
        {
            "outputTokenCount": 0,
            "outputBodyJson": {
                "output": {"message": {"content": []}},
                "stopReason": "end_turn",
                "usage": {"outputTokens": 0},
            },
        },
        "failed",
    ),
    ("nothing", {}, "failed"),
    ("an empty body", {"outputBodyJson": {}}, "failed"),
]


@pytest.mark.parametrize(("output", "expected"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_the_invocation_log_says_whether_there_was_an_answer(output: dict[str, Any], expected: str) -> None:
    found = answer({"schemaType": "ModelInvocationLog", "requestId": "r", "output": output})
    assert found is not None
    assert found.outcome == expected


def test_a_log_without_a_request_id_answers_nothing() -> None:
    assert answer({"schemaType": "ModelInvocationLog", "output": TEXT}) is None
