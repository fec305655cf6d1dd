"""What became of a call, by its error.

Sources: "Troubleshooting Amazon Bedrock API error codes",
https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html; "Common errors",
https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
"""

from __future__ import annotations

from scenarios.usage.events.row import Outcome

QUEUED = frozenset(
    {
        "CreateModelInvocationJob",
        "InvokeDataAutomationAsync",
        "InvokeEndpointAsync",
        "StartAsyncInvoke",
        "StartFlowExecution",
    }
)
"""Calls whose success means only that the work waits."""

DENIED = (
    "accessdenied",
    "expiredtoken",
    "forbidden",
    "incompletesignature",
    "invalidclienttokenid",
    "invalidsignature",
    "missingauthenticationtoken",
    "notauthorized",
    "optinrequired",
    "signaturedoesnotmatch",
    "unauthorized",
    "unrecognizedclient",
    "vpceaccessdenied",
)
THROTTLED = (
    "limitexceeded",
    "provisionedthroughputexceeded",
    "requestlimitexceeded",
    "servicequotaexceeded",
    "slowdown",
    "throttl",
    "toomanyrequests",
)
INVALID = (
    "badrequest",
    "conflict",
    "idempotentparametermismatch",
    "invalid",
    "malformed",
    "missingparameter",
    "notfound",
    "nosuch",
    "resourcenotfound",
    "serialization",
    "unknownoperation",
    "unsupported",
    "validation",
)
NOT_FOUND = "resourcenotfound"


def outcome(api: str, error_code: str | None, error_message: str | None) -> Outcome:
    """What became of a call of `api`.

    A model that may not be used answers ResourceNotFoundException with "Access denied" in the message.
    """
    if error_code is None:
        return Outcome.QUEUED if api in QUEUED else Outcome.ACCEPTED
    code = error_code.lower()
    if _has(code, DENIED) or (NOT_FOUND in code and "access denied" in (error_message or "").lower()):
        return Outcome.DENIED
    if _has(code, THROTTLED):
        return Outcome.THROTTLED
    return Outcome.INVALID if _has(code, INVALID) else Outcome.FAILED


def _has(code: str, words: tuple[str, ...]) -> bool:
    return any(word in code for word in words)
