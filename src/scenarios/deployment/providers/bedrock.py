"""AWS::Bedrock: knowledge bases, guardrails, prompts, flows; agents in `bedrock_agents`."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers import bedrock_agents
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, convert, fit, member, text

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
# A version and an alias name what they are of by its ARN, which the API calls an identifier.
simple(
    "AWS::Bedrock::PromptVersion",
    _AGENT,
    "CreatePromptVersion",
    ref="{arn}",
    identity="{arn}",
    attributes={
        "Arn": "{arn}",
        "PromptId": "{id}",
        "Version": "{version}",
        "Name": "{name}",
        "DefaultVariant": "{defaultVariant}",
        "CustomerEncryptionKeyArn": "{customerEncryptionKeyArn}",
    },
    rename={"PromptArn": "promptIdentifier"},
)
simple(
    "AWS::Bedrock::FlowVersion",
    _AGENT,
    "CreateFlowVersion",
    ref="{FlowArn}|{version}",
    identity="{FlowArn}:{version}",
    attributes={
        "FlowId": "{id}",
        "Version": "{version}",
        "Name": "{name}",
        "Status": "Prepared",
        "ExecutionRoleArn": "{executionRoleArn}",
        "CustomerEncryptionKeyArn": "{customerEncryptionKeyArn}",
    },
    rename={"FlowArn": "flowIdentifier"},
)
simple(
    "AWS::Bedrock::FlowAlias",
    _AGENT,
    "CreateFlowAlias",
    ref="{arn}|{FlowArn}",
    identity="{arn}",
    attributes={"Arn": "{arn}", "Id": "{id}", "FlowId": "{flowId}"},
    rename={"FlowArn": "flowIdentifier"},
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


def _inference(request: Request) -> dict[str, Any]:
    """All that is said of an enforced guardrail, in one member of the API's input."""
    shape = member(request.client("bedrock"), "PutEnforcedGuardrailConfiguration", "guardrailInferenceConfig")
    return {"guardrailInferenceConfig": fit(shape, request.properties)}


simple(
    "AWS::Bedrock::EnforcedGuardrailConfiguration",
    "bedrock",
    "PutEnforcedGuardrailConfiguration",
    ref="{configId}",
    identity="{configId}",
    attributes={"ConfigId": "{configId}", "Owner": "ACCOUNT"},
    more=_inference,
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
