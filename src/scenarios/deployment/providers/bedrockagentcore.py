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
simple(
    "AWS::BedrockAgentCore::Gateway",
    "bedrock-agentcore-control",
    "CreateGateway",
    ref="{gatewayId}",
    identity="{gatewayArn}",
    aliases=("{gatewayId}",),
    attributes={
        "GatewayArn": "{gatewayArn}",
        "GatewayIdentifier": "{gatewayId}",
        "GatewayUrl": "{gatewayUrl}",
        "Status": "READY",
    },
)
simple(
    "AWS::BedrockAgentCore::Memory",
    "bedrock-agentcore-control",
    "CreateMemory",
    ref="{memory.arn}",
    identity="{memory.arn}",
    aliases=("{memory.id}",),
    attributes={"MemoryArn": "{memory.arn}", "MemoryId": "{memory.id}", "Status": "ACTIVE"},
)
for _type, _operation, _word in (
    ("BrowserCustom", "CreateBrowser", "browser"),
    ("CodeInterpreterCustom", "CreateCodeInterpreter", "codeInterpreter"),
):
    _name = _word[0].upper() + _word[1:]
    simple(
        f"AWS::BedrockAgentCore::{_type}",
        "bedrock-agentcore-control",
        _operation,
        ref=f"{{{_word}Id}}",
        identity=f"{{{_word}Arn}}",
        attributes={f"{_name}Arn": f"{{{_word}Arn}}", f"{_name}Id": f"{{{_word}Id}}", "Status": "READY"},
        rename={"RecordingConfig": "recording"},
    )
