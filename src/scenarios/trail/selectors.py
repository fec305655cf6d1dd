"""Does a trail record a call? Event selectors, evaluated for every event that the call may cause.

An event's `readOnly` cannot be relied on (AWS's own samples of InvokeModel show both values), and its resource's ARN
and caller may be anything; so a call counts as recorded only if it is for both values of `readOnly`, and a selector
that narrows by ARN, caller or the like records it in part. Where the resource is given that receives the call, its ARN
is known. A selector that CloudTrail would refuse records nothing.

Source: "Filtering data events by using advanced event selectors" and the AdvancedFieldSelector reference
(https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scenarios.account.trail import AdvancedSelector, BasicSelector, FieldSelector, Trail
from scenarios.trail.calls import Call
from scenarios.trail.fields import Extent, Receiver, meets, taken
from scenarios.trail.validity import flaw

READ, WRITE = "true", "false"


@dataclass(frozen=True, slots=True)
class Recording:
    """How much is recorded, and what narrows it (a selector's field) where it is not all."""

    extent: Extent
    narrowed_by: str | None = None


def logging_trails(trails: Iterable[Trail]) -> tuple[Trail, ...]:
    """The trails that are switched on; one that is off records nothing, whatever it selects."""
    return tuple(trail for trail in trails if trail.logging is not False)


def recorded(trails: Iterable[Trail], call: Call, receiver: Receiver | None = None) -> Recording:
    """How much of `call` all these trails record together: to whichever resource, or to `receiver` alone."""
    trails = tuple(trails)
    reads, writes = (_best(_trail(trail, call, read_only, receiver) for trail in trails) for read_only in (READ, WRITE))
    if reads.extent is writes.extent:
        return reads
    missing = "read" if reads.extent < writes.extent else "write"
    return Recording(Extent.PART, f"readOnly ({missing} events are left out)")


def _best(recordings: Iterable[Recording]) -> Recording:
    return max(recordings, key=lambda recording: recording.extent, default=Recording(Extent.NONE))


def _trail(trail: Trail, call: Call, read_only: str, receiver: Receiver | None) -> Recording:
    if trail.advanced_selectors:
        return _best(_advanced(selector, call, read_only, receiver) for selector in trail.advanced_selectors)
    if call.category != "Management":
        return _best(_basic_data(selector, call, read_only, receiver) for selector in trail.basic_selectors)
    if not trail.basic_selectors:
        return Recording(Extent.ALL)  # AWS's default: all management events
    return _best(_basic(selector, call, read_only) for selector in trail.basic_selectors)


def _wanted(selector: BasicSelector) -> set[str]:
    return {"ReadOnly": {READ}, "WriteOnly": {WRITE}}.get(selector.read_write, {READ, WRITE})


def _basic_data(selector: BasicSelector, call: Call, read_only: str, receiver: Receiver | None) -> Recording:
    """Basic selectors know S3 objects, Lambda functions and DynamoDB tables, by how their ARNs begin.

    Source: "DataResource", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html
    """
    if read_only not in _wanted(selector):
        return Recording(Extent.NONE)
    values = tuple(one for kind, values in selector.data_resources if kind in call.resource_types for one in values)
    if any(value.rstrip(":").count(":") == _WHOLE_SERVICE for value in values):
        return Recording(Extent.ALL)
    if receiver is None:
        return Recording(Extent.PART, "resources.ARN") if values else Recording(Extent.NONE)
    extent = taken(FieldSelector(field="resources.ARN", starts_with=values), receiver) if values else Extent.NONE
    return Recording(extent, "resources.ARN" if extent is Extent.PART else None)


_WHOLE_SERVICE = 2
"""The colons of `arn:aws:s3`, which stands for every bucket."""


def _basic(selector: BasicSelector, call: Call, read_only: str) -> Recording:
    wanted = _wanted(selector)
    takes = selector.management and read_only in wanted and call.source not in selector.excluded_sources
    return Recording(Extent.ALL if takes else Extent.NONE)


def _advanced(selector: AdvancedSelector, call: Call, read_only: str, receiver: Receiver | None) -> Recording:
    known: dict[str, tuple[str, ...]] = {
        "eventCategory": (call.category,),
        "readOnly": (read_only,),
        "eventSource": (call.source,),
        "eventName": (call.name,),
        "eventType": ("AwsApiCall",),
        "resources.type": call.resource_types,
    }
    if flaw(selector) is not None:
        return Recording(Extent.NONE)
    narrowed: str | None = None
    for field in selector.fields:
        if field.field in known:
            extent = Extent.ALL if any(meets(field, value) for value in known[field.field]) else Extent.NONE
        else:  # the caller and the like: some events pass, nobody can say which
            extent = taken(field, receiver) if receiver and field.field == "resources.ARN" else Extent.PART
        if extent is Extent.NONE:
            return Recording(Extent.NONE, field.field)
        narrowed = field.field if extent is Extent.PART else narrowed
    return Recording(Extent.PART, narrowed) if narrowed else Recording(Extent.ALL)
