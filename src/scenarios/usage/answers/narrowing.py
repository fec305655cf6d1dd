"""What new event selectors of a trail leave out, read from the record of PutEventSelectors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.account.trail import Trail
from scenarios.finding import Severity
from scenarios.observation.trail import advanced_selectors, basic_selectors
from scenarios.trail.calls import CONTROL, INFERENCE
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import recorded


def narrowed(details: Mapping[str, Any], said: str) -> tuple[str, Severity, str]:
    """The finding, its severity and its message; `said` names the trail."""
    found = _capital(details)
    try:
        basic, advanced = basic_selectors(found), advanced_selectors(found)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "trail-changed", Severity.MEDIUM, f"the selectors of a trail{said} were changed; they cannot be read"
    trail = Trail(name="", arn="", bucket="", basic_selectors=basic, advanced_selectors=advanced)
    lost = [call.name for call in (*INFERENCE, *CONTROL) if recorded([trail], call).extent is not Extent.ALL]
    if not lost:
        return "trail-changed", Severity.LOW, f"the selectors of a trail{said} were changed; Bedrock's calls stay in"
    return "logging-narrowed", Severity.CRITICAL, f"the new selectors of a trail{said} leave out {', '.join(lost)}"


def _capital(value: Any) -> Any:
    """The parameters as the API names them: a record begins them with a small letter."""
    if isinstance(value, dict):
        return {key[:1].upper() + key[1:]: _capital(item) for key, item in value.items()}
    return [_capital(item) for item in value] if isinstance(value, list) else value
