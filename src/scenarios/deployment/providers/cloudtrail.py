"""AWS::CloudTrail."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import convert, flag


@provider("AWS::CloudTrail::Trail")
def trail(request: Request) -> Created:
    """A trail, its selectors, and whether it is switched on."""
    properties, client = request.properties, request.client("cloudtrail")
    name = str(properties.get("TrailName") or request.name(max_length=128))
    given: dict[str, Any] = {"Name": name, "S3BucketName": str(properties["S3BucketName"])}
    texts = ("S3KeyPrefix", "SnsTopicName", "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn")
    given |= {key: str(properties[key]) for key in texts if properties.get(key)}
    if properties.get("KMSKeyId"):
        given["KmsKeyId"] = str(properties["KMSKeyId"])
    flags = {
        "IncludeGlobalServiceEvents": True,
        "IsMultiRegionTrail": False,
        "EnableLogFileValidation": False,
        "IsOrganizationTrail": False,
    }
    given |= {key: flag(properties.get(key), default) for key, default in flags.items()}
    arn = client.create_trail(**given)["TrailARN"]
    _select(request, client, name)
    if flag(properties.get("IsLogging"), default=True):
        client.start_logging(Name=name)
    properties.ignore("Tags")
    attributes = {"Arn": arn, "SnsTopicArn": str(properties.get("SnsTopicName", ""))}
    return Created(name, attributes, identity=arn, origins={(arn, "selectors"): _selectors_path(request)})


def _select(request: Request, client: Any, name: str) -> None:
    """Event selectors: a trail has basic or advanced ones."""
    properties = request.properties
    shape = client.meta.service_model.operation_model("PutEventSelectors").input_shape
    for key in ("EventSelectors", "AdvancedEventSelectors"):
        if properties.get(key):
            client.put_event_selectors(TrailName=name, **{key: convert(shape.members[key], properties[key])})
    if properties.get("InsightSelectors"):
        client.put_insight_selectors(TrailName=name, InsightSelectors=properties["InsightSelectors"])


def _selectors_path(request: Request) -> tuple[str | int, ...]:
    advanced = bool(request.properties.get("AdvancedEventSelectors"))
    return ("Properties", "AdvancedEventSelectors" if advanced else "EventSelectors")


simple(
    "AWS::CloudTrail::EventDataStore",
    "cloudtrail",
    "CreateEventDataStore",
    ref="{EventDataStoreArn}",
    identity="{EventDataStoreArn}",
    attributes={"EventDataStoreArn": "{EventDataStoreArn}", "Status": "ENABLED"},
    name="Name",
)
