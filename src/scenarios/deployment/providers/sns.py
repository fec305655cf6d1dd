"""AWS::SNS. A web subscription is never made: a topic would call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import document, flag, text
from scenarios.finding import PropertyPath

_ATTRIBUTES = (
    "ArchivePolicy",
    "ContentBasedDeduplication",
    "DisplayName",
    "FifoThroughputScope",
    "KmsMasterKeyId",
    "SignatureVersion",
    "TracingConfig",
)
_SUBSCRIPTION = (
    "DeliveryPolicy",
    "FilterPolicy",
    "FilterPolicyScope",
    "RawMessageDelivery",
    "RedrivePolicy",
    "SubscriptionRoleArn",
)


def _texts(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Attributes as the API takes them: texts, documents as JSON."""
    return {
        key: document(values[key]) if isinstance(values[key], Mapping) else text(values[key])
        for key in names
        if key in values
    }


@provider("AWS::SNS::Topic")
def topic(request: Request) -> Created:
    """A topic with the subscriptions that stand in it."""
    properties, client = request.properties, request.client("sns")
    attributes = _texts(properties, _ATTRIBUTES)
    name = str(properties.get("TopicName") or request.name(max_length=250))
    if flag(properties.get("FifoTopic")):
        attributes["FifoTopic"] = "true"
        name = name if name.endswith(".fifo") else f"{name}.fifo"
    tags = [{"Key": text(tag["Key"]), "Value": text(tag["Value"])} for tag in properties.get("Tags") or []]
    arn = client.create_topic(Name=name, Attributes=attributes, Tags=tags)["TopicArn"]
    for index, item in enumerate(properties.get("Subscription") or []):
        if _calls(item):
            properties.lose(f"Subscription.{index}")
        else:
            client.subscribe(TopicArn=arn, Protocol=text(item["Protocol"]), Endpoint=text(item["Endpoint"]))
    return Created(arn, {"TopicArn": arn, "TopicName": name}, identity=arn)


def _calls(subscription: Mapping[str, Any]) -> bool:
    return text(subscription.get("Protocol", "")).startswith("http")


@provider("AWS::SNS::Subscription")
def subscription(request: Request) -> Created:
    """A subscription; one to a web address is recorded only."""
    properties = request.properties
    if _calls(properties):
        arn = f"{properties.get('TopicArn', '')}:00000000-0000-4000-8000-000000000000"
        return Created(arn, {"Arn": arn}, recorded=True, reason="a web address is never called")
    made = request.client("sns").subscribe(
        TopicArn=text(properties["TopicArn"]),
        Protocol=text(properties["Protocol"]),
        Endpoint=text(properties.get("Endpoint", "")),
        Attributes=_texts(properties, _SUBSCRIPTION),
        ReturnSubscriptionArn=True,
    )
    arn = made["SubscriptionArn"]
    return Created(arn, {"Arn": arn}, identity=arn)


def _put(request: Request, arn: str) -> dict[tuple[str, ...], PropertyPath]:
    """Set a topic's policy."""
    policy = document(request.properties["PolicyDocument"])
    request.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=policy)
    return {(arn, "policy"): ("Properties", "PolicyDocument")}


@provider("AWS::SNS::TopicPolicy")
def topic_policy(request: Request) -> Created:
    """One document on any number of topics."""
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for arn in request.properties["Topics"]:
        origins |= _put(request, str(arn))
    return Created(request.name(), {"Id": request.name()}, origins=origins)


@provider("AWS::SNS::TopicInlinePolicy")
def topic_inline_policy(request: Request) -> Created:
    """The policy of one topic."""
    arn = str(request.properties["TopicArn"])
    return Created(arn, origins=_put(request, arn))
