from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore"),
    remediation="Add an AWS::CloudTrail::Trail that is multi-region, logging, and delivers to the prepared bucket.",
    controls=("SecurityHub/CloudTrail.1",),
)
def trail_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A template that prepares for CloudTrail has a trail.

    A bucket policy, key policy or role that names `cloudtrail.amazonaws.com` says that calls are meant to be recorded.
    Without a trail (or an event data store) the account keeps only the event history: 90 days of management events and
    no data events, in no bucket of its own.

    Source: "Working with CloudTrail event history",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
    """
    for trail in scope.trails:
        yield holds(trail.origin, f"trail {trail.name} exists")
    for store in account.event_data_stores:
        yield holds(store.origin, f"event data store {store.name} exists")
    if scope.trails or account.event_data_stores:
        return
    prepared = next((bucket for bucket in account.buckets if _names_cloudtrail(bucket.policy)), None)
    if prepared is not None:
        yield violated(prepared.origin, f"bucket {prepared.name} is prepared for CloudTrail, but there is no trail")
        return
    keys = (key for key in account.keys if _names_cloudtrail(key.policy))
    roles = (role for role in account.roles if _names_cloudtrail(role.trust))
    for fact in (*keys, *roles):
        yield violated(fact.origin, "this is prepared for CloudTrail, but there is no trail")
        return


def _names_cloudtrail(policy: object) -> bool:
    return "cloudtrail.amazonaws.com" in getattr(policy, "text", "")
