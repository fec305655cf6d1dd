from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, missing, selectors_origin
from scenarios.trail.calls import Call
from scenarios.trail.fields import Receiver
from scenarios.trail.selectors import logging_trails

_CALLS = tuple(
    Call(name, "s3.amazonaws.com", "Data", ("AWS::S3::Object",)) for name in ("GetObject", "PutObject", "DeleteObject")
)


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=(*TRAIL_TYPES, "AWS::S3::Bucket"),
    remediation="Add an event selector for data events of AWS::S3::Object, reads and writes.",
    controls=(
        "SecurityHub/S3.22",
        "SecurityHub/S3.23",
        "Prowler/cloudtrail_s3_dataevents_read_enabled",
        "Prowler/cloudtrail_s3_dataevents_write_enabled",
    ),
)
def bucket_events_unrecorded(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record who reads and writes the bucket's objects.

    No trail records object-level events by default. Asked of all trails together for a read, a write and a deletion in
    each bucket, but for those that CloudTrail or S3 itself delivers logs to. A template without a trail leaves auditing
    to another stack.

    Source: "Enabling CloudTrail event logging for S3 buckets and objects",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-cloudtrail-logging-for-s3.html
    """
    trails = logging_trails(account.trails)
    trail = culprit(trails)
    if trail is None:
        return
    logs = {one.bucket for one in account.trails} | {bucket.log_bucket for bucket in account.buckets}
    at = selectors_origin(trail)
    for bucket in account.buckets:
        if bucket.name in logs:
            continue
        lost = missing(trails, _CALLS, Receiver(f"{bucket.arn}/", more=True))
        if lost:
            yield violated(at, f"bucket {bucket.name}: {described(lost)}", bucket.origin)
        else:
            yield holds(at, f"object-level events of bucket {bucket.name} are recorded", bucket.origin)
