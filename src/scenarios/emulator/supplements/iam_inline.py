"""IAM: inline policies of any version of the policy language; moto takes only the newest.

`Version` may be left out, and then means 2008-10-17, in which policy variables are plain text
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html).
"""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

from scenarios.emulator.supplements.record import Record, parameters, succeeded

_NEWEST = "2012-10-17"
_ORIGINAL = "scenarios.inline"


def register(events: Any, record: Record) -> None:
    """Let moto see the document as one of the newest version, and show it as it was put."""
    for kind in ("Role", "User", "Group"):
        _kind(events, record, f"{kind}Name", f"{kind}Policy")


def _kind(events: Any, record: Record, holder: str, noun: str) -> None:
    originals = record.of(f"iam.{noun}")

    def dress(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        newest = _dressed(params.get("PolicyDocument"))
        if newest is not None:
            context[_ORIGINAL] = params["PolicyDocument"]
            params["PolicyDocument"] = newest

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        key = f"{asked[holder]}/{asked['PolicyName']}"
        if succeeded(http_response):
            originals.pop(key, None)
            if _ORIGINAL in context:
                originals[key] = {"document": context[_ORIGINAL]}

    def show(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        held = originals.get(f"{asked[holder]}/{asked['PolicyName']}")
        if held and succeeded(http_response):
            parsed["PolicyDocument"] = urllib.parse.quote(held["document"])  # as IAM answers; botocore decodes it

    events.register(f"provide-client-params.iam.Put{noun}", dress)
    events.register(f"after-call.iam.Put{noun}", remember)
    events.register(f"after-call.iam.Get{noun}", show)


def _dressed(text: Any) -> str | None:
    """The document with the newest version; nothing where it needs no other clothes, or is no document at all."""
    try:
        document = json.loads(text)
    except (TypeError, ValueError):
        return None
    if not isinstance(document, dict) or document.get("Version", "2008-10-17") != "2008-10-17":
        return None
    return json.dumps({**document, "Version": _NEWEST})
