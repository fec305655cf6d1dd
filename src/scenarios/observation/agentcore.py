"""Amazon Bedrock AgentCore: the runtimes that host agents.

https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
"""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import bedrock
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
    return {"agent_runtimes": reader.each(_WHAT, found, partial(_runtime, reader))}


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
