"""AWS::DynamoDB."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.parts import part
from scenarios.deployment.shapes import call, document, flag, text
from scenarios.finding import PropertyPath

_SEPARATE = (
    "PointInTimeRecoverySpecification",
    "ResourcePolicy",
    "SSESpecification",
    "StreamSpecification",
    "TimeToLiveSpecification",
)


@provider("AWS::DynamoDB::Table")
def table(request: Request) -> Created:
    """A table; CloudFormation names the switches of encryption and streams otherwise than the API."""
    properties, client = request.properties, request.client("dynamodb")
    given = {"TableName": str(properties.get("TableName") or request.name(max_length=255)), **_translated(request)}
    made = call(client, "CreateTable", properties, skip=_SEPARATE, **given)["TableDescription"]
    name, arn = made["TableName"], made["TableArn"]
    recovery = properties.sub("PointInTimeRecoverySpecification")
    if flag(recovery.get("PointInTimeRecoveryEnabled")):
        with part(properties, "PointInTimeRecoverySpecification"):
            on = {"PointInTimeRecoveryEnabled": True}
            client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=on)
    lifetime = properties.sub("TimeToLiveSpecification")
    if flag(lifetime.get("Enabled")):
        setting = {"Enabled": True, "AttributeName": text(lifetime["AttributeName"])}
        client.update_time_to_live(TableName=name, TimeToLiveSpecification=setting)
    if "ResourcePolicy" in properties:
        policy = document(properties["ResourcePolicy"].get("PolicyDocument", {}))
        client.put_resource_policy(ResourceArn=arn, Policy=policy)
    origins: dict[tuple[str, ...], PropertyPath] = {
        (arn, name): ("Properties", key)
        for name, key in (("encryption", "SSESpecification"), ("policy", "ResourcePolicy"))
        if key in properties
    }
    attributes = {"Arn": arn, "StreamArn": made.get("LatestStreamArn", "")}
    return Created(name, attributes, identity=arn, origins=origins)


def _translated(request: Request) -> dict[str, Any]:
    properties, made = request.properties, dict[str, Any]()
    if "SSESpecification" in properties:
        encryption = properties["SSESpecification"]
        made["SSESpecification"] = {"Enabled": flag(encryption.get("SSEEnabled"))}
        for key in ("SSEType", "KMSMasterKeyId"):
            if key in encryption:
                made["SSESpecification"][key] = text(encryption[key])
    if "StreamSpecification" in properties:
        view = text(properties["StreamSpecification"].get("StreamViewType", "NEW_AND_OLD_IMAGES"))
        made["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": view}
    return made
