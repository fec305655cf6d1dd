"""What a model-invocation log says of one call: was there output, and did a guardrail step in?

Source: "Monitor model invocation using CloudWatch Logs and Amazon S3",
https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from scenarios.usage.events.caller import mapping, text
from scenarios.usage.events.row import Outcome

_STOPPED = "guardrail_intervened"
_ACTION = "amazon-bedrock-guardrailAction"
_COUNT = "outputTokenCount"
_ABOUT = frozenset(
    {
        "id",
        "metrics",
        "model",
        "performanceConfig",
        "role",
        "stop",
        "stopReason",
        "stop_reason",
        "trace",
        "type",
        "usage",
    }
    | {"amazon-bedrock-guardrailAction", "amazon-bedrock-invocationMetrics", "amazon-bedrock-trace"}
)
"""What an answer says about itself."""


class Answer(NamedTuple):
    """The outcome of the call of this request id: answered, blocked, or failed where there was no output."""

    request_id: str
    outcome: str


def answer(record: Mapping[str, Any]) -> Answer | None:
    """What a record of the log says; None for one without a request id."""
    request = text(record.get("requestId"))
    return Answer(request, _outcome(record).value) if request else None


def _outcome(record: Mapping[str, Any]) -> Outcome:
    output = mapping(record.get("output"))
    body = _body(output.get("outputBodyJson"))
    if any(_blocked(part) for part in (body if isinstance(body, list) else [body])):
        return Outcome.BLOCKED
    tokens = output.get(_COUNT)
    counted = isinstance(tokens, int | float) and not isinstance(tokens, bool) and tokens > 0
    there = counted or text(output.get("outputBodyS3Path")) is not None or _says(body)
    return Outcome.ANSWERED if there and text(record.get("errorCode")) is None else Outcome.FAILED


def _blocked(part: Any) -> bool:
    found = mapping(part)
    if str(found.get(_ACTION)).upper() == "INTERVENED":
        return True
    reasons = (found.get("stopReason"), found.get("stop_reason"), mapping(found.get("messageStop")).get("stopReason"))
    return any(str(reason).lower() == _STOPPED for reason in reasons)


def _says(value: Any) -> bool:
    """Whether there is anything in a model's answer beside what it says about itself: text, numbers of an embedding."""
    if isinstance(value, dict):
        return any(_says(item) for key, item in value.items() if key not in _ABOUT)
    if isinstance(value, list):
        return any(isinstance(item, int | float) or _says(item) for item in value)
    return isinstance(value, str) and bool(value.strip())


def _body(value: Any) -> Any:
    """The model's answer, which is a text where it is no JSON of the service."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
