from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, missing, selectors_origin
from scenarios.trail.calls import Call
from scenarios.trail.selectors import logging_trails

_CALLS = (
    Call("CreateUser", "iam.amazonaws.com"),
    Call("AssumeRole", "sts.amazonaws.com"),
    Call("RunInstances", "ec2.amazonaws.com"),
    Call("PutBucketPolicy", "s3.amazonaws.com"),
    Call("StopLogging", "cloudtrail.amazonaws.com"),
)
"""Management events of services that no selector can leave out by name (KMS and RDS Data API can be)."""


@rule(
    severity=Severity.HIGH,
    needs=TRAIL_TYPES,
    remediation="Select management events, both read and write ones (ReadWriteType All).",
    controls=("SecurityHub/CloudTrail.1", "Prowler/cloudtrail_multi_region_enabled_logging_management_events"),
)
def trail_management_events(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record every management event, reads and writes.

    A trail with selectors records only what one of them takes: one for data events alone loses who changed what. Asked
    of all trails together for calls of several services, each as a read and as a write.

    Source: "Logging management events",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    at, lost = selectors_origin(trail), missing(trails, _CALLS)
    if lost:
        yield violated(at, described(lost), trail.origin)
    else:
        yield holds(at, "management events are recorded, reads and writes", trail.origin)
