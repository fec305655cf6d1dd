"""AWS::CloudTrail."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import convert, fit, flag, member
from scenarios.finding import PropertyPath

_SELECTORS = ("EventSelectors", "AdvancedEventSelectors", "InsightSelectors")


@provider("AWS::CloudTrail::Trail")
def trail(request: Request) -> Created:
    """A trail, its selectors, and whether it is switched on.

    A trail without selectors records management events, which is CloudTrail's own default
    (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html).
    """
    properties, client = request.properties, request.client("cloudtrail")
    rename = {"TrailName": "Name", "Tags": "TagsList"}
    shape = client.meta.service_model.operation_model("CreateTrail").input_shape
    given = fit(shape, properties, rename, skip=("SnsTopicName",))
    given.setdefault("Name", request.name(max_length=128))
    if properties.get("SnsTopicName"):
        given["SnsTopicName"] = str(properties["SnsTopicName"]).rpartition(":")[2]  # an ARN will do as well
    made = _create(request, given)
    name, arn = made["Name"], made["TrailARN"]
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for key in _SELECTORS:
        if properties.get(key):
            _select(request, name, key)
            part = "insights" if key == "InsightSelectors" else "selectors"
            origins[(arn, part)] = ("Properties", key)
    if flag(properties.get("IsLogging")):
        client.start_logging(Name=name)
    attributes = {"Arn": arn, "SnsTopicArn": made.get("SnsTopicARN", "")}
    return Created(name, attributes, identity=arn, origins=origins)


def _create(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    """Create the trail, whose bucket and topic may be in another account and not in the template.

    The emulator looks for both: the topic is left out and reported; a bucket of that name is there for the moment.
    """
    client = request.client("cloudtrail")
    try:
        made: dict[str, Any] = client.create_trail(**given)
    except client.exceptions.InsufficientSnsTopicPolicyException:
        request.properties.lose("SnsTopicName")
        return _create(request, {key: value for key, value in given.items() if key != "SnsTopicName"})
    except client.exceptions.S3BucketDoesNotExistException:
        s3, place = request.client("s3"), {"Bucket": given["S3BucketName"]}
        region = request.stack.region
        location = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(**place, **location)
        try:
            made = _create(request, given)
        finally:
            s3.delete_bucket(**place)
    return made


def _select(request: Request, name: str, key: str) -> None:
    """Set one kind of selectors; a trail has basic or advanced event selectors, never both."""
    properties, client = request.properties, request.client("cloudtrail")
    operation = "PutInsightSelectors" if key == "InsightSelectors" else "PutEventSelectors"
    value = convert(member(client, operation, key), properties[key], properties.lose, key)
    put = client.put_insight_selectors if key == "InsightSelectors" else client.put_event_selectors
    put(TrailName=name, **{key: value})


simple(
    "AWS::CloudTrail::EventDataStore",
    "cloudtrail",
    "CreateEventDataStore",
    ref="{EventDataStoreArn}",
    identity="{EventDataStoreArn}",
    attributes={"EventDataStoreArn": "{EventDataStoreArn}", "Status": "ENABLED"},
    name="Name",
    max_length=128,
    rename={"IngestionEnabled": "StartIngestion", "Tags": "TagsList"},
    parts={"selectors": "AdvancedEventSelectors"},
)
