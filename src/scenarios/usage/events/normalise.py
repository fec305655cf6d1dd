"""A CloudTrail record, decoded, as a row; None for one that has nothing to do with Bedrock."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from scenarios.trail.calls import CALLED_THROUGH_SAGEMAKER, CHANGES, LOGGING_CHANGES
from scenarios.usage.events.caller import UNKNOWN, caller, mapping, scalar, text, where
from scenarios.usage.events.outcome import outcome
from scenarios.usage.events.row import Kind, Row

NAMED = "/[^/ ]+ is not authorized"
UNNAMED = "/* is not authorized"
"""The caller's session in a message, of which there are many; who it was is in other columns."""
_NAMED = re.compile(NAMED)
_OTHER_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|\+00:00)?$")
_SUFFIXES = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")
MOST_MESSAGE = 1024
MOST_DETAILS = 20_000
MODELS = ("modelId", "model", "modelArn", "modelIdentifier", "inferenceProfileArn")


def kind_of(source: str, name: str) -> Kind | None:
    """Why an event of this source and name is kept, if it is."""
    if source.startswith("bedrock"):
        return Kind.USAGE
    if source.startswith(("sagemaker", "runtime.sagemaker")):
        return Kind.USAGE if name in CALLED_THROUGH_SAGEMAKER else None
    return Kind.LOGGING if source.startswith("cloudtrail.") and name in LOGGING_CHANGES else None


def normalise(record: Mapping[str, Any]) -> Row | None:
    """The row of one record."""
    source, api = text(record.get("eventSource")), text(record.get("eventName")) or UNKNOWN
    kind = kind_of(source, api) if source else None
    if source is None or kind is None or record.get("eventCategory") == "Insight":
        return None
    who, whence = caller(mapping(record.get("userIdentity"))), where(record)
    request, extra = mapping(record.get("requestParameters")), mapping(record.get("additionalEventData"))
    addendum = mapping(record.get("addendum"))
    amends = text(addendum.get("originalEventID")) if addendum.get("reason") == "UPDATED_DATA" else None
    error_code, error_message = text(record.get("errorCode")), text(record.get("errorMessage"))
    return Row(
        kind=kind.value,
        event_id=text(record.get("eventID")) or _digest(record),
        event_time=_time(text(record.get("eventTime")) or ""),
        account=_account(record),
        region=text(record.get("awsRegion")),
        service=_service(source),
        api=api,
        category=text(record.get("eventCategory")) or _category(record),
        principal=who.principal,
        principal_type=who.type,
        session=who.session,
        mfa=who.mfa,
        source_kind=whence.kind,
        source=whence.name,
        model=_model(request),
        inference_region=scalar(extra.get("inferenceRegion")),
        outcome=outcome(api, error_code, error_message).value,
        error_code=error_code,
        error_message=_NAMED.sub(UNNAMED, error_message[:MOST_MESSAGE]) if error_message else None,
        request_id=text(addendum.get("originalRequestID")) or text(record.get("requestID")),
        bearer_key=_is_true(extra.get("callWithBearerToken")) or _is_true(request.get("callWithBearerToken")),
        user_agent=text(record.get("userAgent")),
        copies=text(record.get("sharedEventID")),
        amends=amends,
        details=json.dumps(request, sort_keys=True)[:MOST_DETAILS] if api in CHANGES and request else None,
    )


def _time(text: str) -> str:
    """The time as CloudTrail writes it; tools that keep records write it in other ways."""
    if len(text) == len("2026-11-27T10:00:00Z") and text[10] == "T":
        return text
    found = _OTHER_TIME.match(text)
    return f"{found[1]}T{found[2]}Z" if found else text


def _service(source: str) -> str:
    for suffix in _SUFFIXES:
        if source.endswith(suffix):
            return source.removesuffix(suffix)
    return source


def _account(record: Mapping[str, Any]) -> str | None:
    return text(record.get("recipientAccountId")) or text(mapping(record.get("userIdentity")).get("accountId"))


def _category(record: Mapping[str, Any]) -> str | None:
    managed = record.get("managementEvent")
    return ("Management" if managed else "Data") if isinstance(managed, bool) else None


def _model(request: Mapping[str, Any]) -> str | None:
    return next((found for name in MODELS if (found := scalar(request.get(name)))), None)


def _is_true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _digest(record: Mapping[str, Any]) -> str:
    """An id for a record that has none: equal records are one event."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:32]
