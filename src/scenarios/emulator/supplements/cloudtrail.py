"""CloudTrail: event data stores, which moto lacks, and whether a trail has selectors of its own."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.record import Record, parameters, succeeded

KINDS = (
    Kind(
        "cloudtrail",
        "EventDataStore",
        identity="EventDataStoreId",
        arn="arn:{partition}:cloudtrail:{region}:{account}:eventdatastore/{EventDataStoreId}",
        arn_member="EventDataStoreArn",
        length=32,
        lower=True,
        named=("EventDataStore",),
        fresh={
            "Status": "ENABLED",
            "MultiRegionEnabled": True,
            "OrganizationEnabled": False,
            "RetentionPeriod": 2557,
            "TerminationProtectionEnabled": True,
            "BillingMode": "EXTENDABLE_RETENTION_PRICING",
        },
    ),
)

_DEFAULT = {
    "ReadWriteType": "All",
    "IncludeManagementEvents": True,
    "DataResources": [],
    "ExcludeManagementEventSources": [],
}
"""A trail's selector while nobody gave it one.

https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/get-event-selectors.html
"""


def register(events: Any, record: Record) -> None:
    """Remember which trails got selectors, and say so where trails are described."""
    chosen = record.of("cloudtrail.selectors")

    def remember(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            chosen[parsed["TrailARN"]] = parameters(context)

    def mend(parsed: dict[str, Any], **_: Any) -> None:
        for trail in [*parsed.get("trailList", []), *([parsed["Trail"]] if "Trail" in parsed else [])]:
            trail["HasCustomEventSelectors"] = trail["TrailARN"] in chosen

    def default(parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response) and not parsed.get("EventSelectors") and not parsed.get("AdvancedEventSelectors"):
            parsed["EventSelectors"] = [dict(_DEFAULT)]

    events.register("after-call.cloudtrail.GetEventSelectors", default)
    events.register("after-call.cloudtrail.PutEventSelectors", remember)
    events.register("after-call.cloudtrail.DescribeTrails", mend)
    events.register("after-call.cloudtrail.GetTrail", mend)
