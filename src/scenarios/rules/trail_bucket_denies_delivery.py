from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import deliver_trail_log, may
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import failing_statement, must_be_allowed
from scenarios.rules.rule import prop, rule, unknown
from scenarios.rules.scope import Scope
from scenarios.rules.trails import DELIVERY_TYPES


@rule(
    severity=Severity.HIGH,
    needs=DELIVERY_TYPES,
    remediation="Let cloudtrail.amazonaws.com call s3:GetBucketAcl on the bucket and s3:PutObject on "
    "PREFIX/AWSLogs/ACCOUNT/*, with aws:SourceArn the trail's ARN.",
)
def trail_bucket_denies_delivery(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The log bucket really lets this trail deliver.

    CloudTrail reads the bucket's ACL and puts objects below `PREFIX/AWSLogs/ACCOUNT/`, both as the service
    `cloudtrail.amazonaws.com` with `aws:SourceArn` the trail. A wrong prefix, account or trail name in the policy, or
    a Deny that does not except the service, and no log file ever arrives.

    Source: "Amazon S3 bucket policy for CloudTrail",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
    """
    for trail in scope.trails:
        bucket = account.bucket(trail.bucket)
        if bucket is None:
            yield unknown(prop(trail, "S3BucketName"), f"bucket {trail.bucket} is not in this account")
            continue
        at = bucket.policy.origin if bucket.policy else bucket.origin
        requests = [request for request in deliver_trail_log(account, trail) if request.action.startswith("s3:")]
        for request, decision in zip(requests, may(account, requests), strict=True):
            yield must_be_allowed(
                decision, failing_statement(decision) or at, f"CloudTrail's {request.action} for trail {trail.name}"
            )
