"""AWS::SQS."""

from __future__ import annotations

from collections.abc import Mapping

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import document, flag, text
from scenarios.finding import PropertyPath

_ATTRIBUTES = (
    "ContentBasedDeduplication",
    "DeduplicationScope",
    "DelaySeconds",
    "FifoThroughputLimit",
    "KmsDataKeyReusePeriodSeconds",
    "KmsMasterKeyId",
    "MaximumMessageSize",
    "MessageRetentionPeriod",
    "ReceiveMessageWaitTimeSeconds",
    "RedriveAllowPolicy",
    "RedrivePolicy",
    "SqsManagedSseEnabled",
    "VisibilityTimeout",
)


@provider("AWS::SQS::Queue")
def queue(request: Request) -> Created:
    """A queue; what CloudFormation has as properties SQS has as attributes, all of them texts."""
    properties, client = request.properties, request.client("sqs")
    fifo = flag(properties.get("FifoQueue"))
    name = str(properties.get("QueueName") or request.name(max_length=75) + (".fifo" if fifo else ""))
    attributes = {"FifoQueue": "true"} if fifo else {}
    for key in _ATTRIBUTES:
        if key in properties:
            value = properties[key]
            attributes[key] = document(value) if isinstance(value, Mapping) else text(value)
    tags = {text(tag["Key"]): text(tag["Value"]) for tag in properties.get("Tags") or []}
    url = client.create_queue(QueueName=name, Attributes=attributes, tags=tags)["QueueUrl"]
    arn = _arn(request, url)
    return Created(url, {"Arn": arn, "QueueName": name, "QueueUrl": url}, identity=arn)


def _arn(request: Request, url: str) -> str:
    shown = request.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return str(shown["Attributes"]["QueueArn"])


def _put(request: Request, url: str) -> dict[tuple[str, ...], PropertyPath]:
    """Set a queue's policy."""
    policy = document(request.properties["PolicyDocument"])
    request.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    return {(_arn(request, url), "policy"): ("Properties", "PolicyDocument")}


@provider("AWS::SQS::QueuePolicy")
def queue_policy(request: Request) -> Created:
    """One document on any number of queues."""
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for url in request.properties["Queues"]:
        origins |= _put(request, str(url))
    return Created(request.name(), {"Id": request.name()}, origins=origins)


@provider("AWS::SQS::QueueInlinePolicy")
def queue_inline_policy(request: Request) -> Created:
    """The policy of one queue."""
    url = str(request.properties["Queue"])
    return Created(url, origins=_put(request, url))
