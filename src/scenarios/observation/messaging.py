"""Topics and queues."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import messaging
from scenarios.observation.reader import Reader


def read_sns(reader: Reader) -> dict[str, Any]:
    """Topics."""
    listed = reader.pages("sns.topics", "sns", "list_topics", "Topics")
    return {"topics": reader.each("sns.topics", listed, lambda item: _topic(reader, item["TopicArn"]))}


def _topic(reader: Reader, arn: str) -> messaging.Topic:
    found = reader.call("sns.topic", "sns", "get_topic_attributes", arn, TopicArn=arn).get("Attributes", {})
    policy = found.get("Policy")
    return messaging.Topic(
        arn=arn,
        kms_key=found.get("KmsMasterKeyId") or None,
        policy=reader.policy("topic policy", policy, arn, "policy") if policy else None,
        origin=reader.origin(arn),
    )


def read_sqs(reader: Reader) -> dict[str, Any]:
    """Queues."""
    listed = reader.pages("sqs.queues", "sqs", "list_queues", "QueueUrls")
    return {"queues": reader.each("sqs.queues", listed, partial(_queue, reader))}


def _queue(reader: Reader, url: str) -> messaging.Queue | None:
    given = {"QueueUrl": url, "AttributeNames": ["All"]}
    found = reader.call("sqs.queue", "sqs", "get_queue_attributes", url, **given).get("Attributes")
    if found is None:
        return None
    arn, policy = found["QueueArn"], found.get("Policy")
    return messaging.Queue(
        name=arn.rpartition(":")[2],
        arn=arn,
        kms_key=found.get("KmsMasterKeyId") or None,
        policy=reader.policy("queue policy", policy, arn, "policy") if policy else None,
        origin=reader.origin(arn),
    )
