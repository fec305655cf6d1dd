from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, selectors_origin
from scenarios.trail.calls import Call
from scenarios.trail.fields import Extent
from scenarios.trail.selectors import logging_trails, recorded


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=(*TRAIL_TYPES, "AWS::EC2::VPCEndpoint"),
    remediation="Add an advanced selector: eventCategory NetworkActivity, eventSource bedrock.amazonaws.com.",
)
def network_activity_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """What a Bedrock endpoint's policy denies is recorded.

    A call that a VPC endpoint policy denies never reaches Bedrock, and so leaves no management event in the account
    that owns the endpoint. Network activity events record it (`errorCode` VpceAccessDenied). Judged where the template
    has a Bedrock endpoint.

    Source: "Logging network activity events",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    endpoint = next((e for e in account.endpoints if ".bedrock" in e.service), None)
    if trail is None or endpoint is None:
        return
    call = Call("InvokeModel", category="NetworkActivity")
    # An errorCode condition is no narrowing here: denied calls are what this rule asks for.
    recording = recorded(trails, call)
    at = selectors_origin(trail)
    if recording.extent is Extent.ALL or recording.narrowed_by == "errorCode":
        yield holds(at, "calls that the Bedrock endpoint denies are recorded", endpoint.origin)
    else:
        yield violated(at, f"calls that endpoint {endpoint.endpoint_id} denies leave no record", endpoint.origin)
