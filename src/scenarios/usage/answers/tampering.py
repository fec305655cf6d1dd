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
from scenarios.usage.answers.settings import INVOCATION_CHANGES, invocations_changed, updated
from scenarios.usage.answers.table import Tables
from scenarios.usage.moments import seconds_between, span
from scenarios.usage.wanted import Wanted

_QUIET = 3_600
_STOPPING = {
    "DeleteEventDataStore": "an event data store was deleted",
    "DeleteTrail": "a trail was deleted",
    "StopEventDataStoreIngestion": "an event data store was stopped",
    "StopLogging": "a trail was stopped",
}
_GUARDRAILS = {
    "DeleteEnforcedGuardrailConfiguration": ("is no longer enforced", Severity.HIGH),
    "DeleteGuardrail": ("was deleted", Severity.HIGH),
    "PutEnforcedGuardrailConfiguration": ("is enforced in another way", Severity.MEDIUM),
    "UpdateGuardrail": ("was changed", Severity.MEDIUM),
}
_SELECTING = {
    "PutEventSelectors": "a trail",
    "UpdateEventDataStore": "an event data store",
    "UpdateTrail": "a trail",
}


def tampering(tables: Tables, wanted: Wanted) -> Iterator[Notice]:
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
        elif (quiet := _quiet(line, tables, wanted)) is not None:
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
    if api in INVOCATION_CHANGES:
        return invocations_changed(api, details)
    if api in _GUARDRAILS:
        verb, severity = _GUARDRAILS[api]
        guardrail = details.get("guardrailIdentifier")
        return "guardrail-changed", severity, f"a guardrail {verb}" + (f" ({guardrail})" if guardrail else "")
    return _selected(api, said, details) if api in _SELECTING else None  # StartLogging mends


def _selected(api: str, said: str, details: Mapping[str, Any]) -> tuple[str, Severity, str]:
    """Of new settings and new selectors, which UpdateEventDataStore sets at once, what takes more away."""
    what = _SELECTING[api] + said
    settings = [] if api == "PutEventSelectors" else [updated(what, details)]
    if not settings or details.get("advancedEventSelectors"):
        # Imported where it is needed: an account takes a quarter of a second, and hardly any log holds such a change.
        from scenarios.usage.answers.narrowing import narrowed

        settings.insert(0, narrowed(details, what))
    return min(settings, key=lambda told: list(Severity).index(told[1]))


def _quiet(line: Mapping[str, Any], tables: Tables, wanted: Wanted) -> str | None:
    """How long no call of Bedrock is recorded in the account after a change.

    Where the account calls nothing itself, its trail may be that of an organisation. Nobody knows where only some
    callers or models were asked about.
    """
    if wanted.principals or wanted.models:
        return None
    time = line["event_time"]
    hours = [one for one in tables["hours"] if one["account"] == line["account"]] or tables["hours"]
    if any(one["first_seen"] <= time < one["last_seen"] for one in hours):
        return None  # within an hour that has calls on both sides
    before = any(one["first_seen"] < time for one in hours)
    after = [one["first_seen"] for one in hours if one["first_seen"] > time]
    if not after:
        until = f", until {wanted.until}" if wanted.until else ""
        return f"no call of Bedrock is recorded after it{until}" if before else None
    gap = seconds_between(time, min(after))
    return f"the next recorded call of Bedrock comes {span(gap)} later" if gap is not None and gap >= _QUIET else None


def _details(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
