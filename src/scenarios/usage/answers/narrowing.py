"""What new event selectors of a trail or an event data store leave out, read from the record of the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.account.trail import Trail
from scenarios.finding import Severity
from scenarios.observation.trail import advanced_selectors, basic_selectors
from scenarios.trail.calls import BEDROCK, CONTROL, INFERENCE, USAGE, Call
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import recorded

_DATA = tuple(call for call in USAGE if call.source == BEDROCK and call.category == "Data")


def narrowed(details: Mapping[str, Any], what: str) -> tuple[str, Severity, str]:
    """The finding, its severity and its message; `what` names the trail or the event data store.

    A record that is too long, or whose parameters CloudTrail left out, has no selectors; a trail without any would
    record every call.
    """
    found = _capital(details)
    try:
        basic, advanced = basic_selectors(found), advanced_selectors(found)
    except (KeyError, TypeError, ValueError, AttributeError):
        basic, advanced = (), ()
    if not (basic or advanced):
        return "trail-changed", Severity.MEDIUM, f"the selectors of {what} were changed; they cannot be read"
    trail = Trail(name="", arn="", bucket="", basic_selectors=basic, advanced_selectors=advanced)
    lost = [call.name for call in (*INFERENCE, *CONTROL) if _extent(trail, call) is not Extent.ALL]
    if lost:
        return "logging-narrowed", Severity.CRITICAL, f"the new selectors of {what} leave out {', '.join(lost)}"
    data = [call.name for call in _DATA if _extent(trail, call) is Extent.NONE]
    message = f"the selectors of {what} were changed; Bedrock's management events stay in"
    message += f", these data events are not: {', '.join(data)}" if data else ""
    return "trail-changed", Severity.LOW, message


def _extent(trail: Trail, call: Call) -> Extent:
    return recorded([trail], call).extent


def _capital(value: Any) -> Any:
    """The parameters as the API names them: a record begins them with a small letter."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _capital(item) for key, item in value.items()}
    return [_capital(item) for item in value] if isinstance(value, list) else value
