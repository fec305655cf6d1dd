"""AWS::Logs."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple


@provider("AWS::Logs::LogGroup")
def log_group(request: Request) -> Created:
    """A log group."""
    properties, client = request.properties, request.client("logs")
    name = str(properties.get("LogGroupName") or request.name(max_length=512))
    given: dict[str, Any] = {"logGroupName": name}
    if properties.get("KmsKeyId"):
        given["kmsKeyId"] = str(properties["KmsKeyId"])
    if properties.get("LogGroupClass"):
        given["logGroupClass"] = str(properties["LogGroupClass"])
    given["tags"] = {str(tag["Key"]): str(tag["Value"]) for tag in properties.get("Tags") or []}
    client.create_log_group(**{key: value for key, value in given.items() if value})
    if "RetentionInDays" in properties:
        client.put_retention_policy(logGroupName=name, retentionInDays=int(properties["RetentionInDays"]))
    stack = request.stack
    arn = f"arn:{stack.partition}:logs:{stack.region}:{stack.account_id}:log-group:{name}"
    return Created(name, {"Arn": f"{arn}:*"}, identity=arn)


@provider("AWS::Logs::ResourcePolicy")
def resource_policy(request: Request) -> Created:
    """A resource policy of CloudWatch Logs."""
    properties = request.properties
    name, document = str(properties["PolicyName"]), properties["PolicyDocument"]
    text = document if isinstance(document, str) else json.dumps(document)
    request.client("logs").put_resource_policy(policyName=name, policyDocument=text)
    identity = f"logs:resource-policy:{name}"
    return Created(name, identity=identity, origins={(identity, "policy"): ("Properties", "PolicyDocument")})


simple(
    "AWS::Logs::LogStream",
    "logs",
    "CreateLogStream",
    ref="{logStreamName}",
    name="logStreamName",
)
simple("AWS::Logs::MetricFilter", "logs", "PutMetricFilter", ref="{filterName}", name="filterName")


@provider("AWS::Logs::SubscriptionFilter")
def subscription_filter(request: Request) -> Created:
    """A subscription filter."""
    properties = request.properties
    name = str(properties.get("FilterName") or request.name())
    given = {
        "logGroupName": str(properties["LogGroupName"]),
        "filterName": name,
        "filterPattern": str(properties.get("FilterPattern", "")),
        "destinationArn": str(properties["DestinationArn"]),
    }
    if "RoleArn" in properties:
        given["roleArn"] = str(properties["RoleArn"])
    properties.ignore("Distribution")
    request.client("logs").put_subscription_filter(**given)
    return Created(name)
