"""AWS::Bedrock: knowledge bases, guardrails, prompts, flows; agents in `bedrock_agents`."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers import bedrock_agents
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, convert, member, text

__all__ = ["bedrock_agents"]

_AGENT = "bedrock-agent"

simple(
    "AWS::Bedrock::KnowledgeBase",
    _AGENT,
    "CreateKnowledgeBase",
    ref="{knowledgeBase.knowledgeBaseId}",
    identity="{knowledgeBase.knowledgeBaseArn}",
    aliases=("{knowledgeBase.knowledgeBaseId}",),
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
    ref="{knowledgeBaseId}|{dataSource.dataSourceId}",
    identity="{dataSource.dataSourceId}",
    attributes={"DataSourceId": "{dataSource.dataSourceId}", "DataSourceStatus": "AVAILABLE"},
)
simple(
    "AWS::Bedrock::Guardrail",
    "bedrock",
    "CreateGuardrail",
    ref="{guardrailArn}",
    identity="{guardrailArn}",
    aliases=("{guardrailId}",),
    attributes={
        "GuardrailArn": "{guardrailArn}",
        "GuardrailId": "{guardrailId}",
        "Version": "DRAFT",
        "Status": "READY",
    },
    rename={"KmsKeyArn": "kmsKeyId"},
)
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
    aliases=("{id}",),
    attributes={"Arn": "{arn}", "Id": "{id}", "Version": "DRAFT"},
)
simple(
    "AWS::Bedrock::ApplicationInferenceProfile",
    "bedrock",
    "CreateInferenceProfile",
    ref="{inferenceProfileArn}",
    identity="{inferenceProfileArn}",
    aliases=("{inferenceProfileId}",),
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
    properties, client = request.properties, request.client(_AGENT)
    given: dict[str, Any] = {}
    if "DefinitionString" in properties:
        shape = member(client, "CreateFlow", "definition")
        given["definition"] = convert(shape, _definition(request), properties.lose, "DefinitionString")
    made = call(client, "CreateFlow", properties, **given)
    arn = made["arn"]
    attributes = {"Arn": arn, "Id": made["id"], "Version": "DRAFT", "Status": "Prepared"}
    return Created(arn, attributes, identity=arn, origins={(made["id"],): ()})


def _definition(request: Request) -> Any:
    """The definition's text with its substitutions made, parsed.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrock-flow.html
    """
    written = text(request.properties["DefinitionString"])
    for name, value in (request.properties.get("DefinitionSubstitutions") or {}).items():
        written = written.replace("${" + name + "}", text(value))
    return json.loads(written)
