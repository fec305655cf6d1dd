from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.trail import AdvancedSelector
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES
from scenarios.trail.calls import BEDROCK_TYPES
from scenarios.trail.validity import flaw


@rule(
    severity=Severity.HIGH,
    needs=TRAIL_TYPES,
    remediation="Write one selector for each resource type, with a value of CloudTrail's table of data events.",
)
def selector_type_invalid(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Every advanced selector is one that CloudTrail takes, with a Bedrock resource type that it knows.

    A selector names one `eventCategory` and, for data events, one `resources.type`, both by `Equals`: with two of them,
    or with another operator, CloudTrail refuses it. There is no wildcard either: `AWS::Bedrock::*`, or the name of a
    CloudFormation type such as `AWS::Bedrock::Agent`, is rejected or selects nothing.

    Source: the table of "Logging data events",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html,
    and the AdvancedFieldSelector reference,
    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
    """
    for trail in scope.trails:
        for index, selector in enumerate(trail.advanced_selectors):
            at = prop(trail, "AdvancedEventSelectors", index)
            named = _types(selector)
            if refused := flaw(selector):
                yield violated(at, f"CloudTrail refuses the selector: {refused}")
                continue
            if not named:
                continue
            wrong = [value for value in named if value not in BEDROCK_TYPES]
            if wrong:
                yield violated(at, f"CloudTrail knows no resource type {', '.join(wrong)}", types=wrong)
            else:
                yield holds(at, f"CloudTrail knows {', '.join(named)}")


def _types(selector: AdvancedSelector) -> list[str]:
    """The Bedrock resource types that a selector names."""
    return [
        value
        for field in selector.fields
        if field.field == "resources.type"
        for value in field.equals
        if value.startswith("AWS::Bedrock::") or "*" in value
    ]
