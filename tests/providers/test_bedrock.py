"""AWS::Bedrock and AWS::OpenSearchServerless."""

from __future__ import annotations

import json
from typing import Any

import pytest

from providers.support import ACCOUNT, Maker

ROLE = f"arn:aws:iam::{ACCOUNT}:role/bedrock"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0"
COLLECTION = f"arn:aws:aoss:us-east-1:{ACCOUNT}:collection/abc"
FIELDS = {"VectorField": "v", "TextField": "t", "MetadataField": "m"}


def a_base(make: Maker) -> Any:
    return make(
        "AWS::Bedrock::KnowledgeBase",
        "Base",
        Name="documents",
        RoleArn=ROLE,
        KnowledgeBaseConfiguration={
            "Type": "VECTOR",
            "VectorKnowledgeBaseConfiguration": {"EmbeddingModelArn": MODEL},
        },
        StorageConfiguration={
            "Type": "OPENSEARCH_SERVERLESS",
            "OpensearchServerlessConfiguration": {
                "CollectionArn": COLLECTION,
                "VectorIndexName": "index",
                "FieldMapping": FIELDS,
            },
        },
        Tags={"stage": "one"},
    )


def test_knowledge_base(make: Maker) -> None:
    made = a_base(make)
    shown = make.client("bedrock-agent").get_knowledge_base(knowledgeBaseId=made.physical_id)["knowledgeBase"]
    vector = shown["knowledgeBaseConfiguration"]["vectorKnowledgeBaseConfiguration"]
    assert (shown["roleArn"], vector["embeddingModelArn"]) == (ROLE, MODEL)
    assert shown["storageConfiguration"]["opensearchServerlessConfiguration"]["collectionArn"] == COLLECTION
    assert made.identity == made.attributes["KnowledgeBaseArn"] == shown["knowledgeBaseArn"]
    assert make.unmapped == ()


def test_data_source(make: Maker) -> None:
    base = a_base(make).physical_id
    made = make(
        "AWS::Bedrock::DataSource",
        "Source",
        KnowledgeBaseId=base,
        Name="bucket",
        DataSourceConfiguration={
            "Type": "S3",
            "S3Configuration": {"BucketArn": "arn:aws:s3:::documents", "InclusionPrefixes": ["in/"]},
        },
        ServerSideEncryptionConfiguration={"KmsKeyArn": KEY},
        VectorIngestionConfiguration={
            "ChunkingConfiguration": {
                "ChunkingStrategy": "FIXED_SIZE",
                "FixedSizeChunkingConfiguration": {"MaxTokens": "300", "OverlapPercentage": 20},
            }
        },
    )
    identifier = made.attributes["DataSourceId"]
    assert made.physical_id == f"{base}|{identifier}"
    client = make.client("bedrock-agent")
    shown = client.get_data_source(knowledgeBaseId=base, dataSourceId=identifier)["dataSource"]
    assert shown["dataSourceConfiguration"]["s3Configuration"] == {
        "bucketArn": "arn:aws:s3:::documents",
        "inclusionPrefixes": ["in/"],
    }
    assert shown["serverSideEncryptionConfiguration"] == {"kmsKeyArn": KEY}
    chunks = shown["vectorIngestionConfiguration"]["chunkingConfiguration"]["fixedSizeChunkingConfiguration"]
    assert chunks == {"maxTokens": 300, "overlapPercentage": 20}
    assert (made.identity, make.unmapped) == (identifier, ())


def test_agent_with_all_that_it_uses(make: Maker) -> None:
    base = a_base(make).physical_id
    function = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:act"
    made = make(
        "AWS::Bedrock::Agent",
        "Agent",
        AgentName="helper",
        AgentResourceRoleArn=ROLE,
        FoundationModel="anthropic.claude-3-haiku-20240307-v1:0",
        CustomerEncryptionKeyArn=KEY,
        IdleSessionTTLInSeconds="600",
        AutoPrepare=True,
        GuardrailConfiguration={"GuardrailIdentifier": "abc", "GuardrailVersion": "1"},
        ActionGroups=[
            {
                "ActionGroupName": "act",
                "ActionGroupExecutor": {"Lambda": function},
                "ApiSchema": {"S3": {"S3BucketName": "schemas", "S3ObjectKey": "api.json"}},
                "SkipResourceInUseCheckOnDelete": True,
            }
        ],
        KnowledgeBases=[{"KnowledgeBaseId": base, "Description": "documents"}],
    )
    client = make.client("bedrock-agent")
    shown = client.get_agent(agentId=made.physical_id)["agent"]
    assert (shown["agentResourceRoleArn"], shown["customerEncryptionKeyArn"]) == (ROLE, KEY)
    assert shown["guardrailConfiguration"] == {"guardrailIdentifier": "abc", "guardrailVersion": "1"}
    version = {"agentId": made.physical_id, "agentVersion": "DRAFT"}
    (group,) = client.list_agent_action_groups(**version)["actionGroupSummaries"]
    group = client.get_agent_action_group(**version, actionGroupId=group["actionGroupId"])["agentActionGroup"]
    assert group["actionGroupExecutor"] == {"lambda": function}
    assert group["apiSchema"]["s3"] == {"s3BucketName": "schemas", "s3ObjectKey": "api.json"}
    bases = client.list_agent_knowledge_bases(**version)["agentKnowledgeBaseSummaries"]
    assert [item["knowledgeBaseId"] for item in bases] == [base]
    assert made.origins[(str(made.identity), "action-group", "act")] == ("Properties", "ActionGroups", 0)
    assert make.unmapped == ()
    alias = make("AWS::Bedrock::AgentAlias", "Alias", AgentId=made.physical_id, AgentAliasName="live")
    identifier = alias.attributes["AgentAliasId"]
    assert alias.physical_id == f"{made.physical_id}|{identifier}"
    assert alias.attributes["AgentAliasArn"] == (
        f"arn:aws:bedrock:us-east-1:{ACCOUNT}:agent-alias/{made.physical_id}/{identifier}"
    )


def test_guardrail_and_its_version(make: Maker) -> None:
    made = make(
        "AWS::Bedrock::Guardrail",
        "Guard",
        Name="guard",
        BlockedInputMessaging="no",
        BlockedOutputsMessaging="no",
        KmsKeyArn=KEY,
        ContentPolicyConfig={"FiltersConfig": [{"Type": "HATE", "InputStrength": "HIGH", "OutputStrength": "LOW"}]},
        TopicPolicyConfig={"TopicsConfig": [{"Name": "law", "Definition": "legal advice", "Type": "DENY"}]},
        SensitiveInformationPolicyConfig={"PiiEntitiesConfig": [{"Type": "EMAIL", "Action": "BLOCK"}]},
        ContextualGroundingPolicyConfig={"FiltersConfig": [{"Type": "GROUNDING", "Threshold": "0.8"}]},
    )
    shown = make.client("bedrock").get_guardrail(guardrailIdentifier=made.attributes["GuardrailId"])
    assert shown["contentPolicy"]["filters"] == [{"type": "HATE", "inputStrength": "HIGH", "outputStrength": "LOW"}]
    assert shown["topicPolicy"]["topics"][0]["name"] == "law"
    assert shown["sensitiveInformationPolicy"]["piiEntities"][0]["action"] == "BLOCK"
    assert shown["contextualGroundingPolicy"]["filters"][0]["threshold"] == 0.8
    assert made.physical_id == made.attributes["GuardrailArn"] == shown["guardrailArn"]
    assert make.unmapped == ()
    version = make("AWS::Bedrock::GuardrailVersion", "Version", GuardrailIdentifier=made.physical_id)
    assert version.physical_id == f"{made.attributes['GuardrailId']}|1"
    assert version.attributes["GuardrailArn"] == made.physical_id


def test_prompt_and_inference_profile(make: Maker) -> None:
    prompt = make("AWS::Bedrock::Prompt", "Prompt", Name="prompt", CustomerEncryptionKeyArn=KEY)
    shown = make.client("bedrock-agent").get_prompt(promptIdentifier=prompt.attributes["Id"])
    assert (shown["customerEncryptionKeyArn"], shown["arn"]) == (KEY, prompt.physical_id)
    profile = make(
        "AWS::Bedrock::ApplicationInferenceProfile",
        "Profile",
        InferenceProfileName="profile",
        ModelSource={"CopyFrom": MODEL},
    )
    identifier = profile.attributes["InferenceProfileId"]
    shown = make.client("bedrock").get_inference_profile(inferenceProfileIdentifier=identifier)
    assert shown["inferenceProfileArn"] == profile.physical_id


FLOW = {"Nodes": [{"Name": "In", "Type": "Input", "Configuration": {"Input": {}}}], "Connections": []}


@pytest.mark.parametrize(
    "properties",
    [
        {"Definition": FLOW},
        {
            "DefinitionString": json.dumps(FLOW).replace("In", "${first}", 1),
            "DefinitionSubstitutions": {"first": "In"},
        },
    ],
)
def test_flow(make: Maker, properties: dict[str, Any]) -> None:
    made = make("AWS::Bedrock::Flow", "Flow", Name="flow", ExecutionRoleArn=ROLE, **properties)
    shown = make.client("bedrock-agent").get_flow(flowIdentifier=made.attributes["Id"])
    assert (shown["executionRoleArn"], shown["definition"]["nodes"][0]["name"]) == (ROLE, "In")
    assert (made.physical_id, make.unmapped) == (shown["arn"], ())


def test_versions_and_aliases_name_what_they_are_of_by_arn(make: Maker) -> None:
    prompt = make("AWS::Bedrock::Prompt", "Prompt", Name="prompt", CustomerEncryptionKeyArn=KEY)
    version = make("AWS::Bedrock::PromptVersion", "One", PromptArn=prompt.physical_id, Description="first")
    assert (version.physical_id, version.attributes["Version"]) == (f"{prompt.physical_id}:1", "1")
    assert version.attributes["CustomerEncryptionKeyArn"] == KEY
    client = make.client("bedrock-agent")
    shown = client.get_prompt(promptIdentifier=prompt.attributes["Id"], promptVersion="1")
    assert (shown["arn"], shown["description"]) == (version.physical_id, "first")
    flow = make("AWS::Bedrock::Flow", "Flow", Name="flow", ExecutionRoleArn=ROLE, Definition=FLOW)
    version = make("AWS::Bedrock::FlowVersion", "Two", FlowArn=flow.physical_id)
    assert version.physical_id == f"{flow.physical_id}|1"
    routes = [{"FlowVersion": version.attributes["Version"]}]
    alias = make("AWS::Bedrock::FlowAlias", "Alias", FlowArn=flow.physical_id, Name="live", RoutingConfiguration=routes)
    assert make.unmapped == ()
    identifier = flow.attributes["Id"]
    (shown,) = client.list_flow_aliases(flowIdentifier=identifier)["flowAliasSummaries"]
    assert (shown["flowId"], shown["routingConfiguration"]) == (identifier, [{"flowVersion": "1"}])
    assert shown["arn"] == alias.attributes["Arn"] == f"{flow.physical_id}/alias/{alias.attributes['Id']}"


def test_enforced_guardrail(make: Maker) -> None:
    make(
        "AWS::Bedrock::EnforcedGuardrailConfiguration",
        GuardrailIdentifier=f"arn:aws:bedrock:us-east-1:{ACCOUNT}:guardrail/abc",
        GuardrailVersion="1",
        ModelEnforcement={"IncludedModels": ["ALL"], "ExcludedModels": ["none"]},
    )
    (shown,) = make.client("bedrock").list_enforced_guardrails_configuration()["guardrailsConfig"]
    assert (shown["guardrailId"], shown["guardrailVersion"], shown["owner"]) == ("abc", "1", "ACCOUNT")
    assert shown["modelEnforcement"]["includedModels"] == ["ALL"]
    assert make.unmapped == ()


def test_flow_in_s3_is_not_fetched(make: Maker) -> None:
    make("AWS::Bedrock::Flow", Name="flow", ExecutionRoleArn=ROLE, DefinitionS3Location={"Bucket": "b", "Key": "k"})
    assert make.unmapped == ("DefinitionS3Location",)


def test_collection_and_its_policies(make: Maker) -> None:
    made = make("AWS::OpenSearchServerless::Collection", "Vectors", Name="vectors", Type="VECTORSEARCH")
    client = make.client("opensearchserverless")
    (shown,) = client.batch_get_collection(names=["vectors"])["collectionDetails"]
    assert (shown["id"], shown["arn"], shown["type"]) == (made.physical_id, made.attributes["Arn"], "VECTORSEARCH")
    assert made.attributes["CollectionEndpoint"] == f"https://{made.physical_id}.us-east-1.aoss.amazonaws.com"
    network = [{"Rules": [{"ResourceType": "collection", "Resource": ["collection/vectors"]}], "AllowFromPublic": True}]
    encryption = {"Rules": network[0]["Rules"], "AWSOwnedKey": True}
    for kind, document in (("network", network), ("encryption", encryption)):
        policy = make(
            "AWS::OpenSearchServerless::SecurityPolicy", kind, Name="own", Type=kind, Policy=json.dumps(document)
        )
        detail = client.get_security_policy(name="own", type=kind)["securityPolicyDetail"]
        assert detail["policy"] in (document, json.dumps(document))
        place = f"aoss:security-policy:{kind}:own"
        assert (policy.identity, policy.origins) == (place, {(place, "policy"): ("Properties", "Policy")})
    rule = [{"Rules": [], "Principal": [ROLE]}]
    make("AWS::OpenSearchServerless::AccessPolicy", "Access", Name="own", Type="data", Policy=json.dumps(rule))
    assert client.get_access_policy(name="own", type="data")["accessPolicyDetail"]["name"] == "own"
    door = make("AWS::OpenSearchServerless::VpcEndpoint", "Door", Name="door", VpcId="vpc-1", SubnetIds=["subnet-1"])
    (shown,) = client.batch_get_vpc_endpoint(ids=[door.physical_id])["vpcEndpointDetails"]
    assert (shown["vpcId"], shown["subnetIds"]) == ("vpc-1", ["subnet-1"])
