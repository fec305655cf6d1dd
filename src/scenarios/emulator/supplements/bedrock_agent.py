"""Agents for Bedrock: all kinds.

moto has agents and knowledge bases, without guardrails, updates, preparation, tags of their own, or stores other than
two; the other kinds are missing in it. Since they name each other, all are held here.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.missing import Kind, fit
from scenarios.emulator.supplements.record import Answer, Held, Record, answer, parameters, refuse

_SERVICE = "bedrock-agent"
_ARN = "arn:{partition}:bedrock:{region}:{account}"


def _agent(asked: Held) -> Held:
    return {"foundationModel": "", "idleSessionTTLInSeconds": 600} | asked


def _of_flow(asked: Held) -> Held:
    """A flow's alias; the flow may be named by its ARN."""
    return {name: _last(value) if name == "flowIdentifier" else value for name, value in asked.items()}


def _last(value: str) -> str:
    return value.rpartition("/")[2]


def _association(asked: Held) -> Held:
    return {"knowledgeBaseState": "ENABLED"} | asked


KINDS = (
    Kind(
        _SERVICE,
        "Agent",
        identity="agentId",
        arn=_ARN + ":agent/{agentId}",
        arn_member="agentArn",
        fresh={"agentStatus": "NOT_PREPARED", "agentVersion": "DRAFT"},
        mend=_agent,
    ),
    Kind(
        _SERVICE,
        "AgentAlias",
        identity="agentAliasId",
        arn=_ARN + ":agent-alias/{agentId}/{agentAliasId}",
        arn_member="agentAliasArn",
        parents=("agentId",),
        fresh={"agentAliasStatus": "PREPARED", "routingConfiguration": [{"agentVersion": "1"}]},
        list="ListAgentAliases",
    ),
    Kind(
        _SERVICE,
        "AgentActionGroup",
        identity="actionGroupId",
        parents=("agentId", "agentVersion"),
        fresh={"actionGroupState": "ENABLED"},
    ),
    Kind(
        _SERVICE,
        "AgentKnowledgeBase",
        identity="knowledgeBaseId",
        parents=("agentId", "agentVersion"),
        mend=_association,
        create="AssociateAgentKnowledgeBase",
        delete="DisassociateAgentKnowledgeBase",
    ),
    Kind(
        _SERVICE,
        "KnowledgeBase",
        identity="knowledgeBaseId",
        arn=_ARN + ":knowledge-base/{knowledgeBaseId}",
        arn_member="knowledgeBaseArn",
        fresh={"status": "ACTIVE"},
    ),
    Kind(
        _SERVICE,
        "DataSource",
        identity="dataSourceId",
        parents=("knowledgeBaseId",),
        fresh={"status": "AVAILABLE", "dataDeletionPolicy": "DELETE"},
    ),
    Kind(
        _SERVICE,
        "Prompt",
        identity="id",
        arn=_ARN + ":prompt/{id}",
        arn_member="arn",
        named=("promptIdentifier",),
        fresh={"version": "DRAFT"},
        version="promptVersion",
        version_arn=True,
    ),
    Kind(
        _SERVICE,
        "Flow",
        identity="id",
        arn=_ARN + ":flow/{id}",
        arn_member="arn",
        named=("flowIdentifier",),
        fresh={"version": "DRAFT", "status": "NotPrepared"},
        version="flowVersion",
    ),
    Kind(
        _SERVICE,
        "FlowAlias",
        identity="id",
        arn=_ARN + ":flow/{flowId}/alias/{id}",
        arn_member="arn",
        named=("aliasIdentifier",),
        parents=("flowId",),
        renamed={"flowIdentifier": "flowId"},
        filters={"flowIdentifier": "flowId"},
        mend=_of_flow,
        list="ListFlowAliases",
    ),
)


def register(events: Any, record: Record) -> None:
    """Preparing an agent or a flow, and reading a flow's version."""

    def prepare(kind: str, identity: str, status: str, prepared: str) -> Any:
        def handler(model: Any, context: Any, **_: Any) -> Answer:
            asked = parameters(context)
            for made in record.of(f"{_SERVICE}.{kind}").values():
                if asked[identity] in (made.get("agentId"), made.get("id"), made.get("arn")):
                    made[status] = prepared
                    return answer(fit(model.output_shape, made | {"preparedAt": made["updatedAt"]}))
            return refuse("ResourceNotFoundException", f"there is no {kind} {asked[identity]}", 404)

        return handler

    def flow_version(model: Any, context: Any, **_: Any) -> Answer:
        asked = parameters(context)
        for made in record.of(f"{_SERVICE}.Flow").values():
            version = made.get("_versions", {}).get(asked["flowVersion"])
            if version and asked["flowIdentifier"] in (made["id"], made["arn"]):
                return answer(fit(model.output_shape, version))
        return refuse("ResourceNotFoundException", f"there is no version {asked['flowVersion']}", 404)

    events.register(f"before-call.{_SERVICE}.PrepareAgent", prepare("Agent", "agentId", "agentStatus", "PREPARED"))
    events.register(f"before-call.{_SERVICE}.PrepareFlow", prepare("Flow", "flowIdentifier", "status", "Prepared"))
    events.register(f"before-call.{_SERVICE}.GetFlowVersion", flow_version)
