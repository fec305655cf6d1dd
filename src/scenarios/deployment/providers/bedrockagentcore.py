"""AWS::BedrockAgentCore: runtimes and what their agents use."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Request
from scenarios.deployment.providers.simple import simple

_CONTROL = "bedrock-agentcore-control"
_ARN = "{agentRuntimeArn}"


def _protocol(request: Request) -> dict[str, Any]:
    """A text in templates, a mapping in the API."""
    said = request.properties.get("ProtocolConfiguration")
    return {"protocolConfiguration": {"serverProtocol": said}} if isinstance(said, str) else {}


simple(
    "AWS::BedrockAgentCore::Runtime",
    _CONTROL,
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
    "AWS::BedrockAgentCore::RuntimeEndpoint",
    _CONTROL,
    "CreateAgentRuntimeEndpoint",
    ref="{agentRuntimeEndpointArn}",
    identity="{agentRuntimeEndpointArn}",
    attributes={
        "AgentRuntimeEndpointArn": "{agentRuntimeEndpointArn}",
        "AgentRuntimeArn": "{agentRuntimeArn}",
        "Id": "{endpointName}",
        "Status": "READY",
    },
)
simple(
    "AWS::BedrockAgentCore::Gateway",
    _CONTROL,
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
    "AWS::BedrockAgentCore::GatewayTarget",
    _CONTROL,
    "CreateGatewayTarget",
    ref="{gatewayIdentifier}|{targetId}",
    attributes={"GatewayArn": "{gatewayArn}", "TargetId": "{targetId}", "Status": "READY"},
)
simple(
    "AWS::BedrockAgentCore::Memory",
    _CONTROL,
    "CreateMemory",
    ref="{memory.arn}",
    identity="{memory.arn}",
    aliases=("{memory.id}",),
    attributes={"MemoryArn": "{memory.arn}", "MemoryId": "{memory.id}", "Status": "ACTIVE"},
)
simple(
    "AWS::BedrockAgentCore::BrowserCustom",
    _CONTROL,
    "CreateBrowser",
    ref="{browserId}",
    identity="{browserArn}",
    attributes={"BrowserArn": "{browserArn}", "BrowserId": "{browserId}", "Status": "READY"},
    rename={"RecordingConfig": "recording"},
)
simple(
    "AWS::BedrockAgentCore::CodeInterpreterCustom",
    _CONTROL,
    "CreateCodeInterpreter",
    ref="{codeInterpreterId}",
    identity="{codeInterpreterArn}",
    attributes={
        "CodeInterpreterArn": "{codeInterpreterArn}",
        "CodeInterpreterId": "{codeInterpreterId}",
        "Status": "READY",
    },
)
simple(
    "AWS::BedrockAgentCore::WorkloadIdentity",
    _CONTROL,
    "CreateWorkloadIdentity",
    ref="{name}",
    identity="{workloadIdentityArn}",
    attributes={"WorkloadIdentityArn": "{workloadIdentityArn}"},
)
