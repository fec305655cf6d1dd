"""Amazon Bedrock."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import bedrock
from scenarios.observation.reader import Reader, tags

_AGENT = "bedrock-agent"


def read_agents(reader: Reader) -> dict[str, Any]:
    """Knowledge bases, data sources, agents, flows and prompts."""
    bases = _all(reader, "knowledge_bases", "list_knowledge_bases", "knowledgeBaseSummaries", "get_knowledge_base",
                 "knowledgeBaseId", "knowledgeBase")  # fmt: skip
    agents = _all(reader, "agents", "list_agents", "agentSummaries", "get_agent", "agentId", "agent")
    sources, aliases = [], []
    for base in bases:
        sources += _data_sources(reader, base["knowledgeBaseId"])
    for agent in agents:
        what, key = "bedrock.agent_aliases", {"agentId": agent["agentId"]}
        listed = reader.pages(what, _AGENT, "list_agent_aliases", "agentAliasSummaries", **key)
        aliases += [{**item, **key} for item in listed]
    return {
        "knowledge_bases": reader.each("bedrock.knowledge_bases", bases, partial(_knowledge_base, reader)),
        "data_sources": reader.each("bedrock.data_sources", sources, partial(_data_source, reader)),
        "agents": reader.each("bedrock.agents", agents, partial(_agent, reader)),
        "agent_aliases": reader.each("bedrock.agent_aliases", aliases, partial(_alias, reader)),
        "flows": reader.each("bedrock.flows", _flows(reader), partial(_flow, reader)),
        "prompts": reader.each("bedrock.prompts", _prompts(reader), partial(_prompt, reader)),
    }


def _all(
    reader: Reader, name: str, listing: str, member: str, getting: str, key: str, inside: str
) -> list[dict[str, Any]]:
    what = f"bedrock.{name}"
    found = []
    for item in reader.pages(what, _AGENT, listing, member):
        answer = reader.call(what, _AGENT, getting, item[key], **{key: item[key]}).get(inside)
        found += [answer] if answer else []
    return found


def _data_sources(reader: Reader, base: str) -> list[dict[str, Any]]:
    what, found = "bedrock.data_sources", []
    for item in reader.pages(what, _AGENT, "list_data_sources", "dataSourceSummaries", knowledgeBaseId=base):
        key = {"knowledgeBaseId": base, "dataSourceId": item["dataSourceId"]}
        answer = reader.call(what, _AGENT, "get_data_source", item["dataSourceId"], **key).get("dataSource")
        found += [answer] if answer else []
    return found


def _knowledge_base(reader: Reader, item: dict[str, Any]) -> bedrock.KnowledgeBase:
    vector = (item.get("knowledgeBaseConfiguration") or {}).get("vectorKnowledgeBaseConfiguration") or {}
    supplemental = (vector.get("supplementalDataStorageConfiguration") or {}).get("storageLocations", [])
    storage = item.get("storageConfiguration") or {}
    arns = ("collectionArn", "resourceArn", "indexArn", "vectorBucketArn", "domainArn", "credentialsSecretArn")
    configured = next((value for value in storage.values() if isinstance(value, dict)), {})
    return bedrock.KnowledgeBase(
        knowledge_base_id=item["knowledgeBaseId"],
        name=item.get("name", ""),
        arn=item["knowledgeBaseArn"],
        role=item.get("roleArn", ""),
        embedding_model=vector.get("embeddingModelArn"),
        storage_type=storage.get("type"),
        storage_arn=next((configured[name] for name in arns if name in configured), None),
        storage_index=configured.get("vectorIndexName"),
        supplemental_uris=tuple(place["s3Location"]["uri"] for place in supplemental if "s3Location" in place),
        tags=tags(item.get("tags")),
        origin=reader.origin(item["knowledgeBaseArn"]),
    )


def _data_source(reader: Reader, item: dict[str, Any]) -> bedrock.DataSource:
    configuration = item.get("dataSourceConfiguration") or {}
    s3 = configuration.get("s3Configuration") or {}
    ingestion = (item.get("vectorIngestionConfiguration") or {}).get("customTransformationConfiguration") or {}
    steps = [step.get("transformationFunction", {}) for step in ingestion.get("transformations", [])]
    functions = [step.get("transformationLambdaConfiguration", {}).get("lambdaArn") for step in steps]
    return bedrock.DataSource(
        data_source_id=item["dataSourceId"],
        knowledge_base_id=item["knowledgeBaseId"],
        name=item.get("name", ""),
        kind=configuration.get("type", "S3"),
        bucket_arn=s3.get("bucketArn"),
        bucket_owner=s3.get("bucketOwnerAccountId"),
        prefixes=tuple(s3.get("inclusionPrefixes") or ()),
        kms_key=(item.get("serverSideEncryptionConfiguration") or {}).get("kmsKeyArn"),
        transformation_lambdas=tuple(arn for arn in functions if arn),
        intermediate_bucket_uri=(ingestion.get("intermediateStorage") or {}).get("s3Location", {}).get("uri"),
        origin=reader.origin(item["dataSourceId"]),
    )


def _agent(reader: Reader, item: dict[str, Any]) -> bedrock.Agent:
    identifier, arn = item["agentId"], item["agentArn"]
    guardrail = item.get("guardrailConfiguration") or {}
    version = {"agentId": identifier, "agentVersion": "DRAFT"}
    groups = []
    for listed in reader.pages(
        "bedrock.agent.groups", _AGENT, "list_agent_action_groups", "actionGroupSummaries", **version
    ):
        key = {**version, "actionGroupId": listed["actionGroupId"]}
        operation = "get_agent_action_group"
        answer = reader.call("bedrock.agent.groups", _AGENT, operation, identifier, **key).get("agentActionGroup")
        groups += [answer] if answer else []
    bases = reader.pages(
        "bedrock.agent.knowledge_bases", _AGENT, "list_agent_knowledge_bases", "agentKnowledgeBaseSummaries", **version
    )
    return bedrock.Agent(
        agent_id=identifier,
        name=item.get("agentName", ""),
        arn=arn,
        role=item.get("agentResourceRoleArn"),
        foundation_model=item.get("foundationModel"),
        kms_key=item.get("customerEncryptionKeyArn"),
        guardrail=guardrail.get("guardrailIdentifier"),
        guardrail_version=guardrail.get("guardrailVersion"),
        action_groups=tuple(_action_group(reader, arn, group) for group in groups),
        knowledge_bases=tuple(base["knowledgeBaseId"] for base in bases),
        tags=tags(item.get("tags")),
        origin=reader.origin(arn),
    )


def _action_group(reader: Reader, agent: str, item: dict[str, Any]) -> bedrock.ActionGroup:
    schema = (item.get("apiSchema") or {}).get("s3") or {}
    name = item.get("actionGroupName", "")
    return bedrock.ActionGroup(
        name=name,
        lambda_arn=(item.get("actionGroupExecutor") or {}).get("lambda"),
        schema_bucket=schema.get("s3BucketName"),
        schema_key=schema.get("s3ObjectKey"),
        origin=reader.origin(agent, "action-group", name),
    )


def _alias(reader: Reader, item: dict[str, Any]) -> bedrock.AgentAlias:
    arn = item.get("agentAliasArn", "")
    return bedrock.AgentAlias(
        agent_id=item["agentId"],
        alias_id=item["agentAliasId"],
        name=item.get("agentAliasName", ""),
        arn=arn,
        origin=reader.origin(arn),
    )


def _flows(reader: Reader) -> list[dict[str, Any]]:
    listed = reader.pages("bedrock.flows", _AGENT, "list_flows", "flowSummaries")
    answers = [
        reader.call("bedrock.flows", _AGENT, "get_flow", item["id"], flowIdentifier=item["id"]) for item in listed
    ]
    return [answer for answer in answers if answer]


def _flow(reader: Reader, item: dict[str, Any]) -> bedrock.Flow:
    return bedrock.Flow(
        flow_id=item["id"],
        name=item.get("name", ""),
        arn=item["arn"],
        role=item.get("executionRoleArn"),
        kms_key=item.get("customerEncryptionKeyArn"),
        origin=reader.origin(item["arn"]),
    )


def _prompts(reader: Reader) -> list[dict[str, Any]]:
    listed = reader.pages("bedrock.prompts", _AGENT, "list_prompts", "promptSummaries")
    answers = [
        reader.call("bedrock.prompts", _AGENT, "get_prompt", item["id"], promptIdentifier=item["id"]) for item in listed
    ]
    return [answer for answer in answers if answer]


def _prompt(reader: Reader, item: dict[str, Any]) -> bedrock.Prompt:
    return bedrock.Prompt(
        prompt_id=item["id"],
        name=item.get("name", ""),
        arn=item["arn"],
        kms_key=item.get("customerEncryptionKeyArn"),
        origin=reader.origin(item["arn"]),
    )


def read_bedrock(reader: Reader) -> dict[str, Any]:
    """Guardrails and which of them the account enforces, application inference profiles, model-invocation logging."""
    guardrails = []
    for item in reader.pages("bedrock.guardrails", "bedrock", "list_guardrails", "guardrails"):
        identifier = item.get("guardrailId") or item["id"]
        operation = "get_guardrail"
        answer = reader.call("bedrock.guardrails", "bedrock", operation, identifier, guardrailIdentifier=identifier)
        guardrails += [answer] if answer else []
    enforced = reader.pages(
        "bedrock.enforced_guardrails", "bedrock", "list_enforced_guardrails_configuration", "guardrailsConfig"
    )
    profiles = reader.pages(
        "bedrock.inference_profiles", "bedrock", "list_inference_profiles", "inferenceProfileSummaries"
    )
    return {
        "guardrails": reader.each("bedrock.guardrails", guardrails, partial(_guardrail, reader)),
        "enforced_guardrails": reader.each("bedrock.enforced_guardrails", enforced, partial(_enforced, reader)),
        "inference_profiles": reader.each("bedrock.inference_profiles", profiles, partial(_profile, reader)),
        "invocation_logging": _logging(reader),
    }


def _guardrail(reader: Reader, item: dict[str, Any]) -> bedrock.Guardrail:
    content = (item.get("contentPolicy") or {}).get("filters", [])
    topics = (item.get("topicPolicy") or {}).get("topics", [])
    sensitive = item.get("sensitiveInformationPolicy") or {}
    grounding = (item.get("contextualGroundingPolicy") or {}).get("filters", [])
    arn = item["guardrailArn"]
    return bedrock.Guardrail(
        guardrail_id=item["guardrailId"],
        name=item.get("name", ""),
        arn=arn,
        version=item.get("version"),
        kms_key=item.get("kmsKeyArn") or item.get("kmsKeyId"),
        content_filters=tuple(
            (str(each.get("type")), _strength(each, "input"), _strength(each, "output")) for each in content
        ),
        denied_topics=tuple(str(topic.get("name")) for topic in topics),
        pii_entities=tuple((str(each.get("type")), _done(each)) for each in sensitive.get("piiEntities", [])),
        regexes=tuple((str(each.get("name")), _done(each)) for each in sensitive.get("regexes", [])),
        grounding_filters=tuple(
            str(each.get("type"))
            for each in grounding
            if each.get("enabled", True) and each.get("action") != "NONE" and float(each.get("threshold", 1)) > 0
        ),
        origin=reader.origin(arn),
    )


def _enforced(reader: Reader, item: dict[str, Any]) -> bedrock.EnforcedGuardrail:
    """Without a word of models it is enforced on all of them.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_AccountEnforcedGuardrailOutputConfiguration.html
    """
    models, guarding = item.get("modelEnforcement") or {}, item.get("selectiveContentGuarding") or {}
    return bedrock.EnforcedGuardrail(
        config_id=item["configId"],
        guardrail=item.get("guardrailId") or item.get("guardrailArn", ""),
        version=item.get("guardrailVersion"),
        included=tuple(models.get("includedModels") or ("ALL",)),
        excluded=tuple(models.get("excludedModels") or ()),
        selective=guarding.get("messages") == "SELECTIVE" or item.get("inputTags") == "HONOR",
        origin=reader.origin(item["configId"]),
    )


def _strength(item: dict[str, Any], side: str) -> str:
    """How strong a content filter is on one side; one that is off, only detects, or looks at images alone is none.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailContentFilterConfig.html
    """
    reads_text = "TEXT" in (item.get(f"{side}Modalities") or ("TEXT",))
    if reads_text and item.get(f"{side}Enabled", True) and item.get(f"{side}Action") != "NONE":
        return str(item.get(f"{side}Strength"))
    return "NONE"


def _done(item: dict[str, Any]) -> str:
    """What is done with a match in an answer: `action`, unless the output has an action of its own.

    https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GuardrailPiiEntityConfig.html
    """
    return str(item.get("outputAction") or item.get("action")) if item.get("outputEnabled", True) else "NONE"


def _profile(reader: Reader, item: dict[str, Any]) -> bedrock.InferenceProfile:
    source = (item.get("modelSource") or {}).get("copyFrom")
    models = [model["modelArn"] for model in item.get("models", []) if "modelArn" in model]
    arn = item["inferenceProfileArn"]
    return bedrock.InferenceProfile(
        profile_id=item["inferenceProfileId"],
        name=item.get("inferenceProfileName", ""),
        arn=arn,
        models=tuple(models or ([source] if source else [])),
        origin=reader.origin(arn),
    )


def _logging(reader: Reader) -> bedrock.InvocationLogging | None:
    answer = reader.call("bedrock.invocation_logging", "bedrock", "get_model_invocation_logging_configuration")
    found = answer.get("loggingConfig") or {}
    s3, logs = found.get("s3Config") or {}, found.get("cloudWatchConfig") or {}
    if not s3 and not logs:
        return None
    return bedrock.InvocationLogging(
        bucket=s3.get("bucketName"),
        prefix=s3.get("keyPrefix"),
        log_group=logs.get("logGroupName"),
        role=logs.get("roleArn"),
        text=bool(found.get("textDataDeliveryEnabled", True)),
        image=bool(found.get("imageDataDeliveryEnabled", True)),
        embedding=bool(found.get("embeddingDataDeliveryEnabled", True)),
    )
