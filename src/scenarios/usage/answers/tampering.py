"""Changes of what is recorded and of guardrails, and how quiet it was afterwards.

Source: "Log file integrity and trails", and the API references of StopLogging, DeleteTrail, PutEventSelectors
(https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.finding import Severity
from scenarios.usage.answers.notice import Notice
from scenarios.usage.answers.table import Tables
from scenarios.usage.moments import seconds_between, span

_QUIET = 3_600
_STOPPING = {
    "DeleteEventDataStore": "an event data store was deleted",
    "DeleteTrail": "a trail was deleted",
    "StopEventDataStoreIngestion": "an event data store was stopped",
    "StopLogging": "a trail was stopped",
}
_INVOCATIONS = {
    "DeleteModelInvocationLoggingConfiguration": ("deleted", Severity.HIGH),
    "PutModelInvocationLoggingConfiguration": ("changed", Severity.MEDIUM),
}
_GUARDRAILS = {"DeleteGuardrail": ("deleted", Severity.HIGH), "UpdateGuardrail": ("changed", Severity.MEDIUM)}


def tampering(tables: Tables) -> Iterator[Notice]:
    """One finding for each change, the earliest first."""
    for line in sorted(tables["changes"], key=lambda line: (line["event_time"], line["event_id"])):
        told = _told(line)
        if told is None:
            continue
        finding, severity, message = told
        if line["error_code"] is not None:
            finding, severity, message = (
                f"{finding}-attempted",
                Severity.LOW,
                f"refused ({line['error_code']}): {message}",
            )
        elif (quiet := _quiet(line, tables)) is not None:
            message += f"; {quiet}"
        yield Notice(
            finding,
            severity,
            message,
            principal=line["principal"],
            count=line["count"],
            first_seen=line["event_time"],
            last_seen=line["event_time"],
            account=line["account"],
            region=line["region"],
        )


def _told(line: Mapping[str, Any]) -> tuple[str, Severity, str] | None:
    api, details = line["api"], _details(line["details"])
    name = next((str(details[key]) for key in ("name", "trailName", "eventDataStore") if details.get(key)), "")
    said = f" ({name})" if name else ""
    if api in _STOPPING:
        return "logging-stopped", Severity.CRITICAL, _STOPPING[api] + said
    if api in _INVOCATIONS:
        verb, severity = _INVOCATIONS[api]
        return "invocation-logging-changed", severity, f"the logging of model invocations was {verb}"
    if api in _GUARDRAILS:
        verb, severity = _GUARDRAILS[api]
        guardrail = details.get("guardrailIdentifier")
        return "guardrail-changed", severity, f"a guardrail was {verb}" + (f" ({guardrail})" if guardrail else "")
    if api == "PutEventSelectors":
        # Imported where it is needed: an account takes a quarter of a second, and hardly any log holds such a change.
        from scenarios.usage.answers.narrowing import narrowed

        return narrowed(details, said)
    if api in ("UpdateTrail", "UpdateEventDataStore"):
        narrower = details.get("isMultiRegionTrail") is False or details.get("multiRegionEnabled") is False
        how = "records one region only from now on" if narrower else "was changed"
        return "trail-changed", Severity.HIGH if narrower else Severity.MEDIUM, f"a trail{said} {how}"
    return None  # StartLogging mends


def _quiet(line: Mapping[str, Any], tables: Tables) -> str | None:
    """How long no call of Bedrock is recorded in the account after a change."""
    time = line["event_time"]
    hours = [one for one in tables["hours"] if one["account"] == line["account"]]
    if any(one["first_seen"] <= time < one["last_seen"] for one in hours):
        return None  # within an hour that has calls on both sides
    before = [one["last_seen"] for one in hours if one["last_seen"] < time]
    after = [one["first_seen"] for one in hours if one["first_seen"] > time]
    if not after:
        return "no call of Bedrock is recorded after it" if before else None
    gap = seconds_between(time, min(after))
    return f"the next recorded call of Bedrock comes {span(gap)} later" if gap is not None and gap >= _QUIET else None


def _details(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
