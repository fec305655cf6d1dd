from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import deliver_trail_log
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.trails import DELIVERY_TYPES, for_foreign_trail


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=DELIVERY_TYPES,
    remediation="Add a condition: aws:SourceArn equals the trail's ARN (or aws:SourceAccount this account).",
    controls=("Prowler/iam_role_cross_service_confused_deputy_prevention",),
)
def trail_bucket_unscoped(account: Account, scope: Scope) -> Iterator[Judgement]:
    """CloudTrail may use the log bucket for this account's trails only.

    The service acts for every customer. Without `aws:SourceArn` (or SourceAccount) a trail of another account can
    make CloudTrail use this bucket: the confused deputy. Asked with the requests that CloudTrail would make for a
    trail of an unknown account.

    Source: "Amazon S3 bucket policy for CloudTrail",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
    """
    for trail in scope.trails:
        bucket = account.bucket(trail.bucket)
        if bucket is not None:
            at = bucket.policy.origin if bucket.policy else bucket.origin
            requests = [request for request in deliver_trail_log(account, trail) if request.action.startswith("s3:")]
            yield from for_foreign_trail(account, requests, at)
