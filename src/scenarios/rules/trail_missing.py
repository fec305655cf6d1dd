from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.algebra import TRUE
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import for_lack_of, holds, rule, unknown, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trail_destinations import trail_destinations


@rule(
    severity=Severity.HIGH,
    needs=("AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore"),
    remediation="Add an AWS::CloudTrail::Trail that is multi-region, logging, and delivers to the prepared bucket.",
    controls=("SecurityHub/CloudTrail.1",),
)
def trail_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A template that prepares for CloudTrail has a trail.

    A bucket policy, key policy or role that admits `cloudtrail.amazonaws.com` says that calls are meant to be recorded,
    unless its conditions name the trails of other accounts alone. Without a trail (or an event data store) the account
    keeps only the event history: 90 days of management events and no data events, in no bucket of its own.

    Source: "Working with CloudTrail event history",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
    """
    for trail in scope.trails:
        yield holds(trail.origin, f"trail {trail.name} exists")
    for store in account.event_data_stores:
        yield holds(store.origin, f"event data store {store.name} exists")
    if scope.trails or account.event_data_stores:
        return
    destination = next(iter(trail_destinations(account)), None)
    if destination is None:
        return
    at, prepared = destination.fact.origin, f"{destination.what} is prepared for CloudTrail"
    if destination.ours is TRUE:
        said = violated(at, f"{prepared}, but there is no trail", destination.stands_at)
        yield for_lack_of(said, "AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore")
    else:
        why = "; ".join(destination.ours.reasons)
        yield unknown(at, f"{prepared}, but for whose trails is not decided: {why}", destination.stands_at)
