from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, missing, selectors_origin
from scenarios.trail.calls import CONTROL, INFERENCE
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import logging_trails


@rule(
    severity=Severity.HIGH,
    needs=TRAIL_TYPES,
    remediation="Add a selector for management events (eventCategory equals Management) that narrows nothing else.",
    controls=("SecurityHub/CloudTrail.1", "Prowler/cloudtrail_bedrock_logging_enabled"),
)
def management_events_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record Bedrock's management events.

    InvokeModel, InvokeModelWithResponseStream, Converse and ConverseStream are management events, as is every
    control-plane call. Once a trail has event selectors, it records management events only where one of them
    takes them. Events that are lost only because of `readOnly` belong to read-events-missing.

    Source: "Monitor Amazon Bedrock API calls using CloudTrail",
    https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    lost = {
        name: recording
        for name, recording in missing(trails, (*INFERENCE, *CONTROL)).items()
        if recording.extent is Extent.NONE or not (recording.narrowed_by or "").startswith("readOnly")
    }
    at = selectors_origin(trail)
    if lost:
        yield violated(at, described(lost), calls=sorted(lost))
    else:
        yield holds(at, "Bedrock's inference and control-plane calls are recorded", trail.origin)
