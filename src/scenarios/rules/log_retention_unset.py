from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.trail import LogGroup
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope

_LEAST_DAYS = 90


@rule(
    severity=Severity.LOW,
    needs=("AWS::CloudTrail::Trail", "AWS::Logs::LogGroup"),
    remediation=f"Set RetentionInDays to {_LEAST_DAYS} or more, as your policy says.",
)
def log_retention_unset(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trail's log group keeps events for a stated time, at least 90 days.

    Without a retention CloudWatch keeps events for ever, which is a cost and often a breach of policy; with a few days
    an investigation finds nothing: 90 days is what CloudTrail's own event history keeps.

    Source: AWS::Logs::LogGroup, property RetentionInDays,
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
    """
    for trail in scope.trails:
        group = trail_log_group(account, trail.log_group_arn)
        if group is None:
            continue
        at = prop(group, "RetentionInDays")
        if group.retention_days is None:
            yield violated(at, f"log group {group.name} has no retention: nobody decided how long events are kept")
        elif group.retention_days < _LEAST_DAYS:
            yield violated(at, f"log group {group.name} keeps events for {group.retention_days} days only")
        else:
            yield holds(at, f"log group {group.name} keeps events for {group.retention_days} days")


def trail_log_group(account: Account, arn: str | None) -> LogGroup | None:
    """The log group that a trail's ARN names; the ARN ends in `:*`."""
    wanted = (arn or "").removesuffix(":*")
    return next((group for group in account.log_groups if group.arn.removesuffix(":*") == wanted), None)
