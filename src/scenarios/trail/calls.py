"""The calls of Bedrock's and SageMaker's APIs as CloudTrail classes them: one table, for rules and for logs.

Management events are recorded unless a selector narrows them; data events only where an advanced event selector
names their resource type.

Sources: "Monitor Amazon Bedrock API calls using CloudTrail"
(https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html) and "Logging data events"
(https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html). The two pages
disagree on prompts: the table of data events has `AWS::Bedrock::PromptVersion`, the Bedrock page
`AWS::Bedrock::Prompt`. `bedrock-mantle`: "Monitor bedrock-mantle API calls using CloudTrail"
(https://docs.aws.amazon.com/bedrock/latest/userguide/logging-cloudtrail-mantle.html); AgentCore: "Enable CloudTrail
data event logging" (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/enabling-cloudtrail-data-event-logging.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Category = Literal["Management", "Data", "NetworkActivity"]

BEDROCK = "bedrock.amazonaws.com"
MANTLE = "bedrock-mantle.amazonaws.com"
AGENTCORE = "bedrock-agentcore.amazonaws.com"
SAGEMAKER = "sagemaker.amazonaws.com"


@dataclass(frozen=True, slots=True)
class Call:
    """One API call as an event: its name, the service that sends it, its category, and for data events the resource
    types of which any one selects it."""

    name: str
    source: str = BEDROCK
    category: Category = "Management"
    resource_types: tuple[str, ...] = ()


INFERENCE = (
    Call("InvokeModel"),
    Call("InvokeModelWithResponseStream"),
    Call("Converse"),
    Call("ConverseStream"),
)
"""Inference itself is a management event; `CreateGuardrail` and all other control-plane calls are likewise."""

CONTROL = (
    Call("DeleteGuardrail"),
    Call("UpdateGuardrail"),
    Call("DeleteModelInvocationLoggingConfiguration"),
    Call("PutModelInvocationLoggingConfiguration"),
)


def _data(resource_types: tuple[str, ...], *names: str, source: str = BEDROCK) -> tuple[Call, ...]:
    return tuple(Call(name, source, "Data", resource_types) for name in names)


_RUNTIME = ("AWS::BedrockAgentCore::Runtime", "AWS::BedrockAgentCore::RuntimeEndpoint")

DATA_BY_RESOURCE: dict[str, tuple[Call, ...]] = {
    "agent": _data(("AWS::Bedrock::AgentAlias",), "InvokeAgent"),
    "knowledge base": _data(("AWS::Bedrock::KnowledgeBase",), "Retrieve", "RetrieveAndGenerate"),
    "flow": _data(("AWS::Bedrock::FlowAlias",), "InvokeFlow"),
    "guardrail": _data(("AWS::Bedrock::Guardrail",), "ApplyGuardrail"),
    "prompt": _data(("AWS::Bedrock::PromptVersion", "AWS::Bedrock::Prompt"), "RenderPrompt"),
    "agent runtime": _data(_RUNTIME, "InvokeAgentRuntime", source=AGENTCORE),
    "gateway": _data(("AWS::BedrockAgentCore::Gateway",), "InvokeGateway", source=AGENTCORE),
    "memory": _data(("AWS::BedrockAgentCore::Memory",), "CreateEvent", "RetrieveMemoryRecords", source=AGENTCORE),
}
"""Data calls by the kind of Bedrock resource that receives them."""

DATA_WITHOUT_RESOURCE: tuple[Call, ...] = (
    *_data(("AWS::Bedrock::InlineAgent",), "InvokeInlineAgent"),
    *_data(
        ("AWS::Bedrock::Model", "AWS::Bedrock::AsyncInvoke"),
        "InvokeModelWithBidirectionalStream",
        "StartAsyncInvoke",
        "GetAsyncInvoke",
    ),
)
"""Data calls that need no resource of one's own; any principal with the permission can make them."""

_MANTLE_TYPES = (
    "AWS::BedrockMantle::Project",
    "AWS::BedrockMantle::CustomizedModel",
    "AWS::BedrockMantle::Reservation",
)

DATA_OF_OTHERS: tuple[Call, ...] = (
    *_data(_MANTLE_TYPES, "CreateInference", "GetInference", "CancelInference", "CountTokens", source=MANTLE),
    *_data(("AWS::BedrockAgentCore::Browser",), "StartBrowserSession", source=AGENTCORE),
    *_data(
        ("AWS::BedrockAgentCore::CodeInterpreter",),
        "StartCodeInterpreterSession",
        "InvokeCodeInterpreter",
        source=AGENTCORE,
    ),
    *_data(
        ("AWS::SageMaker::Endpoint",),
        "InvokeEndpoint",
        "InvokeEndpointAsync",
        "InvokeEndpointWithResponseStream",
        source=SAGEMAKER,
    ),
)
"""Data calls of the services beside Bedrock: its OpenAI-compatible API, AgentCore, and SageMaker's endpoints."""

USAGE: tuple[Call, ...] = (
    *INFERENCE,
    *(call for calls in DATA_BY_RESOURCE.values() for call in calls),
    *DATA_WITHOUT_RESOURCE,
    *DATA_OF_OTHERS,
)
"""Every call by which something is asked of a model, an agent or what serves them."""

CALLED_THROUGH_SAGEMAKER = frozenset(call.name for call in DATA_OF_OTHERS if call.source == SAGEMAKER)
"""SageMaker's calls that ask a model."""

LOGGING_CHANGES = frozenset(
    {
        "DeleteEventDataStore",
        "DeleteModelInvocationLoggingConfiguration",
        "DeleteTrail",
        "PutEventSelectors",
        "PutModelInvocationLoggingConfiguration",
        "StartLogging",
        "StopEventDataStoreIngestion",
        "StopLogging",
        "UpdateEventDataStore",
        "UpdateTrail",
    }
)
"""Calls of CloudTrail and Bedrock that change what is recorded."""

GUARDRAIL_CHANGES = frozenset(
    {
        "DeleteEnforcedGuardrailConfiguration",
        "DeleteGuardrail",
        "PutEnforcedGuardrailConfiguration",
        "UpdateGuardrail",
    }
)
"""Calls of Bedrock that change a guardrail, or which one every call in an account has to pass."""

CHANGES = LOGGING_CHANGES | GUARDRAIL_CHANGES
"""Calls that may hide or open something."""

BEDROCK_TYPES = frozenset(
    {
        "AWS::Bedrock::AgentAlias",
        "AWS::Bedrock::AsyncInvoke",
        "AWS::Bedrock::AutomatedReasoningPolicy",
        "AWS::Bedrock::AutomatedReasoningPolicyVersion",
        "AWS::Bedrock::Blueprint",
        "AWS::Bedrock::DataAutomationInvocation",
        "AWS::Bedrock::DataAutomationProfile",
        "AWS::Bedrock::DataAutomationProject",
        "AWS::Bedrock::FlowAlias",
        "AWS::Bedrock::FlowExecution",
        "AWS::Bedrock::Guardrail",
        "AWS::Bedrock::InlineAgent",
        "AWS::Bedrock::KnowledgeBase",
        "AWS::Bedrock::Model",
        "AWS::Bedrock::Prompt",
        "AWS::Bedrock::PromptVersion",
        "AWS::Bedrock::Session",
        "AWS::Bedrock::Tool",
    }
)
"""The values of `resources.type` that begin with `AWS::Bedrock::`; CloudTrail rejects any other."""
