"""AWS::BedrockAgentCore."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Request
from scenarios.deployment.providers.simple import simple

_ARN = "{agentRuntimeArn}"


def _protocol(request: Request) -> dict[str, Any]:
    """A text in templates, a mapping in the API."""
    said = request.properties.get("ProtocolConfiguration")
    return {"protocolConfiguration": {"serverProtocol": said}} if isinstance(said, str) else {}


simple(
    "AWS::BedrockAgentCore::Runtime",
    "bedrock-agentcore-control",
    "CreateAgentRuntime",
    ref="{agentRuntimeId}",
    identity=_ARN,
    attributes={
        "AgentRuntimeArn": _ARN,
        "AgentRuntimeId": "{agentRuntimeId}",
        "AgentRuntimeVersion": "{agentRuntimeVersion}",
        "Status": "{status}",
    },
    skip=("ProtocolConfiguration",),
    more=_protocol,
)
