"""What new settings of a trail, an event data store or the log of model invocations take away.

Sources: "UpdateTrail", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateTrail.html;
"UpdateEventDataStore", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_UpdateEventDataStore.html;
"LoggingConfig", https://docs.aws.amazon.com/bedrock/latest/APIReference/API_LoggingConfig.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.finding import Severity

Told = tuple[str, Severity, str]
"""A finding, its severity and its message."""

_LESS = {
    "isMultiRegionTrail": "records one region only from now on",
    "multiRegionEnabled": "records one region only from now on",
    "isOrganizationTrail": "leaves out the organisation's other accounts",
    "organizationEnabled": "leaves out the organisation's other accounts",
    "enableLogFileValidation": "has no digests any more",
    "terminationProtectionEnabled": "may be deleted",
}
"""What it means that a setting is switched off."""
_OTHERS = {
    "s3BucketName": "delivers to the bucket {}",
    "s3KeyPrefix": "delivers below {}",
    "kmsKeyId": "encrypts by the key {}",
    "retentionPeriod": "keeps events for {} days",
}
_DELETED = "DeleteModelInvocationLoggingConfiguration"
INVOCATION_CHANGES = frozenset({_DELETED, "PutModelInvocationLoggingConfiguration"})
_DELIVERY = "DataDeliveryEnabled"


def updated(what: str, details: Mapping[str, Any]) -> Told:
    """The finding for UpdateTrail and UpdateEventDataStore; `what` was changed by these parameters."""
    less = [said for key, said in _LESS.items() if details.get(key) is False]
    if details.get("kmsKeyId") == "":
        less.append("is not encrypted by a key of one's own")
    others = [said.format(details[key]) for key, said in _OTHERS.items() if details.get(key)]
    said = "; ".join([*less, *others]) or "was changed"
    return "trail-changed", Severity.HIGH if less else Severity.MEDIUM, f"{what} {said}"


def invocations_changed(api: str, details: Mapping[str, Any]) -> Told:
    """The finding for the log of model invocations: deleted, without some kinds of data, or set."""
    if api == _DELETED:
        return "invocation-logging-changed", Severity.HIGH, "the logging of model invocations was deleted"
    found = details.get("loggingConfig")
    given = found if isinstance(found, dict) else {}
    lost = [key.removesuffix(_DELIVERY) for key, on in sorted(given.items()) if key.endswith(_DELIVERY) and on is False]
    less = f"; it leaves out {', '.join(lost)} data" if lost else ""
    severity = Severity.HIGH if "text" in lost else Severity.MEDIUM
    return "invocation-logging-changed", severity, f"the logging of model invocations was changed{less}"
