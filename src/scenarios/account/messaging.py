"""Topics and queues."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy


class Topic(Fact):
    """An SNS topic."""

    arn: str
    kms_key: str | None = None
    policy: Policy | None = None


class Queue(Fact):
    """An SQS queue."""

    name: str
    arn: str
    kms_key: str | None = None
    policy: Policy | None = None
