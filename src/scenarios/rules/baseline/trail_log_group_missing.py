from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=TRAIL_TYPES,
    remediation="Set CloudWatchLogsLogGroupArn and CloudWatchLogsRoleArn.",
    controls=("SecurityHub/CloudTrail.5", "Prowler/cloudtrail_cloudwatch_logging_enabled"),
)
def trail_log_group_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trail delivers to CloudWatch Logs too.

    There metric filters and alarms see an event minutes after the call. Whether the delivery works is
    trail-log-group-undelivered's to say.

    Source: "Monitoring CloudTrail Log Files with Amazon CloudWatch Logs",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/monitor-cloudtrail-log-files-with-cloudwatch-logs.html
    """
    for trail in scope.trails:
        at = prop(trail, "CloudWatchLogsLogGroupArn")
        if trail.log_group_arn:
            yield holds(at, f"trail {trail.name} names a log group")
        else:
            yield violated(at, f"trail {trail.name} delivers to no log group")
