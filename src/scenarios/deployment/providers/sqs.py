"""AWS::SQS."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import text

_PLAIN = ("QueueName", "Tags", "RedrivePolicy", "RedriveAllowPolicy")


@provider("AWS::SQS::Queue")
def queue(request: Request) -> Created:
    """A queue."""
    properties, client = request.properties, request.client("sqs")
    fifo = text(properties.get("FifoQueue", "")).lower() == "true"
    name = str(properties.get("QueueName") or request.name(max_length=75) + (".fifo" if fifo else ""))
    attributes = {key: text(properties[key]) for key in properties if key not in _PLAIN}
    for key in ("RedrivePolicy", "RedriveAllowPolicy"):
        if key in properties:
            value = properties[key]
            attributes[key] = value if isinstance(value, str) else json.dumps(value)
    if not fifo:
        attributes.pop("FifoQueue", None)
    tags = {str(tag["Key"]): str(tag["Value"]) for tag in properties.get("Tags") or []}
    url = client.create_queue(QueueName=name, Attributes=attributes, tags=tags)["QueueUrl"]
    stack = request.stack
    arn = f"arn:{stack.partition}:sqs:{stack.region}:{stack.account_id}:{name}"
    return Created(url, {"Arn": arn, "QueueName": name, "QueueUrl": url}, identity=arn)


@provider("AWS::SQS::QueuePolicy")
def queue_policy(request: Request) -> Created:
    """One document on any number of queues."""
    properties = request.properties
    document: Any = properties["PolicyDocument"]
    policy = document if isinstance(document, str) else json.dumps(document)
    client, stack = request.client("sqs"), request.stack
    origins: dict[tuple[str, ...], tuple[str | int, ...]] = {}
    for url in properties["Queues"]:
        client.set_queue_attributes(QueueUrl=str(url), Attributes={"Policy": policy})
        name = str(url).rpartition("/")[2]
        arn = f"arn:{stack.partition}:sqs:{stack.region}:{stack.account_id}:{name}"
        origins[(arn, "policy")] = ("Properties", "PolicyDocument")
    return Created(request.name(), {"Id": request.name()}, origins=origins)
