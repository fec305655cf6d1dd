"""Amazon Bedrock AgentCore, beside the runtimes, which are workloads."""

from __future__ import annotations

from scenarios.account.base import Fact


class Gateway(Fact):
    """A gateway that offers tools to agents; `authorizer` is its AuthorizerType."""

    gateway_id: str
    name: str
    arn: str
    authorizer: str | None = None
    kms_key: str | None = None


class Memory(Fact):
    """A memory, which keeps what agents were told."""

    memory_id: str
    name: str
    arn: str
    kms_key: str | None = None


class Tool(Fact):
    """A custom browser or code interpreter (`kind`: `browser`, `code interpreter`) that agents work with.

    `network_mode` is `VPC`, `SANDBOX` or `PUBLIC`; `recording` tells whether a browser's sessions are recorded, and
    `recording_bucket` where.
    """

    kind: str
    tool_id: str
    name: str
    arn: str
    network_mode: str | None = None
    recording: bool = False
    recording_bucket: str | None = None
