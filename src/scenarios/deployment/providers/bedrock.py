"""AWS::Bedrock."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, convert, flag

_AGENT = "bedrock-agent"


@provider("AWS::Bedrock::Agent")
def agent(request: Request) -> Created:
    """An agent with its action groups and knowledge bases."""
    properties, client = request.properties, request.client(_AGENT)
    made = call(client, "CreateAgent", properties)["agent"]
    identifier, arn = made["agentId"], made["agentArn"]
    model = client.meta.service_model
    origins: dict[tuple[str, ...], tuple[str | int, ...]] = {}
    for index, group in enumerate(properties.get("ActionGroups") or []):
        shape = model.operation_model("CreateAgentActionGroup").input_shape
        given = convert(shape, {key: value for key, value in group.items() if key != "SkipResourceInUseCheckOnDelete"})
        client.create_agent_action_group(agentId=identifier, agentVersion="DRAFT", **given)
        origins[(arn, "action-group", str(group.get("ActionGroupName")))] = ("Properties", "ActionGroups", index)
    for index, base in enumerate(properties.get("KnowledgeBases") or []):
        client.associate_agent_knowledge_base(
            agentId=identifier,
            agentVersion="DRAFT",
            knowledgeBaseId=str(base["KnowledgeBaseId"]),
            description=str(base.get("Description", "knowledge base")),
        )
        origins[(arn, "knowledge-base", str(base["KnowledgeBaseId"]))] = ("Properties", "KnowledgeBases", index)
    properties.ignore("AutoPrepare", "SkipResourceInUseCheckOnDelete", "TestAliasTags")
    attributes = {"AgentId": identifier, "AgentArn": arn, "AgentVersion": "DRAFT", "AgentStatus": "PREPARED"}
    return Created(identifier, attributes, identity=arn, origins=origins)


simple(
    "AWS::Bedrock::AgentAlias",
    _AGENT,
    "CreateAgentAlias",
    ref="{AgentId}|{agentAlias.agentAliasId}",
    identity="{agentAlias.agentAliasArn}",
    attributes={
        "AgentAliasArn": "{agentAlias.agentAliasArn}",
        "AgentAliasId": "{agentAlias.agentAliasId}",
        "AgentAliasStatus": "PREPARED",
    },
)
simple(
    "AWS::Bedrock::KnowledgeBase",
    _AGENT,
    "CreateKnowledgeBase",
    ref="{knowledgeBase.knowledgeBaseId}",
    identity="{knowledgeBase.knowledgeBaseArn}",
    attributes={
        "KnowledgeBaseId": "{knowledgeBase.knowledgeBaseId}",
        "KnowledgeBaseArn": "{knowledgeBase.knowledgeBaseArn}",
        "Status": "ACTIVE",
    },
)
simple(
    "AWS::Bedrock::DataSource",
    _AGENT,
    "CreateDataSource",
    ref="{KnowledgeBaseId}|{dataSource.dataSourceId}",
    identity="{dataSource.dataSourceId}",
    attributes={"DataSourceId": "{dataSource.dataSourceId}", "DataSourceStatus": "AVAILABLE"},
)


@provider("AWS::Bedrock::Guardrail")
def guardrail(request: Request) -> Created:
    """A guardrail."""
    made = call(request.client("bedrock"), "CreateGuardrail", request.properties, **_key(request))
    arn = made["guardrailArn"]
    attributes = {"GuardrailArn": arn, "GuardrailId": made["guardrailId"], "Version": "DRAFT", "Status": "READY"}
    return Created(arn, attributes, identity=arn)


def _key(request: Request) -> dict[str, Any]:
    """CloudFormation says KmsKeyArn where the API says kmsKeyId."""
    arn = request.properties.get("KmsKeyArn")
    return {"kmsKeyId": str(arn)} if arn else {}


simple(
    "AWS::Bedrock::GuardrailVersion",
    "bedrock",
    "CreateGuardrailVersion",
    ref="{guardrailId}|{version}",
    attributes={
        "GuardrailArn": "arn:{partition}:bedrock:{region}:{account}:guardrail/{guardrailId}",
        "Version": "{version}",
        "GuardrailId": "{guardrailId}",
    },
)
simple(
    "AWS::Bedrock::Prompt",
    _AGENT,
    "CreatePrompt",
    ref="{arn}",
    identity="{arn}",
    attributes={"Arn": "{arn}", "Id": "{id}", "Version": "DRAFT"},
)
simple(
    "AWS::Bedrock::ApplicationInferenceProfile",
    "bedrock",
    "CreateInferenceProfile",
    ref="{inferenceProfileArn}",
    identity="{inferenceProfileArn}",
    attributes={
        "InferenceProfileArn": "{inferenceProfileArn}",
        "InferenceProfileId": "{inferenceProfileId}",
        "InferenceProfileIdentifier": "{inferenceProfileArn}",
        "Status": "ACTIVE",
        "Type": "APPLICATION",
    },
)


@provider("AWS::Bedrock::Flow")
def flow(request: Request) -> Created:
    """A flow; a definition that stands in S3 is not fetched."""
    properties = request.properties
    made = call(request.client(_AGENT), "CreateFlow", properties)
    arn = made["arn"]
    if flag(properties.get("AutoPrepare")):
        properties.ignore("AutoPrepare")
    return Created(arn, {"Arn": arn, "Id": made["id"], "Version": "DRAFT", "Status": "Prepared"}, identity=arn)
