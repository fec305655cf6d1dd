"""What AWS answers and plain moto does not: each case makes calls and returns what AWS would show.

A case is a function from a session to a value, with the value that AWS gives. The tests run each twice: with the
supplements it must give that value, and with plain moto it must not (or raise); the day it does, the supplement is
no longer needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Case = Callable[[Any], Any]
CASES: dict[str, tuple[Case, Any]] = {}
KEPT: dict[str, tuple[Case, Any]] = {}

ROLE = "arn:aws:iam::123456789012:role/r"
MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0"
KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/i:1"


def shows(value: Any) -> Callable[[Case], Case]:
    """Register a case with the value that AWS gives."""

    def register(case: Case) -> Case:
        CASES[case.__name__] = case, value
        return case

    return register


def kept(value: Any) -> Callable[[Case], Case]:
    """Register a case that moto gets right by itself, for which there is no supplement."""

    def register(case: Case) -> Case:
        KEPT[case.__name__] = case, value
        return case

    return register


def pick(answer: dict[str, Any], *names: str) -> dict[str, Any]:
    """The named members, where they are."""
    return {name: answer[name] for name in names if name in answer}


# --- Bedrock ---------------------------------------------------------------------------------------------------------

_GUARD = {"name": "g", "blockedInputMessaging": "no", "blockedOutputsMessaging": "no"}


def _guardrail(session: Any, **more: Any) -> str:
    return str(session.client("bedrock").create_guardrail(**_GUARD, **more)["guardrailId"])


@shows(
    {
        "version": "DRAFT",
        "kmsKeyArn": KEY,
        "contentPolicy": {"filters": [{"type": "HATE", "inputStrength": "HIGH", "outputStrength": "LOW"}]},
        "topicPolicy": {"topics": [{"name": "t", "definition": "d", "type": "DENY"}]},
        "sensitiveInformationPolicy": {"piiEntities": [{"type": "EMAIL", "action": "BLOCK"}]},
        "contextualGroundingPolicy": {"filters": [{"type": "GROUNDING", "threshold": 0.7}]},
    }
)
def guardrail_reads_back(session: Any) -> Any:
    identifier = _guardrail(
        session,
        kmsKeyId=KEY,
        contentPolicyConfig={"filtersConfig": [{"type": "HATE", "inputStrength": "HIGH", "outputStrength": "LOW"}]},
        topicPolicyConfig={"topicsConfig": [{"name": "t", "definition": "d", "type": "DENY"}]},
        sensitiveInformationPolicyConfig={"piiEntitiesConfig": [{"type": "EMAIL", "action": "BLOCK"}]},
        contextualGroundingPolicyConfig={"filtersConfig": [{"type": "GROUNDING", "threshold": 0.7}]},
    )
    answer = session.client("bedrock").get_guardrail(guardrailIdentifier=identifier)
    assert answer["guardrailArn"] == f"arn:aws:bedrock:us-east-1:123456789012:guardrail/{identifier}"
    return pick(
        answer,
        *("version", "kmsKeyArn", "contentPolicy", "topicPolicy", "sensitiveInformationPolicy"),
        "contextualGroundingPolicy",
    )


@shows(["DRAFT", "1", "2"])
def guardrail_versions(session: Any) -> Any:
    bedrock, identifier = session.client("bedrock"), _guardrail(session)
    for _ in range(2):
        bedrock.create_guardrail_version(guardrailIdentifier=identifier)
    assert bedrock.get_guardrail(guardrailIdentifier=identifier, guardrailVersion="2")["version"] == "2"
    return [item["version"] for item in bedrock.list_guardrails(guardrailIdentifier=identifier)["guardrails"]]


@shows(["g"])
def guardrails_are_listed_once(session: Any) -> Any:
    bedrock, identifier = session.client("bedrock"), _guardrail(session)
    bedrock.create_guardrail_version(guardrailIdentifier=identifier)
    listed = bedrock.list_guardrails()["guardrails"]
    assert [item["id"] for item in listed] == [identifier]
    return [item["name"] for item in listed]


@shows("new")
def guardrail_updates(session: Any) -> Any:
    bedrock, identifier = session.client("bedrock"), _guardrail(session)
    bedrock.update_guardrail(
        guardrailIdentifier=identifier, name="new", blockedInputMessaging="n", blockedOutputsMessaging="n"
    )
    return bedrock.get_guardrail(guardrailIdentifier=identifier)["name"]


@shows("ResourceNotFoundException")
def guardrail_deleted(session: Any) -> Any:
    bedrock, identifier = session.client("bedrock"), _guardrail(session)
    bedrock.delete_guardrail(guardrailIdentifier=identifier)
    try:
        bedrock.get_guardrail(guardrailIdentifier=identifier)
    except bedrock.exceptions.ResourceNotFoundException as error:
        return error.response["Error"]["Code"]


@shows([MODEL])
def inference_profile(session: Any) -> Any:
    bedrock = session.client("bedrock")
    made = bedrock.create_inference_profile(inferenceProfileName="p", modelSource={"copyFrom": MODEL})
    arn = made["inferenceProfileArn"]
    assert arn.startswith("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/")
    answer = bedrock.get_inference_profile(inferenceProfileIdentifier=arn)
    assert (answer["type"], answer["inferenceProfileName"]) == ("APPLICATION", "p")
    assert bedrock.list_inference_profiles()["inferenceProfileSummaries"][0]["inferenceProfileArn"] == arn
    return [model["modelArn"] for model in answer["models"]]


_KB = {
    "name": "kb",
    "roleArn": ROLE,
    "knowledgeBaseConfiguration": {
        "type": "VECTOR",
        "vectorKnowledgeBaseConfiguration": {
            "embeddingModelArn": MODEL,
            "supplementalDataStorageConfiguration": {
                "storageLocations": [{"type": "S3", "s3Location": {"uri": "s3://supplement"}}]
            },
        },
    },
}
_STORES = {
    "opensearch": {
        "type": "OPENSEARCH_SERVERLESS",
        "opensearchServerlessConfiguration": {
            "collectionArn": "arn:aws:aoss:us-east-1:123456789012:collection/abc",
            "vectorIndexName": "i",
            "fieldMapping": {"vectorField": "v", "textField": "t", "metadataField": "m"},
        },
    },
    "s3_vectors": {
        "type": "S3_VECTORS",
        "s3VectorsConfiguration": {
            "indexArn": "arn:aws:s3vectors:us-east-1:123456789012:bucket/vectors/index/one",
        },
    },
    "rds": {
        "type": "RDS",
        "rdsConfiguration": {
            "resourceArn": "arn:aws:rds:us-east-1:123456789012:cluster:c",
            "credentialsSecretArn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:s",
            "databaseName": "d",
            "tableName": "t",
            "fieldMapping": {"primaryKeyField": "p", "vectorField": "v", "textField": "t", "metadataField": "m"},
        },
    },
}


def _knowledge_base(session: Any, store: str = "opensearch") -> str:
    agents = session.client("bedrock-agent")
    made = agents.create_knowledge_base(**_KB, storageConfiguration=_STORES[store])
    return str(made["knowledgeBase"]["knowledgeBaseId"])


@shows([_STORES[name] for name in _STORES])
def knowledge_base_keeps_its_configuration(session: Any) -> Any:
    agents, found = session.client("bedrock-agent"), []
    for store in _STORES:
        base = agents.get_knowledge_base(knowledgeBaseId=_knowledge_base(session, store))["knowledgeBase"]
        assert base["knowledgeBaseConfiguration"] == _KB["knowledgeBaseConfiguration"]
        found.append(base["storageConfiguration"])
    return found


_SOURCE = {
    "type": "S3",
    "s3Configuration": {
        "bucketArn": "arn:aws:s3:::docs",
        "inclusionPrefixes": ["in/"],
        "bucketOwnerAccountId": "1" * 12,
    },
}


@shows([_SOURCE, {"kmsKeyArn": KEY}, "AVAILABLE"])
def data_source(session: Any) -> Any:
    agents, base = session.client("bedrock-agent"), _knowledge_base(session)
    made = agents.create_data_source(
        knowledgeBaseId=base,
        name="d",
        dataSourceConfiguration=_SOURCE,
        serverSideEncryptionConfiguration={"kmsKeyArn": KEY},
        dataDeletionPolicy="RETAIN",
    )["dataSource"]
    summary = agents.list_data_sources(knowledgeBaseId=base)["dataSourceSummaries"][0]
    assert pick(summary, "dataSourceId", "knowledgeBaseId", "name") == pick(
        made, "dataSourceId", "knowledgeBaseId", "name"
    )
    got = agents.get_data_source(knowledgeBaseId=base, dataSourceId=summary["dataSourceId"])["dataSource"]
    return [got["dataSourceConfiguration"], got["serverSideEncryptionConfiguration"], got["status"]]


@shows("ResourceNotFoundException")
def data_source_of_another_knowledge_base(session: Any) -> Any:
    agents = session.client("bedrock-agent")
    one, other = _knowledge_base(session), _knowledge_base(session, "rds")
    made = agents.create_data_source(knowledgeBaseId=one, name="d", dataSourceConfiguration=_SOURCE)["dataSource"]
    assert agents.list_data_sources(knowledgeBaseId=other)["dataSourceSummaries"] == []
    try:
        agents.get_data_source(knowledgeBaseId=other, dataSourceId=made["dataSourceId"])
    except agents.exceptions.ResourceNotFoundException as error:
        return error.response["Error"]["Code"]


def _agent(session: Any, **more: Any) -> str:
    agents = session.client("bedrock-agent")
    made = agents.create_agent(agentName="a", agentResourceRoleArn=ROLE, foundationModel="m", **more)
    return str(made["agent"]["agentId"])


@shows({"guardrailIdentifier": "gr", "guardrailVersion": "1"})
def agent_keeps_its_guardrail(session: Any) -> Any:
    configuration = {"guardrailIdentifier": "gr", "guardrailVersion": "1"}
    identifier = _agent(session, guardrailConfiguration=configuration, customerEncryptionKeyArn=KEY)
    agent = session.client("bedrock-agent").get_agent(agentId=identifier)["agent"]
    assert (agent["foundationModel"], agent["customerEncryptionKeyArn"]) == ("m", KEY)
    return agent["guardrailConfiguration"]


@shows({"agentName": "b", "guardrailConfiguration": {"guardrailIdentifier": "h", "guardrailVersion": "2"}})
def agent_updates(session: Any) -> Any:
    agents, identifier = session.client("bedrock-agent"), _agent(session)
    agents.update_agent(
        agentId=identifier,
        agentName="b",
        agentResourceRoleArn=ROLE,
        foundationModel="m",
        guardrailConfiguration={"guardrailIdentifier": "h", "guardrailVersion": "2"},
    )
    return pick(agents.get_agent(agentId=identifier)["agent"], "agentName", "guardrailConfiguration")


@shows("PREPARED")
def agent_prepares(session: Any) -> Any:
    agents, identifier = session.client("bedrock-agent"), _agent(session)
    return agents.prepare_agent(agentId=identifier)["agentStatus"] and "PREPARED"


@shows(["live", "PREPARED"])
def agent_alias(session: Any) -> Any:
    agents, identifier = session.client("bedrock-agent"), _agent(session)
    made = agents.create_agent_alias(agentId=identifier, agentAliasName="live")["agentAlias"]
    arn = f"arn:aws:bedrock:us-east-1:123456789012:agent-alias/{identifier}/{made['agentAliasId']}"
    assert made["agentAliasArn"] == arn
    got = agents.get_agent_alias(agentId=identifier, agentAliasId=made["agentAliasId"])["agentAlias"]
    assert [item["agentAliasId"] for item in agents.list_agent_aliases(agentId=identifier)["agentAliasSummaries"]] == [
        made["agentAliasId"]
    ]
    return [got["agentAliasName"], got["agentAliasStatus"]]


@shows(
    [
        {"lambda": "arn:aws:lambda:us-east-1:123456789012:function:f"},
        {"s3": {"s3BucketName": "schemas", "s3ObjectKey": "k"}},
    ]
)
def agent_action_group(session: Any) -> Any:
    agents, identifier = session.client("bedrock-agent"), _agent(session)
    agents.create_agent_action_group(
        agentId=identifier,
        agentVersion="DRAFT",
        actionGroupName="g",
        actionGroupExecutor={"lambda": "arn:aws:lambda:us-east-1:123456789012:function:f"},
        apiSchema={"s3": {"s3BucketName": "schemas", "s3ObjectKey": "k"}},
    )
    key = {"agentId": identifier, "agentVersion": "DRAFT"}
    summary = agents.list_agent_action_groups(**key)["actionGroupSummaries"][0]
    assert summary["actionGroupState"] == "ENABLED"
    got = agents.get_agent_action_group(**key, actionGroupId=summary["actionGroupId"])["agentActionGroup"]
    return [got["actionGroupExecutor"], got["apiSchema"]]


@shows(["ENABLED"])
def agent_knowledge_base(session: Any) -> Any:
    agents, identifier, base = session.client("bedrock-agent"), _agent(session), _knowledge_base(session)
    key = {"agentId": identifier, "agentVersion": "DRAFT"}
    agents.associate_agent_knowledge_base(**key, knowledgeBaseId=base, description="d")
    listed = agents.list_agent_knowledge_bases(**key)["agentKnowledgeBaseSummaries"]
    assert [item["knowledgeBaseId"] for item in listed] == [base]
    return [item["knowledgeBaseState"] for item in listed]


@shows(["p", KEY, ["DRAFT", "1"]])
def prompt_and_version(session: Any) -> Any:
    agents = session.client("bedrock-agent")
    made = agents.create_prompt(name="p", customerEncryptionKeyArn=KEY)
    assert made["arn"] == f"arn:aws:bedrock:us-east-1:123456789012:prompt/{made['id']}"
    assert agents.create_prompt_version(promptIdentifier=made["id"])["version"] == "1"
    got = agents.get_prompt(promptIdentifier=made["arn"])
    listed = agents.list_prompts(promptIdentifier=made["id"])["promptSummaries"]
    assert [item["id"] for item in agents.list_prompts()["promptSummaries"]] == [made["id"]]
    return [got["name"], got["customerEncryptionKeyArn"], [item["version"] for item in listed]]


@shows([ROLE, KEY, "1", "live"])
def flow_version_and_alias(session: Any) -> Any:
    agents = session.client("bedrock-agent")
    made = agents.create_flow(name="f", executionRoleArn=ROLE, customerEncryptionKeyArn=KEY)
    identifier = made["id"]
    assert made["arn"] == f"arn:aws:bedrock:us-east-1:123456789012:flow/{identifier}"
    agents.prepare_flow(flowIdentifier=identifier)
    version = agents.create_flow_version(flowIdentifier=identifier)["version"]
    assert agents.get_flow_version(flowIdentifier=identifier, flowVersion=version)["name"] == "f"
    alias = agents.create_flow_alias(
        flowIdentifier=identifier, name="live", routingConfiguration=[{"flowVersion": version}]
    )
    assert alias["arn"] == f"{made['arn']}/alias/{alias['id']}"
    assert [item["id"] for item in agents.list_flows()["flowSummaries"]] == [identifier]
    got = agents.get_flow(flowIdentifier=identifier)
    aliased = agents.get_flow_alias(flowIdentifier=identifier, aliasIdentifier=alias["id"])
    return [got["executionRoleArn"], got["customerEncryptionKeyArn"], version, aliased["name"]]


@kept(
    {
        "cloudWatchConfig": {"logGroupName": "/bedrock", "roleArn": ROLE},
        "s3Config": {"bucketName": "logs", "keyPrefix": "p"},
        "textDataDeliveryEnabled": True,
        "imageDataDeliveryEnabled": False,
        "embeddingDataDeliveryEnabled": True,
        "videoDataDeliveryEnabled": False,
    }
)
def invocation_logging(session: Any) -> Any:
    bedrock = session.client("bedrock")
    bedrock.put_model_invocation_logging_configuration(
        loggingConfig={
            "cloudWatchConfig": {"logGroupName": "/bedrock", "roleArn": ROLE},
            "s3Config": {"bucketName": "logs", "keyPrefix": "p"},
            "textDataDeliveryEnabled": True,
            "imageDataDeliveryEnabled": False,
            "embeddingDataDeliveryEnabled": True,
            "videoDataDeliveryEnabled": False,
        }
    )
    return bedrock.get_model_invocation_logging_configuration()["loggingConfig"]


@shows([{"configId": 12, "guardrailId": "abc", "guardrailVersion": "1", "owner": "ACCOUNT"}])
def enforced_guardrails_are_listed(session: Any) -> Any:
    client = session.client("bedrock")
    wanted = {"guardrailIdentifier": "abc", "guardrailVersion": "1"}
    client.put_enforced_guardrail_configuration(guardrailInferenceConfig=wanted)
    found = client.list_enforced_guardrails_configuration()["guardrailsConfig"]
    shown = [pick(one, "configId", "guardrailId", "guardrailVersion", "owner") for one in found]
    return [one | {"configId": len(one["configId"])} for one in shown]


@shows(("1", "arn:aws:bedrock:us-east-1:123456789012:prompt/", ":1"))
def prompt_version_has_an_arn_of_its_own(session: Any) -> Any:
    client = session.client("bedrock-agent")
    prompt = client.create_prompt(name="p")["id"]
    made = client.create_prompt_version(promptIdentifier=prompt)
    return made["version"], *made["arn"].split(prompt)


# --- OpenSearch Serverless -------------------------------------------------------------------------------------------


def _collection(session: Any) -> dict[str, Any]:
    aoss = session.client("opensearchserverless")
    for kind, policy in {
        "encryption": {"Rules": [{"ResourceType": "collection", "Resource": ["collection/c"]}], "AWSOwnedKey": True},
        "network": [{"Rules": [{"ResourceType": "collection", "Resource": ["collection/c"]}], "AllowFromPublic": True}],
    }.items():
        aoss.create_security_policy(name="policy", type=kind, policy=json.dumps(policy))
    made: dict[str, Any] = aoss.create_collection(name="kb-col", type="VECTORSEARCH")["createCollectionDetail"]
    return made


@shows(["ACTIVE", "VECTORSEARCH"])
def collection(session: Any) -> Any:
    aoss, made = session.client("opensearchserverless"), _collection(session)
    assert made["arn"] == f"arn:aws:aoss:us-east-1:123456789012:collection/{made['id']}"
    detail = aoss.batch_get_collection(names=["kb-col"])["collectionDetails"][0]
    assert detail["id"] == aoss.list_collections()["collectionSummaries"][0]["id"] == made["id"]
    assert detail["collectionEndpoint"] == f"https://{made['id']}.us-east-1.aoss.amazonaws.com"
    return [detail["status"], detail["type"]]


@shows([["encryption"], ["network"], True])
def collection_security_policies(session: Any) -> Any:
    _collection(session)
    aoss = session.client("opensearchserverless")
    listed = [
        [item["type"] for item in aoss.list_security_policies(type=kind)["securityPolicySummaries"]]
        for kind in ("encryption", "network")
    ]
    document = aoss.get_security_policy(name="policy", type="encryption")["securityPolicyDetail"]["policy"]
    return [*listed, document["AWSOwnedKey"]]


@shows([["reader"], ["aoss:ReadDocument"]])
def collection_access_policy(session: Any) -> Any:
    aoss = session.client("opensearchserverless")
    rules = [{"ResourceType": "index", "Resource": ["index/c/*"], "Permission": ["aoss:ReadDocument"]}]
    aoss.create_access_policy(name="reader", type="data", policy=json.dumps([{"Rules": rules, "Principal": [ROLE]}]))
    listed = [item["name"] for item in aoss.list_access_policies(type="data")["accessPolicySummaries"]]
    document = aoss.get_access_policy(name="reader", type="data")["accessPolicyDetail"]["policy"]
    return [listed, document[0]["Rules"][0]["Permission"]]


@shows(["vpc-1", ["subnet-1"], ["sg-1"], "ACTIVE"])
def collection_endpoint(session: Any) -> Any:
    aoss = session.client("opensearchserverless")
    made = aoss.create_vpc_endpoint(name="vpce", vpcId="vpc-1", subnetIds=["subnet-1"], securityGroupIds=["sg-1"])
    identifier = made["createVpcEndpointDetail"]["id"]
    assert identifier.startswith("vpce-")
    assert [item["id"] for item in aoss.list_vpc_endpoints()["vpcEndpointSummaries"]] == [identifier]
    detail = aoss.batch_get_vpc_endpoint(ids=[identifier])["vpcEndpointDetails"][0]
    return [detail["vpcId"], detail["subnetIds"], detail["securityGroupIds"], detail["status"]]


@shows(["default"])
def collection_endpoint_by_default(session: Any) -> Any:
    ec2, vpc, subnet = _network(session)
    aoss = session.client("opensearchserverless")
    made = aoss.create_vpc_endpoint(name="vpce", vpcId=vpc, subnetIds=[subnet])["createVpcEndpointDetail"]
    (detail,) = aoss.batch_get_vpc_endpoint(ids=[made["id"]])["vpcEndpointDetails"]
    groups = ec2.describe_security_groups(GroupIds=detail["securityGroupIds"])["SecurityGroups"]
    return [group["GroupName"] for group in groups if group["VpcId"] == vpc]


# --- SageMaker -------------------------------------------------------------------------------------------------------

_VPC = {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1"]}


@shows({"EnableNetworkIsolation": True, "VpcConfig": _VPC})
def model_isolation(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    sagemaker.create_model(
        ModelName="m",
        ExecutionRoleArn=ROLE,
        PrimaryContainer={"Image": IMAGE},
        EnableNetworkIsolation=True,
        VpcConfig=_VPC,
    )
    return pick(sagemaker.describe_model(ModelName="m"), "EnableNetworkIsolation", "VpcConfig")


@shows(
    {
        "IMDS": "2",
        "DirectInternetAccess": "Disabled",
        "RootAccess": "Disabled",
        "SecurityGroups": ["sg-1"],
        "KmsKeyId": KEY,
    }
)
def notebook(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    sagemaker.create_notebook_instance(
        NotebookInstanceName="n",
        InstanceType="ml.t3.medium",
        RoleArn=ROLE,
        SubnetId="subnet-1",
        SecurityGroupIds=["sg-1"],
        DirectInternetAccess="Disabled",
        RootAccess="Disabled",
        KmsKeyId=KEY,
        InstanceMetadataServiceConfiguration={"MinimumInstanceMetadataServiceVersion": "2"},
    )
    answer = sagemaker.describe_notebook_instance(NotebookInstanceName="n")
    version = answer.get("InstanceMetadataServiceConfiguration", {}).get("MinimumInstanceMetadataServiceVersion")
    return {"IMDS": version, **pick(answer, "DirectInternetAccess", "RootAccess", "SecurityGroups", "KmsKeyId")}


_CAPTURE = {
    "EnableCapture": True,
    "InitialSamplingPercentage": 10,
    "DestinationS3Uri": "s3://capture/",
    "KmsKeyId": KEY,
    "CaptureOptions": [{"CaptureMode": "Input"}],
}


@shows(
    {
        "VpcConfig": _VPC,
        "EnableNetworkIsolation": True,
        "ExecutionRoleArn": ROLE,
        "DataCaptureConfig": _CAPTURE,
        "KmsKeyId": KEY,
    }
)
def endpoint_config(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": IMAGE})
    sagemaker.create_endpoint_config(
        EndpointConfigName="e",
        ProductionVariants=[
            {"VariantName": "v", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        ],
        VpcConfig=_VPC,
        EnableNetworkIsolation=True,
        ExecutionRoleArn=ROLE,
        DataCaptureConfig=_CAPTURE,
        KmsKeyId=KEY,
    )
    return pick(
        sagemaker.describe_endpoint_config(EndpointConfigName="e"),
        *("VpcConfig", "EnableNetworkIsolation", "ExecutionRoleArn", "DataCaptureConfig", "KmsKeyId"),
    )


@shows(["n", 2])
def endpoint_config_of_inference_components(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    sagemaker.create_endpoint_config(
        EndpointConfigName="e",
        ExecutionRoleArn=ROLE,
        ProductionVariants=[{"VariantName": "n", "InstanceType": "ml.m5.large", "InitialInstanceCount": 2}],
    )
    variant = sagemaker.describe_endpoint_config(EndpointConfigName="e")["ProductionVariants"][0]
    return [variant["VariantName"], variant["InitialInstanceCount"]]


_JOB = {
    "JobResources": {
        "ClusterConfig": {
            "InstanceCount": 1,
            "InstanceType": "ml.m5.large",
            "VolumeSizeInGB": 20,
            "VolumeKmsKeyId": KEY,
        }
    },
    "NetworkConfig": {
        "EnableInterContainerTrafficEncryption": True,
        "EnableNetworkIsolation": True,
        "VpcConfig": _VPC,
    },
    "RoleArn": ROLE,
}
_OUTPUT = {"MonitoringOutputs": [{"S3Output": {"S3Uri": "s3://o", "LocalPath": "/opt"}}], "KmsKeyId": KEY}
_INPUT = {"EndpointInput": {"EndpointName": "e", "LocalPath": "/opt"}}
_TRUTH = {"GroundTruthS3Input": {"S3Uri": "s3://truth"}}
_KINDS = {
    "data_quality": ("DataQuality", {}),
    "model_bias": ("ModelBias", _TRUTH),
    "model_quality": ("ModelQuality", _TRUTH),
    "model_explainability": ("ModelExplainability", {}),
}


@kept(dict.fromkeys(_KINDS, _JOB))
def job_definitions_keep_their_network(session: Any) -> Any:
    sagemaker, found = session.client("sagemaker"), {}
    for kind, (prefix, more) in _KINDS.items():
        specification: dict[str, Any] = {"ImageUri": IMAGE}
        if kind in ("model_bias", "model_explainability"):
            specification["ConfigUri"] = "s3://c"
        if kind == "model_quality":
            specification["ProblemType"] = "Regression"
        getattr(sagemaker, f"create_{kind}_job_definition")(
            JobDefinitionName=kind.replace("_", "-"),
            **{f"{prefix}AppSpecification": specification},
            **{f"{prefix}JobInput": _INPUT | more},
            **{f"{prefix}JobOutputConfig": _OUTPUT},
            **_JOB,
        )
        answer = getattr(sagemaker, f"describe_{kind}_job_definition")(JobDefinitionName=kind.replace("_", "-"))
        assert answer[f"{prefix}JobOutputConfig"] == _OUTPUT
        found[kind] = pick(answer, *_JOB)
    return found


@shows([_JOB["NetworkConfig"], "Scheduled"])
def monitoring_schedule(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    definition = {
        "MonitoringInputs": [_INPUT],
        "MonitoringOutputConfig": _OUTPUT,
        "MonitoringResources": _JOB["JobResources"],
        "MonitoringAppSpecification": {"ImageUri": IMAGE},
        "NetworkConfig": _JOB["NetworkConfig"],
        "RoleArn": ROLE,
    }
    sagemaker.create_monitoring_schedule(
        MonitoringScheduleName="s",
        MonitoringScheduleConfig={
            "ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"},
            "MonitoringJobDefinition": definition,
        },
    )
    listed = sagemaker.list_monitoring_schedules()["MonitoringScheduleSummaries"]
    assert [item["MonitoringScheduleName"] for item in listed] == ["s"]
    answer = sagemaker.describe_monitoring_schedule(MonitoringScheduleName="s")
    network = answer["MonitoringScheduleConfig"]["MonitoringJobDefinition"]["NetworkConfig"]
    return [network, answer["MonitoringScheduleStatus"]]


def _domain(session: Any) -> str:
    arn = session.client("sagemaker").create_domain(
        DomainName="d",
        AuthMode="IAM",
        DefaultUserSettings={"ExecutionRole": ROLE, "SecurityGroups": ["sg-1"]},
        DefaultSpaceSettings={"ExecutionRole": ROLE, "SecurityGroups": ["sg-2"]},
        SubnetIds=["subnet-1"],
        VpcId="vpc-1",
        AppNetworkAccessType="VpcOnly",
        AppSecurityGroupManagement="Customer",
        KmsKeyId=KEY,
    )["DomainArn"]
    return str(arn.rpartition("/")[2])


@kept(
    {
        "AppNetworkAccessType": "VpcOnly",
        "VpcId": "vpc-1",
        "SubnetIds": ["subnet-1"],
        "KmsKeyId": KEY,
        "AppSecurityGroupManagement": "Customer",
        "DefaultUserSettings": {"ExecutionRole": ROLE, "SecurityGroups": ["sg-1"]},
        "DefaultSpaceSettings": {"ExecutionRole": ROLE, "SecurityGroups": ["sg-2"]},
    }
)
def domain(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    answer = sagemaker.describe_domain(DomainId=_domain(session))
    return pick(
        answer,
        *("AppNetworkAccessType", "VpcId", "SubnetIds", "KmsKeyId", "AppSecurityGroupManagement"),
        *("DefaultUserSettings", "DefaultSpaceSettings"),
    )


@kept("PublicInternetOnly")
def domain_network_access_by_default(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    arn = sagemaker.create_domain(DomainName="d", AuthMode="IAM", DefaultUserSettings={"ExecutionRole": ROLE})
    return sagemaker.describe_domain(DomainId=arn["DomainArn"].rpartition("/")[2])["AppNetworkAccessType"]


@shows([{"SecurityGroups": ["sg-3"]}, ["u"]])
def user_profile(session: Any) -> Any:
    sagemaker, identifier = session.client("sagemaker"), _domain(session)
    sagemaker.create_user_profile(DomainId=identifier, UserProfileName="u", UserSettings={"SecurityGroups": ["sg-3"]})
    answer = sagemaker.describe_user_profile(DomainId=identifier, UserProfileName="u")
    assert answer["UserProfileArn"] == f"arn:aws:sagemaker:us-east-1:123456789012:user-profile/{identifier}/u"
    listed = sagemaker.list_user_profiles(DomainIdEquals=identifier)["UserProfiles"]
    return [answer["UserSettings"], [item["UserProfileName"] for item in listed]]


@shows("InService")
def space(session: Any) -> Any:
    sagemaker, identifier = session.client("sagemaker"), _domain(session)
    sagemaker.create_space(DomainId=identifier, SpaceName="s")
    assert [item["SpaceName"] for item in sagemaker.list_spaces()["Spaces"]] == ["s"]
    return sagemaker.describe_space(DomainId=identifier, SpaceName="s")["Status"]


@shows([["c"], {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}, [ROLE]])
def cluster(session: Any) -> Any:
    sagemaker = session.client("sagemaker")
    group = {
        "InstanceGroupName": "workers",
        "InstanceType": "ml.m5.large",
        "InstanceCount": 1,
        "ExecutionRole": ROLE,
        "LifeCycleConfig": {"SourceS3Uri": "s3://sagemaker-scripts", "OnCreate": "create.sh"},
    }
    place = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
    arn = sagemaker.create_cluster(ClusterName="c", InstanceGroups=[group], VpcConfig=place)["ClusterArn"]
    shown = sagemaker.describe_cluster(ClusterName=arn)
    listed = [each["ClusterName"] for each in sagemaker.list_clusters()["ClusterSummaries"]]
    return [listed, shown["VpcConfig"], [each["ExecutionRole"] for each in shown["InstanceGroups"]]]


# --- CloudTrail ------------------------------------------------------------------------------------------------------


def _trail(session: Any) -> Any:
    session.client("s3").create_bucket(Bucket="trail-logs")
    trails = session.client("cloudtrail")
    trails.create_trail(Name="trail", S3BucketName="trail-logs")
    return trails


_DATA = {"Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/"]}
_BASIC = [{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [_DATA]}]
_ADVANCED = [{"Name": "all", "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Management"]}]}]


@shows([False, True])
def trail_knows_of_custom_selectors(session: Any) -> Any:
    trails = _trail(session)
    before = trails.describe_trails()["trailList"][0]["HasCustomEventSelectors"]
    trails.put_event_selectors(TrailName="trail", EventSelectors=_BASIC)
    assert trails.get_trail(Name="trail")["Trail"]["HasCustomEventSelectors"] is True
    return [before, trails.describe_trails()["trailList"][0]["HasCustomEventSelectors"]]


@kept([("All", [_DATA]), None, _ADVANCED, None])
def trail_holds_one_kind_of_selectors(session: Any) -> Any:
    trails = _trail(session)
    trails.put_event_selectors(TrailName="trail", EventSelectors=_BASIC)
    first = trails.get_event_selectors(TrailName="trail")
    trails.put_event_selectors(TrailName="trail", AdvancedEventSelectors=_ADVANCED)
    second = trails.get_event_selectors(TrailName="trail")
    basic = first["EventSelectors"][0]
    return [
        (basic["ReadWriteType"], basic["DataResources"]),
        first.get("AdvancedEventSelectors") or None,
        second["AdvancedEventSelectors"],
        second.get("EventSelectors") or None,
    ]


@shows([True, "All"])
def trail_records_management_events_by_default(session: Any) -> Any:
    selector = _trail(session).get_event_selectors(TrailName="trail")["EventSelectors"][0]
    return [selector["IncludeManagementEvents"], selector["ReadWriteType"]]


@shows([_ADVANCED, 90, "ENABLED"])
def event_data_store(session: Any) -> Any:
    trails = session.client("cloudtrail")
    made = trails.create_event_data_store(
        Name="store", AdvancedEventSelectors=_ADVANCED, RetentionPeriod=90, KmsKeyId=KEY
    )
    assert made["EventDataStoreArn"].startswith("arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/")
    listed = trails.list_event_data_stores()["EventDataStores"]
    assert [item["Name"] for item in listed] == ["store"]
    got = trails.get_event_data_store(EventDataStore=made["EventDataStoreArn"])
    return [got["AdvancedEventSelectors"], got["RetentionPeriod"], got["Status"]]


# --- S3, KMS, IAM ----------------------------------------------------------------------------------------------------


def _bucket(session: Any) -> Any:
    s3 = session.client("s3")
    s3.create_bucket(Bucket="one-bucket")
    return s3


@shows(["READ_ACP", "WRITE"])
def permissions_of_a_canned_acl(session: Any) -> Any:
    s3 = _bucket(session)
    s3.put_bucket_acl(Bucket="one-bucket", ACL="log-delivery-write")
    grants = s3.get_bucket_acl(Bucket="one-bucket")["Grants"]
    return sorted(grant["Permission"] for grant in grants if grant["Grantee"].get("URI", "").endswith("/LogDelivery"))


@shows({"SSEAlgorithm": "AES256"})
def bucket_encryption_by_default(session: Any) -> Any:
    rules = _bucket(session).get_bucket_encryption(Bucket="one-bucket")["ServerSideEncryptionConfiguration"]["Rules"]
    return rules[0]["ApplyServerSideEncryptionByDefault"]


@shows([[True, True, True, True], "NoSuchPublicAccessBlockConfiguration"])
def bucket_blocks_public_access_by_default(session: Any) -> Any:
    s3 = _bucket(session)
    block = s3.get_public_access_block(Bucket="one-bucket")["PublicAccessBlockConfiguration"]
    s3.delete_public_access_block(Bucket="one-bucket")
    try:
        s3.get_public_access_block(Bucket="one-bucket")
    except s3.exceptions.ClientError as error:
        return [list(block.values()), error.response["Error"]["Code"]]


@shows("BucketOwnerEnforced")
def bucket_ownership_by_default(session: Any) -> Any:
    controls = _bucket(session).get_bucket_ownership_controls(Bucket="one-bucket")["OwnershipControls"]
    return controls["Rules"][0]["ObjectOwnership"]


@shows([True, False])
def bucket_event_bridge(session: Any) -> Any:
    s3 = _bucket(session)
    found = []
    for configuration in ({"EventBridgeConfiguration": {}}, {}):
        s3.put_bucket_notification_configuration(Bucket="one-bucket", NotificationConfiguration=configuration)
        found.append("EventBridgeConfiguration" in s3.get_bucket_notification_configuration(Bucket="one-bucket"))
    return found


@shows([None, 90, 365])
def key_rotation_period(session: Any) -> Any:
    kms = session.client("kms")
    key = kms.create_key()["KeyMetadata"]
    found = [kms.get_key_rotation_status(KeyId=key["KeyId"]).get("RotationPeriodInDays")]
    kms.enable_key_rotation(KeyId=key["Arn"], RotationPeriodInDays=90)
    found.append(kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"])
    kms.enable_key_rotation(KeyId=key["KeyId"])
    return [*found, kms.get_key_rotation_status(KeyId=key["KeyId"])["RotationPeriodInDays"]]


_READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


@shows(_READ_ONLY)
def user_boundary(session: Any) -> Any:
    iam = session.client("iam")
    iam.create_user(UserName="u", PermissionsBoundary=_READ_ONLY)
    return iam.get_user(UserName="u")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"]


@shows([["AmazonBedrockReadOnly"], "Allow"])
def managed_policy(session: Any) -> Any:
    iam = session.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}")
    arn = "arn:aws:iam::aws:policy/AmazonBedrockReadOnly"
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId=version)["PolicyVersion"]["Document"]
    names = [policy["PolicyName"] for policy in iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]]
    return [names, document["Statement"][0]["Effect"]]


@shows(["NewerThanTheEmulator", "NoSuchEntity"])
def managed_policy_that_nobody_knows(session: Any) -> Any:
    iam = session.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}")
    arn = "arn:aws:iam::aws:policy/service-role/NewerThanTheEmulator"
    iam.attach_role_policy(RoleName="r", PolicyArn=arn)
    name = iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"][0]["PolicyName"]
    version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    try:
        iam.get_policy_version(PolicyArn=arn, VersionId=version)
    except iam.exceptions.NoSuchEntityException as error:
        return [name, error.response["Error"]["Code"]]


@shows([{"TargetBucket": "logs", "TargetPrefix": "d/"}, {}, "InvalidTargetBucketForLogging"])
def bucket_logging(session: Any) -> Any:
    s3 = session.client("s3")
    for name in ("logs", "data"):
        s3.create_bucket(Bucket=name)
    everyone = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::logs/*"}
    s3.put_bucket_policy(Bucket="logs", Policy=json.dumps({"Version": "2012-10-17", "Statement": [everyone]}))
    enabled = {"TargetBucket": "logs", "TargetPrefix": "d/"}
    s3.put_bucket_logging(Bucket="data", BucketLoggingStatus={"LoggingEnabled": enabled})
    found = [s3.get_bucket_logging(Bucket="data").get("LoggingEnabled")]
    s3.put_bucket_logging(Bucket="data", BucketLoggingStatus={})
    found.append(s3.get_bucket_logging(Bucket="data").get("LoggingEnabled", {}))
    try:
        elsewhere = {"TargetBucket": "elsewhere", "TargetPrefix": ""}
        s3.put_bucket_logging(Bucket="data", BucketLoggingStatus={"LoggingEnabled": elsewhere})
    except s3.exceptions.ClientError as error:
        return [*found, error.response["Error"]["Code"]]


_STRANGER = "arn:aws:iam::123456789012:policy/team/baseline"


@shows([["baseline"], f"policy {_STRANGER} is not in this template, so that its document is not known"])
def managed_policy_of_another_stack(session: Any) -> Any:
    iam = session.client("iam")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}", PermissionsBoundary=_STRANGER)
    iam.attach_role_policy(RoleName="r", PolicyArn=_STRANGER)
    names = [policy["PolicyName"] for policy in iam.list_attached_role_policies(RoleName="r")["AttachedPolicies"]]
    version = iam.get_policy(PolicyArn=_STRANGER)["Policy"]["DefaultVersionId"]
    try:
        iam.get_policy_version(PolicyArn=_STRANGER, VersionId=version)
    except iam.exceptions.NoSuchEntityException as error:
        return [names, error.response["Error"]["Message"]]


@shows("s3:GetObject")
def managed_policy_that_is_created_after_it_is_attached(session: Any) -> Any:
    iam, document = session.client("iam"), _allow("s3:GetObject", "2012-10-17")
    iam.create_user(UserName="u")
    iam.attach_user_policy(UserName="u", PolicyArn=_STRANGER)
    iam.create_policy(PolicyName="baseline", Path="/team/", PolicyDocument=json.dumps(document))
    (attached,) = iam.list_attached_user_policies(UserName="u")["AttachedPolicies"]
    read = iam.get_policy_version(PolicyArn=attached["PolicyArn"], VersionId="v1")["PolicyVersion"]
    return read["Document"]["Statement"][0]["Action"]


def _allow(action: str, version: str = "") -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::b/${aws:username}"}
    return {**({"Version": version} if version else {}), "Statement": [statement]}


_LANGUAGES = (_allow("s3:*"), _allow("s3:*", "2008-10-17"), _allow("s3:*", "2012-10-17"))


@shows([list(_LANGUAGES)] * 3)
def inline_policies_of_any_version(session: Any) -> Any:
    iam, found = session.client("iam"), []
    iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}")
    iam.create_user(UserName="u")
    iam.create_group(GroupName="g")
    for kind, name in (("role", "r"), ("user", "u"), ("group", "g")):
        holder, read = {f"{kind.capitalize()}Name": name, "PolicyName": "p"}, []
        for document in _LANGUAGES:
            getattr(iam, f"put_{kind}_policy")(**holder, PolicyDocument=json.dumps(document))
            read.append(getattr(iam, f"get_{kind}_policy")(**holder)["PolicyDocument"])
        found.append(read)
    return found


@shows(["here", "elsewhere"])
def group_of_another_stack(session: Any) -> Any:
    iam = session.client("iam")
    iam.create_user(UserName="u")
    iam.create_group(GroupName="here")
    for name in ("elsewhere", "here"):
        iam.add_user_to_group(UserName="u", GroupName=name)
    return [group["GroupName"] for group in iam.list_groups_for_user(UserName="u")["Groups"]]


@shows(["mysql", "aurora-mysql", "default"])
def database_engines_in_any_case_and_the_default_group(session: Any) -> Any:
    (ec2, vpc, subnet), rds = _network(session), session.client("rds")
    rds.create_db_subnet_group(DBSubnetGroupName="g", DBSubnetGroupDescription="g", SubnetIds=[subnet])
    own = {"MasterUsername": "admin", "MasterUserPassword": "emulated-0", "DBSubnetGroupName": "g"}
    small = {"DBInstanceClass": "db.t3.micro", "AllocatedStorage": 20}
    rds.create_db_instance(DBInstanceIdentifier="i", Engine="MySQL", **small, **own)
    rds.create_db_cluster(DBClusterIdentifier="c", Engine="Aurora-MySQL", **own)
    instance = rds.describe_db_instances(DBInstanceIdentifier="i")["DBInstances"][0]
    cluster = rds.describe_db_clusters(DBClusterIdentifier="c")["DBClusters"][0]
    (group,) = (item["VpcSecurityGroupId"] for item in instance["VpcSecurityGroups"])
    shown = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    assert shown["VpcId"] == vpc
    return [instance["Engine"], cluster["Engine"], shown["GroupName"]]


# --- EC2 and workloads -----------------------------------------------------------------------------------------------


@shows("us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.")
def zone_of_another_region(session: Any) -> Any:
    ec2 = session.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    try:
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone="eu-west-3a")
    except ec2.exceptions.ClientError as error:
        return error.response["Error"]["Message"].rpartition(": ")[2]


@shows("running")
def root_device_of_the_images_size(session: Any) -> Any:
    ec2 = session.client("ec2")
    disk = {"DeviceName": "/dev/xvda", "Ebs": {"DeleteOnTermination": True, "VolumeType": "gp3"}}
    subnet = _network(session)[2]
    made = ec2.run_instances(
        ImageId="ami-12345678", MinCount=1, MaxCount=1, SubnetId=subnet, BlockDeviceMappings=[disk]
    )["Instances"][0]
    shown = ec2.describe_instances(InstanceIds=[made["InstanceId"]])["Reservations"][0]["Instances"][0]
    return shown["State"]["Name"]


def _network(session: Any) -> tuple[Any, str, str]:
    ec2 = session.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    return ec2, vpc, ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]


def _dual(session: Any, *, on_creation: bool) -> tuple[Any, str]:
    ec2 = session.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    made = ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)["Ipv6CidrBlockAssociation"]
    block = made["Ipv6CidrBlock"].replace("/56", "/64")
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24", Ipv6CidrBlock=block)["Subnet"]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=subnet, AssignIpv6AddressOnCreation={"Value": on_creation})
    return ec2, subnet


@shows([1, 1, 2, 1])
def ipv6_addresses(session: Any) -> Any:
    ec2, subnet = _dual(session, on_creation=True)
    one = {"MinCount": 1, "MaxCount": 1, "ImageId": "ami-12345678"}
    cards = [
        ec2.run_instances(**one, **more)["Instances"][0]["InstanceId"]
        for more in (
            {"SubnetId": subnet},
            {"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": subnet}]},
            {"NetworkInterfaces": [{"DeviceIndex": 0, "SubnetId": subnet, "Ipv6AddressCount": 2}]},
        )
    ]
    shown = {
        instance["InstanceId"]: instance["NetworkInterfaces"][0]["Ipv6Addresses"]
        for reservation in ec2.describe_instances()["Reservations"]
        for instance in reservation["Instances"]
    }
    card = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    (own,) = ec2.describe_network_interfaces(NetworkInterfaceIds=[card])["NetworkInterfaces"]
    return [*(len(shown[identifier]) for identifier in cards), len(own["Ipv6Addresses"])]


@shows([["0.0.0.0/0", "::/0"], [101, 32768]])
def what_comes_with_an_ipv6_block(session: Any) -> Any:
    ec2, _ = _dual(session, on_creation=False)
    rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
    (acl,) = ec2.describe_network_acls()["NetworkAcls"]
    numbers = [entry["RuleNumber"] for entry in acl["Entries"] if entry.get("Ipv6CidrBlock") and entry["Egress"]]
    return [[rule.get("CidrIpv4") or rule["CidrIpv6"] for rule in rules if rule["IsEgress"]], numbers]


@shows([True, False])
def source_destination_check(session: Any) -> Any:
    ec2, _, subnet = _network(session)
    made = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, SubnetId=subnet)["Instances"][0]
    found = []
    for value in (True, False):
        ec2.modify_instance_attribute(InstanceId=made["InstanceId"], SourceDestCheck={"Value": value})
        found.append(ec2.describe_network_interfaces()["NetworkInterfaces"][0]["SourceDestCheck"])
    return found


def _transit(session: Any, **options: str) -> tuple[Any, str, str]:
    """The client, a transit gateway and the attachment of a VPC to it."""
    ec2, vpc, subnet = _network(session)
    gateway = ec2.create_transit_gateway(Options=options)["TransitGateway"]["TransitGatewayId"]
    made = ec2.create_transit_gateway_vpc_attachment(TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet])
    return ec2, gateway, made["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]


def _joined(ec2: Any, table: str) -> tuple[int, int]:
    """How many attachments a table routes for, and how many propagate to it."""
    asked = {"TransitGatewayRouteTableId": table}
    associations = ec2.get_transit_gateway_route_table_associations(**asked)["Associations"]
    propagations = ec2.get_transit_gateway_route_table_propagations(**asked)
    return len(associations), len(propagations["TransitGatewayRouteTablePropagations"])


_BOTH_OFF = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}


@shows([[(1, 1)], [(0, 1)], [(1, 0)], []])
def default_transit_route_tables(session: Any) -> Any:
    found = []
    for options in ({}, *({name: value} for name, value in _BOTH_OFF.items()), _BOTH_OFF):
        ec2, gateway, _ = _transit(session, **options)
        shown = ec2.describe_transit_gateways(TransitGatewayIds=[gateway])["TransitGateways"][0]["Options"]
        assert ("AssociationDefaultRouteTableId" in shown) is ("DefaultRouteTableAssociation" not in options)
        tables = ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
        own = [each["TransitGatewayRouteTableId"] for each in tables if each["TransitGatewayId"] == gateway]
        found.append([_joined(ec2, table) for table in own])
    return found


@shows([(0, 1), (1, 0)])
def association_with_another_transit_route_table(session: Any) -> Any:
    ec2, gateway, attachment = _transit(session)
    ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)
    tables = ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
    first, other = sorted(tables, key=lambda table: not table["DefaultAssociationRouteTable"])
    identifier = other["TransitGatewayRouteTableId"]
    ec2.associate_transit_gateway_route_table(
        TransitGatewayRouteTableId=identifier, TransitGatewayAttachmentId=attachment
    )
    return [_joined(ec2, first["TransitGatewayRouteTableId"]), _joined(ec2, identifier)]


@shows([True, []])
def transit_routes(session: Any) -> Any:
    ec2, _, attachment = _transit(session)
    table = ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"][0]["TransitGatewayRouteTableId"]
    own = {"TransitGatewayRouteTableId": table}
    ec2.create_transit_gateway_route(**own, DestinationCidrBlock="10.5.0.0/16", TransitGatewayAttachmentId=attachment)
    ec2.create_transit_gateway_route(**own, DestinationCidrBlock="10.6.0.0/16", Blackhole=True)
    static = [{"Name": "type", "Values": ["static"]}]
    led, dropped = ec2.search_transit_gateway_routes(**own, Filters=static)["Routes"]
    named = [each["TransitGatewayAttachmentId"] for each in led["TransitGatewayAttachments"]] == [attachment]
    return [named, dropped.get("TransitGatewayAttachments", [])]


@shows([["own"], True, "required", True])
def what_an_instance_takes_from_its_launch_template(session: Any) -> Any:
    (ec2, vpc, subnet), iam = _network(session), session.client("iam")
    profile = iam.create_instance_profile(InstanceProfileName="p")["InstanceProfile"]["Arn"]
    group = ec2.create_security_group(GroupName="own", Description="own", VpcId=vpc)["GroupId"]
    card = {"DeviceIndex": 0, "SubnetId": subnet, "Groups": [group], "AssociatePublicIpAddress": True}
    data = {
        "ImageId": "ami-12345678",
        "IamInstanceProfile": {"Name": "p"},
        "NetworkInterfaces": [card],
        "MetadataOptions": {"HttpTokens": "required", "HttpPutResponseHopLimit": 2},
    }
    ec2.create_launch_template(LaunchTemplateName="t", LaunchTemplateData=data)
    made = ec2.run_instances(MinCount=1, MaxCount=1, LaunchTemplate={"LaunchTemplateName": "t"})["Instances"][0]
    shown = ec2.describe_instances(InstanceIds=[made["InstanceId"]])["Reservations"][0]["Instances"][0]
    return [
        [each["GroupName"] for each in shown["NetworkInterfaces"][0]["Groups"]],
        shown["IamInstanceProfile"]["Arn"] == profile,
        shown["MetadataOptions"]["HttpTokens"],
        "PublicIpAddress" in shown,
    ]


@shows([None, True, False])
def public_addresses_of_a_launch_configuration(session: Any) -> Any:
    groups = session.client("autoscaling")
    for number, more in enumerate(({}, {"AssociatePublicIpAddress": True}, {"AssociatePublicIpAddress": False})):
        groups.create_launch_configuration(
            LaunchConfigurationName=f"c{number}", ImageId="ami-12345678", InstanceType="t3.micro", **more
        )
    shown = groups.describe_launch_configurations()["LaunchConfigurations"]
    return [each.get("AssociatePublicIpAddress") for each in shown]


@shows(["off", "block-ingress", [["vpc", "allow-egress"]]])
def public_access_block(session: Any) -> Any:
    ec2, vpc, _ = _network(session)
    found = []
    for mode in ("", "block-ingress"):
        if mode:
            ec2.modify_vpc_block_public_access_options(InternetGatewayBlockMode=mode)
        options = ec2.describe_vpc_block_public_access_options()["VpcBlockPublicAccessOptions"]
        found.append(options["InternetGatewayBlockMode"])
    ec2.create_vpc_block_public_access_exclusion(VpcId=vpc, InternetGatewayExclusionMode="allow-egress")
    shown = ec2.describe_vpc_block_public_access_exclusions()["VpcBlockPublicAccessExclusions"]
    arn = f"arn:aws:ec2:us-east-1:123456789012:vpc/{vpc}"
    return [
        *found,
        [["vpc" if each["ResourceArn"] == arn else "", each["InternetGatewayExclusionMode"]] for each in shown],
    ]


@shows(["default", True])
def interface_endpoint_by_default(session: Any) -> Any:
    ec2, vpc, subnet = _network(session)
    made = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.us-east-1.bedrock-runtime",
        VpcEndpointType="Interface",
        SubnetIds=[subnet],
    )["VpcEndpoint"]
    found = ec2.describe_vpc_endpoints(VpcEndpointIds=[made["VpcEndpointId"]])["VpcEndpoints"][0]
    return [found["Groups"][0]["GroupName"], found["PrivateDnsEnabled"]]


@kept("pl-63a5400a")
def gateway_endpoint_puts_a_route_to_the_prefix_list(session: Any) -> Any:
    ec2, vpc, _ = _network(session)
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    made = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.us-east-1.s3",
        VpcEndpointType="Gateway",
        RouteTableIds=[table],
        PolicyDocument='{"Statement": []}',
    )["VpcEndpoint"]
    lists = ec2.describe_managed_prefix_lists(
        Filters=[{"Name": "prefix-list-name", "Values": ["com.amazonaws.us-east-1.s3"]}]
    )["PrefixLists"]
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    found = [route for route in routes if "DestinationPrefixListId" in route]
    assert [route["GatewayId"] for route in found] == [made["VpcEndpointId"]]
    assert found[0]["DestinationPrefixListId"] == lists[0]["PrefixListId"]
    assert ec2.get_managed_prefix_list_entries(PrefixListId=lists[0]["PrefixListId"])["Entries"]
    assert ec2.describe_vpc_endpoints()["VpcEndpoints"][0]["PolicyDocument"] == '{"Statement": []}'
    return lists[0]["PrefixListId"]


@shows("Gateway")
def endpoint_is_a_gateway_by_default(session: Any) -> Any:
    ec2, vpc, _ = _network(session)
    ec2.create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
    return ec2.describe_vpc_endpoints()["VpcEndpoints"][0]["VpcEndpointType"]


@kept([["0.0.0.0/0"], "private", "eigw"])
def egress_as_in_aws(session: Any) -> Any:
    ec2, vpc, subnet = _network(session)
    group = ec2.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    rules = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissionsEgress"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]
    kind = ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"][0]["ConnectivityType"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    only = ec2.create_egress_only_internet_gateway(VpcId=vpc)["EgressOnlyInternetGateway"][
        "EgressOnlyInternetGatewayId"
    ]
    ec2.create_route(RouteTableId=table, DestinationIpv6CidrBlock="::/0", EgressOnlyInternetGatewayId=only)
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    through = [route["EgressOnlyInternetGatewayId"] for route in routes if "EgressOnlyInternetGatewayId" in route]
    assert through == [only]
    return [[entry["CidrIp"] for rule in rules for entry in rule["IpRanges"]], kind, only.partition("-")[0]]


@shows([True, "arn:aws:sqs:us-east-1:123456789012:dead"])
def function_in_a_vpc(session: Any) -> Any:
    _, vpc, subnet = _network(session)
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = session.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    functions = session.client("lambda")
    functions.create_function(
        FunctionName="f",
        Role=role,
        Code={"ImageUri": IMAGE},
        PackageType="Image",
        VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": []},
        DeadLetterConfig={"TargetArn": "arn:aws:sqs:us-east-1:123456789012:dead"},
    )
    got = functions.get_function_configuration(FunctionName="f")
    assert functions.list_functions()["Functions"][0]["VpcConfig"] == got["VpcConfig"]
    return [got["VpcConfig"]["VpcId"] == vpc, got["DeadLetterConfig"]["TargetArn"]]


@shows(["arn:aws:iam::222222222222:root", "arn:aws:lambda:us-east-1:123456789012:function:f:live"])
def function_permissions(session: Any) -> Any:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = session.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    functions = session.client("lambda")
    functions.create_function(FunctionName="f", Role=role, Code={"ImageUri": IMAGE}, PackageType="Image", Publish=True)
    alias = functions.create_alias(FunctionName="f", Name="live", FunctionVersion="1")["AliasArn"]
    call = {"Action": "lambda:InvokeFunction", "Principal": "222222222222"}
    functions.add_permission(FunctionName="f", StatementId="plain", **call)
    functions.add_permission(FunctionName=alias, StatementId="alias", **call)
    policy = json.loads(functions.get_policy(FunctionName="f")["Policy"])
    found = {statement["Sid"]: statement for statement in policy["Statement"]}
    return [found["plain"]["Principal"]["AWS"], found["alias"]["Resource"]]


@shows([True, True, "DISABLED"])
def service_network(session: Any) -> Any:
    ec2, vpc, subnet = _network(session)
    ecs = session.client("ecs")
    ecs.create_cluster(clusterName="c")
    container = {"name": "n", "image": IMAGE, "memory": 512}
    ecs.register_task_definition(family="t", networkMode="awsvpc", containerDefinitions=[container])
    ecs.create_service(
        cluster="c",
        serviceName="s",
        taskDefinition="t",
        desiredCount=1,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "DISABLED"}},
    )
    service = ecs.describe_services(cluster="c", services=["s"])["services"][0]
    place = service["networkConfiguration"]["awsvpcConfiguration"]
    groups = ec2.describe_security_groups(GroupIds=place["securityGroups"])["SecurityGroups"]
    named = [(group["GroupName"], group["VpcId"]) for group in groups] == [("default", vpc)]
    return [place["subnets"] == [subnet], named, place["assignPublicIp"]]


@kept([KEY, 30, "p", "AWS_IAM"])
def logs_and_function_urls(session: Any) -> Any:
    logs = session.client("logs")
    logs.create_log_group(logGroupName="/g", kmsKeyId=KEY)
    logs.put_retention_policy(logGroupName="/g", retentionInDays=30)
    logs.put_resource_policy(policyName="p", policyDocument="{}")
    group = logs.describe_log_groups()["logGroups"][0]
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = session.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    functions = session.client("lambda")
    functions.create_function(FunctionName="f", Role=role, Code={"ImageUri": IMAGE}, PackageType="Image")
    functions.create_function_url_config(FunctionName="f", AuthType="AWS_IAM")
    return [
        group["kmsKeyId"],
        group["retentionInDays"],
        logs.describe_resource_policies()["resourcePolicies"][0]["policyName"],
        functions.get_function_url_config(FunctionName="f")["AuthType"],
    ]


# --- AgentCore's tools, feature groups, experiments, AWS Config, Macie ------------------------------------------------

_IN_VPC = {"networkMode": "VPC", "vpcConfig": {"subnets": ["subnet-12345678"], "securityGroups": ["sg-12345678"]}}


@shows(["b", "VPC", True])
def custom_browser(session: Any) -> Any:
    client = session.client("bedrock-agentcore-control")
    recording = {"enabled": True, "s3Location": {"bucket": "recordings", "prefix": "p"}}
    made = client.create_browser(name="b", networkConfiguration=_IN_VPC, recording=recording)
    listed = client.list_browsers(type="CUSTOM")["browserSummaries"]
    read = client.get_browser(browserId=made["browserId"])
    return [listed[0]["name"], read["networkConfiguration"]["networkMode"], read["recording"]["enabled"]]


@shows(["c", "VPC"])
def custom_code_interpreter(session: Any) -> Any:
    client = session.client("bedrock-agentcore-control")
    made = client.create_code_interpreter(name="c", networkConfiguration=_IN_VPC)
    listed = client.list_code_interpreters(type="CUSTOM")["codeInterpreterSummaries"]
    read = client.get_code_interpreter(codeInterpreterId=made["codeInterpreterId"])
    return [listed[0]["name"], read["networkConfiguration"]["networkMode"]]


@shows(["g", KEY])
def feature_group_keeps_its_online_store(session: Any) -> Any:
    client = session.client("sagemaker")
    client.create_feature_group(
        FeatureGroupName="g",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="at",
        FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}],
        OnlineStoreConfig={"EnableOnlineStore": True, "SecurityConfig": {"KmsKeyId": KEY}},
    )
    listed = client.list_feature_groups()["FeatureGroupSummaries"]
    read = client.describe_feature_group(FeatureGroupName="g")
    return [listed[0]["FeatureGroupName"], read["OnlineStoreConfig"]["SecurityConfig"]["KmsKeyId"]]


@shows(["e", KEY])
def inference_experiment(session: Any) -> Any:
    client = session.client("sagemaker")
    where = {"InstanceType": "ml.m5.large", "InstanceCount": 1}
    variants = [
        {
            "ModelName": "m",
            "VariantName": name,
            "InfrastructureConfig": {"InfrastructureType": "RealTimeInference", "RealTimeInferenceConfig": where},
        }
        for name in ("one", "two")
    ]
    shadow = [{"ShadowModelVariantName": "two", "SamplingPercentage": 50}]
    client.create_inference_experiment(
        Name="e",
        Type="ShadowMode",
        RoleArn=ROLE,
        EndpointName="endpoint",
        ModelVariants=variants,
        ShadowModeConfig={"SourceModelVariantName": "one", "ShadowModelVariants": shadow},
        KmsKey=KEY,
    )
    listed = client.list_inference_experiments()["InferenceExperiments"]
    return [listed[0]["Name"], client.describe_inference_experiment(Name="e")["KmsKey"]]


@shows([True, "bucket"])
def config_channel_before_its_recorder(session: Any) -> Any:
    client = session.client("config")
    client.put_delivery_channel(DeliveryChannel={"name": "c", "s3BucketName": "bucket"})
    recorder = {"name": "r", "roleARN": ROLE, "recordingGroup": {"allSupported": True}}
    client.put_configuration_recorder(ConfigurationRecorder=recorder)
    client.start_configuration_recorder(ConfigurationRecorderName="r")
    states = client.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    channels = client.describe_delivery_channels()["DeliveryChannels"]
    return [states[0]["recording"], channels[0]["s3BucketName"]]


@shows(["AccessDeniedException", "PAUSED", "ENABLED"])
def macie_is_off_until_enabled(session: Any) -> Any:
    client = session.client("macie2")
    try:
        client.get_macie_session()
        before = "enabled"
    except client.exceptions.AccessDeniedException as error:
        before = error.response["Error"]["Code"]
    client.enable_macie(status="PAUSED")
    client.update_automated_discovery_configuration(status="ENABLED")
    after = client.get_automated_discovery_configuration()["status"]
    return [before, client.get_macie_session()["status"], after]


# --- what stands beside ----------------------------------------------------------------------------------------------


@shows(True)
def service_commands(session: Any) -> Any:
    client = session.client("ecs")
    client.create_cluster(clusterName="c")
    client.register_task_definition(family="t", containerDefinitions=[{"name": "n", "image": "i", "memory": 128}])
    client.create_service(cluster="c", serviceName="s", taskDefinition="t", desiredCount=1, enableExecuteCommand=True)
    return client.describe_services(cluster="c", services=["s"])["services"][0].get("enableExecuteCommand")


@shows([{"Key": "team", "Value": "ai"}])
def space_tags(session: Any) -> Any:
    client = session.client("sagemaker")
    tags = [{"Key": "old", "Value": "x"}]
    arn = client.create_user_profile(DomainId="d", UserProfileName="u", Tags=tags)["UserProfileArn"]
    client.add_tags(ResourceArn=arn, Tags=[{"Key": "team", "Value": "ai"}])
    client.delete_tags(ResourceArn=arn, TagKeys=["old"])
    return client.list_tags(ResourceArn=arn)["Tags"]


@shows({"OnlineStoreConfig": {"EnableOnlineStore": True, "SecurityConfig": {"KmsKeyId": KEY}}})
def feature_group_key(session: Any) -> Any:
    client = session.client("sagemaker")
    client.create_feature_group(
        FeatureGroupName="f",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="at",
        FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}],
        RoleArn=ROLE,
        OnlineStoreConfig={"EnableOnlineStore": True, "SecurityConfig": {"KmsKeyId": KEY}},
    )
    return pick(client.describe_feature_group(FeatureGroupName="f"), "OnlineStoreConfig")


@shows({"MaxRuntimeInSeconds": 60})
def explainability_stops(session: Any) -> Any:
    client = session.client("sagemaker")
    output = [{"S3Output": {"S3Uri": "s3://b/o", "LocalPath": "/o"}}]
    client.create_model_explainability_job_definition(
        JobDefinitionName="j",
        ModelExplainabilityAppSpecification={"ImageUri": IMAGE, "ConfigUri": "s3://b/c"},
        ModelExplainabilityJobInput={"EndpointInput": {"EndpointName": "e", "LocalPath": "/i"}},
        ModelExplainabilityJobOutputConfig={"MonitoringOutputs": output},
        JobResources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 1}},
        RoleArn=ROLE,
        StoppingCondition={"MaxRuntimeInSeconds": 60},
    )
    return client.describe_model_explainability_job_definition(JobDefinitionName="j").get("StoppingCondition")


@shows({"RotationEnabled": True, "RotationRules": {"AutomaticallyAfterDays": 7}})
def rotation_is_noted_and_not_run(session: Any) -> Any:
    client = session.client("secretsmanager")
    client.create_secret(Name="s", SecretString="x")
    function = "arn:aws:lambda:us-east-1:123456789012:function:turn"
    client.rotate_secret(SecretId="s", RotationLambdaARN=function, RotationRules={"AutomaticallyAfterDays": 7})
    return pick(client.describe_secret(SecretId="s"), "RotationEnabled", "RotationRules")


@shows("HTTPS")
def listener_with_a_certificate_of_the_account(session: Any) -> Any:
    ec2, client = session.client("ec2"), session.client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]
        for index, zone in enumerate("ab")
    ]
    made = client.create_load_balancer(Name="b", Subnets=[subnet["SubnetId"] for subnet in subnets])["LoadBalancers"][0]
    answer = client.create_listener(
        LoadBalancerArn=made["LoadBalancerArn"],
        Port=443,
        Protocol="HTTPS",
        Certificates=[{"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/one"}],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )
    return answer["Listeners"][0]["Protocol"]


@shows({"executionRoleArn": ROLE, "networkConfiguration": {"networkMode": "PUBLIC"}, "tags": {"team": "ai"}})
def browser_reads_back(session: Any) -> Any:
    client = session.client("bedrock-agentcore-control")
    made = client.create_browser(
        name="b", executionRoleArn=ROLE, networkConfiguration={"networkMode": "PUBLIC"}, tags={"team": "ai"}
    )
    tags = client.list_tags_for_resource(resourceArn=made["browserArn"])["tags"]
    shown = client.get_browser(browserId=made["browserId"])
    return pick(shown, "executionRoleArn", "networkConfiguration") | {"tags": tags}


@shows({"StringEquals": {"aws:PrincipalOrgID": "o-abcdef123456", "lambda:FunctionUrlAuthType": "AWS_IAM"}})
def permission_conditions(session: Any) -> Any:
    trust = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    role = session.client("iam").create_role(
        RoleName="r", AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    client = session.client("lambda")
    client.create_function(FunctionName="f", Role=role, Code={"ImageUri": IMAGE}, PackageType="Image")
    client.add_permission(
        FunctionName="f",
        StatementId="s",
        Action="lambda:InvokeFunctionUrl",
        Principal="*",
        PrincipalOrgID="o-abcdef123456",
        FunctionUrlAuthType="AWS_IAM",
    )
    (statement,) = json.loads(client.get_policy(FunctionName="f")["Policy"])["Statement"]
    return statement.get("Condition")


@shows([("-1", True)])
def default_group_lets_its_members_in(session: Any) -> Any:
    client = session.client("ec2")
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    wanted = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": ["default"]}]
    (group,) = client.describe_security_groups(Filters=wanted)["SecurityGroups"]
    return [
        (rule["IpProtocol"], [pair["GroupId"] for pair in rule["UserIdGroupPairs"]] == [group["GroupId"]])
        for rule in group["IpPermissions"]
    ]


@shows(
    {
        "source": {"type": "CODEPIPELINE", "buildspec": "b"},
        "artifacts": {"type": "CODEPIPELINE"},
        "environment": {"type": "ARM_LAMBDA_CONTAINER", "image": "i", "computeType": "BUILD_LAMBDA_1GB"},
    }
)
def project_of_a_pipeline(session: Any) -> Any:
    client = session.client("codebuild")
    client.create_project(
        name="project",
        serviceRole=ROLE,
        source={"type": "CODEPIPELINE", "buildspec": "b"},
        artifacts={"type": "CODEPIPELINE"},
        environment={"type": "ARM_LAMBDA_CONTAINER", "image": "i", "computeType": "BUILD_LAMBDA_1GB"},
    )
    (shown,) = client.batch_get_projects(names=["project"])["projects"]
    return pick(shown, "source", "artifacts", "environment")


@shows([("io1", 60)])
def volume_with_provisioned_performance(session: Any) -> Any:
    client = session.client("ec2")
    vpc = client.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = client.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    device = {"DeviceName": "/dev/sdm", "Ebs": {"VolumeType": "io1", "Iops": 60, "VolumeSize": 20}}
    client.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, SubnetId=subnet, BlockDeviceMappings=[device])
    volumes = client.describe_volumes()["Volumes"]
    return [(volume["VolumeType"], volume["Iops"]) for volume in volumes if volume["Size"] == 20]
