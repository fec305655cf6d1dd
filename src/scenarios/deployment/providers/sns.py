"""AWS::SNS. Subscriptions are recorded: an http one would be called."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider


@provider("AWS::SNS::Topic")
def topic(request: Request) -> Created:
    """A topic."""
    properties = request.properties
    fifo = str(properties.get("FifoTopic", "")).lower() == "true"
    name = str(properties.get("TopicName") or request.name(max_length=250))
    attributes: dict[str, str] = {}
    for key in ("DisplayName", "KmsMasterKeyId", "SignatureVersion", "TracingConfig"):
        if key in properties:
            attributes[key] = str(properties[key])
    if fifo:
        attributes["FifoTopic"] = "true"
        name = name if name.endswith(".fifo") else f"{name}.fifo"
    tags = [{"Key": str(tag["Key"]), "Value": str(tag["Value"])} for tag in properties.get("Tags") or []]
    arn = request.client("sns").create_topic(Name=name, Attributes=attributes, Tags=tags)["TopicArn"]
    properties.ignore("Subscription")
    return Created(arn, {"TopicArn": arn, "TopicName": name}, identity=arn)


@provider("AWS::SNS::TopicPolicy")
def topic_policy(request: Request) -> Created:
    """One document on any number of topics."""
    properties = request.properties
    document: Any = properties["PolicyDocument"]
    text = document if isinstance(document, str) else json.dumps(document)
    origins: dict[tuple[str, ...], tuple[str | int, ...]] = {}
    for arn in properties["Topics"]:
        request.client("sns").set_topic_attributes(TopicArn=str(arn), AttributeName="Policy", AttributeValue=text)
        origins[(str(arn), "policy")] = ("Properties", "PolicyDocument")
    return Created(request.name(), {"Id": request.name()}, origins=origins)


@provider("AWS::SNS::Subscription")
def subscription(request: Request) -> Created:
    """A subscription, recorded only."""
    arn = f"{request.properties.get('TopicArn', '')}:00000000-0000-4000-8000-000000000000"
    return Created(arn, {"Arn": arn}, recorded=True, reason="subscriptions are not delivered here")
