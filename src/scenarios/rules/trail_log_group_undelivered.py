from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import ask, assume_role, deliver_trail_events, may
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import failing_statement, must_be_allowed
from scenarios.rules.log_retention_unset import trail_log_group
from scenarios.rules.rule import prop, rule, unknown
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::CloudTrail::Trail", "AWS::Logs::LogGroup", "AWS::IAM::Role", "AWS::IAM::Policy"),
    remediation="Let the role trust cloudtrail.amazonaws.com and grant it logs:CreateLogStream and "
    "logs:PutLogEvents on the log group's streams.",
    controls=("SecurityHub/CloudTrail.5",),
)
def trail_log_group_undelivered(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A trail that names a log group can deliver to it.

    CloudTrail assumes the role that the trail names and writes to a stream called `ACCOUNT_CloudTrail_REGION`. A
    trust policy for another service, or a permission for another group, and alarms on the group stay silent.

    Source: "Role policy document for CloudTrail to use CloudWatch Logs for monitoring",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
    """
    for trail in scope.trails:
        if not trail.log_group_arn:
            continue
        role = account.role(trail.log_group_role)
        if role is None:
            yield unknown(prop(trail, "CloudWatchLogsRoleArn"), f"role {trail.log_group_role} is not in this account")
        elif trail_log_group(account, trail.log_group_arn) is None:
            yield unknown(prop(trail, "CloudWatchLogsLogGroupArn"), f"{trail.log_group_arn} is not in this account")
        else:
            for decision in may(account, assume_role(account, "cloudtrail.amazonaws.com", role, trail.arn)):
                place = failing_statement(decision) or role.trust.origin
                yield must_be_allowed(decision, place, f"CloudTrail assumes {role.name} for {trail.name}")
            policy = role.policies[0].origin if role.policies else role.origin
            for request in deliver_trail_events(account, trail):
                decision = ask(account, request)
                place = failing_statement(decision) or policy
                yield must_be_allowed(decision, place, f"{role.name} calls {request.action}")
