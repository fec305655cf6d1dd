"""AWS::Bedrock: agents and their aliases."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, convert
from scenarios.finding import PropertyPath

_AGENT = "bedrock-agent"
_DRAFT = {"agentVersion": "DRAFT"}

Origins = dict[tuple[str, ...], PropertyPath]


@provider("AWS::Bedrock::Agent")
def agent(request: Request) -> Created:
    """An agent with its action groups and knowledge bases, which the API adds one by one."""
    properties = request.properties
    made = call(request.client(_AGENT), "CreateAgent", properties)["agent"]
    identifier, arn = made["agentId"], made["agentArn"]
    origins: Origins = {(identifier,): (), **_action_groups(request, made), **_knowledge_bases(request, made)}
    # When to prepare a draft, what to check on deletion and how the test alias is tagged show nowhere.
    properties.ignore("AutoPrepare", "SkipResourceInUseCheckOnDelete", "TestAliasTags")
    attributes = {
        "AgentId": identifier,
        "AgentArn": arn,
        "AgentVersion": "DRAFT",
        "AgentStatus": made.get("agentStatus", "NOT_PREPARED"),
    }
    return Created(identifier, attributes, identity=arn, origins=origins)


def _action_groups(request: Request, agent: dict[str, Any]) -> Origins:
    properties, origins = request.properties, Origins()
    for index, group in enumerate(properties.get("ActionGroups") or []):
        given = _input(request, "CreateAgentActionGroup", group, f"ActionGroups.{index}")
        request.client(_AGENT).create_agent_action_group(**{**given, **_DRAFT, "agentId": agent["agentId"]})
        name = str(group.get("ActionGroupName"))
        origins[(agent["agentArn"], "action-group", name)] = ("Properties", "ActionGroups", index)
    return origins


def _knowledge_bases(request: Request, agent: dict[str, Any]) -> Origins:
    properties, origins = request.properties, Origins()
    for index, base in enumerate(properties.get("KnowledgeBases") or []):
        given = _input(request, "AssociateAgentKnowledgeBase", base, f"KnowledgeBases.{index}")
        request.client(_AGENT).associate_agent_knowledge_base(**{**given, **_DRAFT, "agentId": agent["agentId"]})
        place = (agent["agentArn"], "knowledge-base", str(base["KnowledgeBaseId"]))
        origins[place] = ("Properties", "KnowledgeBases", index)
    return origins


def _input(request: Request, operation: str, item: dict[str, Any], path: str) -> dict[str, Any]:
    shape = request.client(_AGENT).meta.service_model.operation_model(operation).input_shape
    words = {key: value for key, value in item.items() if key != "SkipResourceInUseCheckOnDelete"}
    given: dict[str, Any] = convert(shape, words, request.properties.lose, path)
    return given


simple(
    "AWS::Bedrock::AgentAlias",
    _AGENT,
    "CreateAgentAlias",
    ref="{agentId}|{agentAlias.agentAliasId}",
    identity="{agentAlias.agentAliasArn}",
    attributes={
        "AgentAliasArn": "{agentAlias.agentAliasArn}",
        "AgentAliasId": "{agentAlias.agentAliasId}",
        "AgentAliasStatus": "PREPARED",
    },
)
