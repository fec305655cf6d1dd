"""Amazon Bedrock AgentCore: the runtimes that host agents, gateways, memories, browsers and code interpreters.

https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
"""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import agentcore, bedrock
from scenarios.observation.interfaces import placement
from scenarios.observation.reader import Reader, tags

_WHAT, _CONTROL = "bedrock.agent_runtimes", "bedrock-agentcore-control"


def read(reader: Reader) -> dict[str, Any]:
    """All runtimes, in their current versions."""
    found = []
    for item in reader.pages(_WHAT, _CONTROL, "list_agent_runtimes", "agentRuntimes"):
        identifier = item["agentRuntimeId"]
        answer = reader.call(_WHAT, _CONTROL, "get_agent_runtime", identifier, agentRuntimeId=identifier)
        found += [answer] if answer else []
    facts: dict[str, Any] = {"agent_runtimes": reader.each(_WHAT, found, partial(_runtime, reader))}
    if reader.wants("agentcore-gateways"):
        gateways = _all(reader, "gateways", "list_gateways", "items", "gatewayId", "get_gateway", "gatewayIdentifier")
        facts["agent_gateways"] = reader.each("agentcore.gateways", gateways, partial(_gateway, reader))
    if reader.wants("agentcore-memories"):
        memories = _all(reader, "memories", "list_memories", "memories", "id", "get_memory", "memoryId")
        facts["agent_memories"] = reader.each("agentcore.memories", memories, partial(_memory, reader))
    if reader.wants("agentcore-tools"):
        facts["agent_tools"] = _tools(reader)
    return facts


def _all(
    reader: Reader, kind: str, listing: str, member: str, key: str, getting: str, named: str, **narrowed: str
) -> list[dict[str, Any]]:
    """A list operation's items, each read in full."""
    what, found = f"agentcore.{kind}", []
    for item in reader.pages(what, _CONTROL, listing, member, **narrowed):
        answer = reader.call(what, _CONTROL, getting, item[key], **{named: item[key]})
        found += [answer] if answer else []
    return found


def _gateway(reader: Reader, item: dict[str, Any]) -> agentcore.Gateway:
    return agentcore.Gateway(
        gateway_id=item["gatewayId"],
        name=item.get("name", ""),
        arn=item["gatewayArn"],
        authorizer=item.get("authorizerType"),
        kms_key=item.get("kmsKeyArn"),
        origin=reader.origin(item["gatewayArn"]),
    )


def _memory(reader: Reader, answer: dict[str, Any]) -> agentcore.Memory:
    item = answer["memory"]
    return agentcore.Memory(
        memory_id=item["id"],
        name=item.get("name", ""),
        arn=item["arn"],
        kms_key=item.get("encryptionKeyArn"),
        origin=reader.origin(item["arn"]),
    )


def _tools(reader: Reader) -> tuple[Any, ...]:
    """Custom browsers and code interpreters; those of AWS, which every account has, are not among them."""
    own = {"type": "CUSTOM"}
    browsers = _all(
        reader, "browsers", "list_browsers", "browserSummaries", "browserId", "get_browser", "browserId", **own
    )
    interpreters = _all(
        reader,
        "code_interpreters",
        "list_code_interpreters",
        "codeInterpreterSummaries",
        "codeInterpreterId",
        "get_code_interpreter",
        "codeInterpreterId",
        **own,
    )
    return (
        *reader.each("agentcore.browsers", browsers, partial(_tool, reader, "browser", "browser")),
        *reader.each(
            "agentcore.code_interpreters", interpreters, partial(_tool, reader, "code interpreter", "codeInterpreter")
        ),
    )


def _tool(reader: Reader, kind: str, word: str, item: dict[str, Any]) -> agentcore.Tool:
    recording = item.get("recording") or {}
    return agentcore.Tool(
        kind=kind,
        tool_id=item[f"{word}Id"],
        name=item.get("name", ""),
        arn=item[f"{word}Arn"],
        network_mode=(item.get("networkConfiguration") or {}).get("networkMode"),
        recording=bool(recording.get("enabled")),
        recording_bucket=(recording.get("s3Location") or {}).get("bucket"),
        origin=reader.origin(item[f"{word}Arn"]),
    )


def _runtime(reader: Reader, item: dict[str, Any]) -> bedrock.AgentRuntime:
    network = item.get("networkConfiguration") or {}
    place = (network.get("networkModeConfig") or {}) if network.get("networkMode") == "VPC" else {}
    container = (item.get("agentRuntimeArtifact") or {}).get("containerConfiguration") or {}
    return bedrock.AgentRuntime(
        name=item["agentRuntimeName"],
        arn=item["agentRuntimeArn"],
        runtime_id=item["agentRuntimeId"],
        role=item.get("roleArn"),
        placement=placement(place.get("subnets"), place.get("securityGroups")),
        image=container.get("containerUri"),
        environment=tags(item.get("environmentVariables") or {}),
        origin=reader.origin(item["agentRuntimeArn"]),
    )
