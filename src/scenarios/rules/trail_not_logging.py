from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES


@rule(
    severity=Severity.CRITICAL,
    needs=TRAIL_TYPES,
    remediation="Set IsLogging to true.",
    controls=("SecurityHub/CloudTrail.1",),
)
def trail_not_logging(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Every trail is switched on.

    A trail with `IsLogging: false` exists and records nothing; everything else about it may look right.

    Source: AWS::CloudTrail::Trail, property IsLogging,
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudtrail-trail.html
    """
    for trail in scope.trails:
        at = prop(trail, "IsLogging")
        if trail.logging is None:
            yield unknown(at, f"the status of trail {trail.name} could not be read")
        elif trail.logging:
            yield holds(at, f"trail {trail.name} is logging")
        else:
            yield violated(at, f"trail {trail.name} is switched off: it records nothing")
