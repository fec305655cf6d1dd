from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, missing, selectors_origin
from scenarios.trail.calls import INFERENCE
from scenarios.trail.selectors import logging_trails


@rule(
    severity=Severity.HIGH,
    needs=TRAIL_TYPES,
    remediation="Record both kinds of events: ReadWriteType All, or no readOnly condition in the advanced selector.",
    controls=("SecurityHub/CloudTrail.1",),
)
def read_events_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record read and write events alike.

    Whether InvokeModel counts as a read differs between AWS's own published events: `readOnly` is false in older ones
    and true in those since 2024. A trail with `ReadWriteType: WriteOnly` (or ReadOnly) may therefore miss every
    inference; only both are safe.

    Source: the event examples of "Monitor Amazon Bedrock API calls using CloudTrail",
    https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    halves = {
        name: recording
        for name, recording in missing(trails, INFERENCE).items()
        if (recording.narrowed_by or "").startswith("readOnly")
    }
    at = selectors_origin(trail)
    if halves:
        yield violated(at, described(halves), calls=sorted(halves))
    else:
        yield holds(at, "no selector splits read from write events", trail.origin)
