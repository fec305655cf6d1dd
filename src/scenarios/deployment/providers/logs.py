"""AWS::Logs."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, document


@provider("AWS::Logs::LogGroup")
def log_group(request: Request) -> Created:
    """A log group; without RetentionInDays its events never expire."""
    properties, client, stack = request.properties, request.client("logs"), request.stack
    given: dict[str, Any] = {}
    if "LogGroupName" not in properties:
        given["logGroupName"] = request.name(max_length=512)
    call(client, "CreateLogGroup", properties, **given)
    name = str(properties.get("LogGroupName") or given["logGroupName"])
    if "RetentionInDays" in properties:
        client.put_retention_policy(logGroupName=name, retentionInDays=int(properties["RetentionInDays"]))
    arn = f"arn:{stack.partition}:logs:{stack.region}:{stack.account_id}:log-group:{name}"
    return Created(name, {"Arn": f"{arn}:*"}, identity=arn, origins={(f"{arn}:*",): ()})


simple(
    "AWS::Logs::ResourcePolicy",
    "logs",
    "PutResourcePolicy",
    ref="{policyName}",
    identity="logs:resource-policy:{policyName}",
    parts={"policy": "PolicyDocument"},
)
simple("AWS::Logs::LogStream", "logs", "CreateLogStream", ref="{logStreamName}", name="logStreamName", max_length=512)
simple(
    "AWS::Logs::MetricFilter",
    "logs",
    "PutMetricFilter",
    ref="{filterName}",
    identity="arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}:metric-filter:{filterName}",
    name="filterName",
    max_length=512,
)
simple(
    "AWS::Logs::SubscriptionFilter",
    "logs",
    "PutSubscriptionFilter",
    ref="{filterName}",
    name="filterName",
    max_length=512,
    more=lambda request: {} if "FilterPattern" in request.properties else {"filterPattern": ""},
)


def _destination(request: Request) -> dict[str, Any]:
    """Where the logs go: a member of its own in the API."""
    arn = request.properties.get("DestinationResourceArn")
    return {"deliveryDestinationConfiguration": {"destinationResourceArn": str(arn)}} if arn else {}


def _destination_policy(request: Request, _: dict[str, Any]) -> None:
    policy = request.properties.sub("DeliveryDestinationPolicy")
    if "DeliveryDestinationPolicy" in policy:
        request.client("logs").put_delivery_destination_policy(
            deliveryDestinationName=str(request.properties["Name"]),
            deliveryDestinationPolicy=document(policy["DeliveryDestinationPolicy"]),
        )
    policy.ignore("DeliveryDestinationName")


simple(
    "AWS::Logs::DeliveryDestination",
    "logs",
    "PutDeliveryDestination",
    ref="{name}",
    identity="{deliveryDestination.arn}",
    attributes={"Arn": "{deliveryDestination.arn}"},
    skip=("DeliveryDestinationPolicy",),
    more=_destination,
    after=_destination_policy,
)
