"""Which endpoint serves an API call: IAM actions by the short names of VPC endpoint services.

The names are those of "AWS services that integrate with AWS PrivateLink"
(https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html). A service that is not here
has no endpoint, or none that is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

COLLECTION = "aoss-data"
"""The data of OpenSearch Serverless collections; `aoss` is their control plane.

A classic collection has another endpoint: not an EC2 one of this name, but one made through OpenSearch Serverless
(https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html).
"""

BEARER = "bedrock:callwithbearertoken"
"""A permission to sign calls in another way, itself no call."""


def service_of(action: str) -> str | None:
    """The endpoint that serves a call, `bedrock-runtime` for `bedrock:InvokeModel`; nothing where none is known.

    The action has no wildcard. Names of API operations do as well where IAM has no such action (`bedrock:Converse`).
    """
    prefix, _, name = action.lower().partition(":")
    if not name or action.lower() == BEARER:
        return None
    split = SPLIT.get(prefix)
    if split is None:
        return WHOLE.get(prefix)
    found = next((service for service, names in split.operations.items() if name in names), None)
    return found or split.rest


def services_of(pattern: str) -> tuple[str, ...]:
    """The endpoints that serve the calls of an Action element, which may have wildcards: `bedrock:*` has many.

    Nothing for `*`, which speaks of no service.
    """
    prefix, _, name = pattern.lower().partition(":")
    if not set(name) & set("*?"):
        return tuple(filter(None, (service_of(pattern),)))
    split = SPLIT.get(prefix)
    if split is None:
        return tuple(filter(None, (WHOLE.get(prefix),)))
    found = [s for s, names in split.operations.items() if any(_matches(one, name) for one in names)]
    head = min(name.partition("*")[0], name.partition("?")[0], key=len)
    if split.rest and (not found or head == "" or head.startswith(_VERBS)):
        found.append(split.rest)
    return tuple(found)


def covers(patterns: Iterable[str], *actions: str) -> bool:
    """Whether one of the Action elements names its service and takes in one of the actions."""
    return any(
        ":" in pattern and _matches(action.lower(), pattern.lower()) for pattern in patterns for action in actions
    )


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern.replace("[", "[[]"))


class Split:
    """A service whose calls go to several endpoints: the operations of each by their names in lower case, and the
    endpoint of all others."""

    def __init__(self, rest: str | None, **operations: str) -> None:
        self.rest = rest
        self.operations = {
            name.replace("__", ".").replace("_", "-"): {each.lower(): each for each in text.split()}
            for name, text in operations.items()
        }


_VERBS = ("get", "list", "create", "delete", "update", "put", "start", "stop", "batch", "describe")
"""What an action begins with on any endpoint."""

WHOLE: dict[str, str] = {
    name: name
    for name in """
    access-analyzer account acm acm-pca apprunner application-autoscaling athena autoscaling backup batch bedrock-mantle
    cloudformation cloudhsm cloudtrail codebuild codedeploy codepipeline cognito-identity cognito-idp comprehend
    comprehendmedical config databrew datasync datazone dms ds ebs ec2 ec2messages ecs eks eks-auth elasticache
    elasticbeanstalk elasticfilesystem elasticloadbalancing elasticmapreduce emr-containers emr-serverless events fis
    forecast fsx glue guardduty healthlake imagebuilder inspector2 kafka kendra kms lakeformation lambda license-manager
    logs macie2 mq neptune-graph pi pipes polly ram rds rds-data redshift redshift-data redshift-serverless rekognition
    resource-groups s3 s3-outposts s3express s3tables s3vectors sagemaker-geospatial schemas secretsmanager securityhub
    servicecatalog sns sqs ssm ssm-contacts ssm-incidents ssmmessages sts swf synthetics textract translate
    verifiedpermissions vpc-lattice wafv2 workspaces xray
    """.split()
} | {
    "cloudhsm": "cloudhsmv2",
    "cloudwatch": "monitoring",
    "execute-api": "execute-api",
    "firehose": "kinesis-firehose",
    "kinesis": "kinesis-streams",
    "sagemaker-mlflow": "experiments",
    "ses": "email",
    "tag": "tagging",
}
"""IAM prefixes whose calls all go to one endpoint."""

SPLIT = {
    "aoss": Split("aoss", aoss_data="APIAccessAll DashboardsAccessAll"),
    "appconfig": Split("appconfig", appconfigdata="StartConfigurationSession GetLatestConfiguration"),
    "appsync": Split(None, appsync_api="GraphQL"),
    "aps": Split("aps", aps_workspaces="RemoteWrite QueryMetrics GetSeries GetLabels GetMetricMetadata"),
    "bedrock": Split(
        "bedrock",
        bedrock_runtime="""
            ApplyGuardrail Converse ConverseStream CountTokens GetAsyncInvoke InvokeGuardrailChecks InvokeModel
            InvokeModelWithBidirectionalStream InvokeModelWithResponseStream ListAsyncInvokes StartAsyncInvoke
            """,
        bedrock_agent_runtime="""
            AgenticRetrieveStream CheckIngestedDocumentAcl CreateInvocation CreateSession DeleteAgentMemory
            DeleteSession EndSession GenerateQuery GetAgentMemory GetDocumentContent GetExecutionFlowSnapshot
            GetFlowExecution GetIngestedDocumentAcl GetInvocationStep GetSession InvokeAgent InvokeFlow
            InvokeInlineAgent ListFlowExecutionEvents ListFlowExecutions ListInvocationSteps ListInvocations
            ListSessions OptimizePrompt PutInvocationStep Rerank Retrieve RetrieveAndGenerate RetrieveAndGenerateStream
            StartFlowExecution StopFlowExecution UpdateSession
            """,
        bedrock_agent="""
            AssociateAgentCollaborator AssociateAgentKnowledgeBase CreateAgent CreateAgentActionGroup CreateAgentAlias
            CreateDataSource CreateFlow CreateFlowAlias CreateFlowVersion CreateKnowledgeBase CreatePrompt
            CreatePromptVersion CreateRetrievalInstruction CreateRetrievalInstructionVersion CreateVpcConfiguration
            DeleteAgent DeleteAgentActionGroup DeleteAgentAlias DeleteAgentVersion DeleteDataSource DeleteFlow
            DeleteFlowAlias DeleteFlowVersion DeleteKnowledgeBase DeleteKnowledgeBaseDocuments DeletePrompt
            DeleteRetrievalInstruction DeleteVpcConfiguration DisassociateAgentCollaborator
            DisassociateAgentKnowledgeBase GetAgent GetAgentActionGroup GetAgentAlias GetAgentCollaborator
            GetAgentKnowledgeBase GetAgentVersion GetDataSource GetFlow GetFlowAlias GetFlowVersion GetIngestionJob
            GetKnowledgeBase GetKnowledgeBaseDocuments GetPrompt GetRetrievalInstruction GetVpcConfiguration
            IngestKnowledgeBaseDocuments ListAgentActionGroups ListAgentAliases ListAgentCollaborators
            ListAgentKnowledgeBases ListAgentVersions ListAgents ListDataSources ListFlowAliases ListFlowVersions
            ListFlows ListIngestionJobs ListKnowledgeBaseDocuments ListKnowledgeBases ListPrompts
            ListRetrievalInstructionVersions ListRetrievalInstructions ListVpcConfigurations PrepareAgent PrepareFlow
            StartIngestionJob StopIngestionJob UpdateAgent UpdateAgentActionGroup UpdateAgentAlias
            UpdateAgentCollaborator UpdateAgentKnowledgeBase UpdateDataSource UpdateFlow UpdateFlowAlias
            UpdateKnowledgeBase UpdatePrompt UpdateRetrievalInstruction ValidateFlowDefinition
            """,
        bedrock_data_automation="""
            CopyBlueprintStage CreateBlueprint CreateBlueprintVersion CreateDataAutomationLibrary
            CreateDataAutomationProject DeleteBlueprint DeleteDataAutomationLibrary DeleteDataAutomationProject
            GetBlueprint GetBlueprintOptimizationStatus GetDataAutomationLibrary GetDataAutomationLibraryEntity
            GetDataAutomationLibraryIngestionJob GetDataAutomationProject InvokeBlueprintOptimizationAsync
            InvokeDataAutomationLibraryIngestionJob ListBlueprints ListDataAutomationLibraries
            ListDataAutomationLibraryEntities ListDataAutomationLibraryIngestionJobs ListDataAutomationProjects
            UpdateBlueprint UpdateDataAutomationLibrary UpdateDataAutomationProject
            """,
        bedrock_data_automation_runtime="GetDataAutomationStatus InvokeDataAutomation InvokeDataAutomationAsync",
    ),
    "bedrock-agentcore": Split(
        "bedrock-agentcore-control",
        bedrock_agentcore__gateway="InvokeGateway",
        bedrock_agentcore="""
            BatchCreateMemoryRecords BatchDeleteMemoryRecords BatchUpdateMemoryRecords CompleteResourceTokenAuth
            ConnectBrowserAutomationStream ConnectBrowserLiveViewStream CreateABTest CreateEvent
            CreatePaymentInstrument CreatePaymentSession DeleteABTest DeleteBatchEvaluation
            DeleteCapacityProviderSession DeleteDatasetGeneration DeleteEvent DeleteMemoryRecord
            DeletePaymentInstrument DeletePaymentSession DeleteRecommendation Evaluate GetABTest GetAgentCard
            GetAgentInsight GetBatchEvaluation GetBrowserSession GetCodeInterpreterSession GetDatasetGeneration GetEvent
            GetMemoryRecord GetPaymentInstrument GetPaymentInstrumentBalance GetPaymentSession GetRecommendation
            GetResourceApiKey GetResourceOauth2Token GetResourcePaymentToken GetWorkloadAccessToken
            GetWorkloadAccessTokenForJWT GetWorkloadAccessTokenForUserId IngestData InvokeAgentRuntime
            InvokeAgentRuntimeCommand InvokeAgentRuntimeForUser InvokeBrowser InvokeCodeInterpreter InvokeHarness
            InvokeWebSearch ListABTests ListActors ListAgentInsights ListBatchEvaluations ListBrowserSessions
            ListCodeInterpreterSessions ListDatasetGenerations ListEvents ListMemoryExtractionJobs ListMemoryRecords
            ListPaymentInstruments ListPaymentSessions ListRecommendations ListSessions ProcessPayment
            RetrieveMemoryRecords SaveBrowserSessionProfile SearchRegistryRecords StartBatchEvaluation
            StartBrowserSession StartCodeInterpreterSession StartDatasetGeneration StartMemoryExtractionJob
            StartRecommendation StopBatchEvaluation StopBrowserSession StopCodeInterpreterSession
            StopRuntimeSession UpdateABTest UpdateAgentInsight UpdateBrowserStream
            """,
    ),
    "codeartifact": Split(
        "codeartifact.api", codeartifact__repositories="ReadFromRepository PublishPackageVersion PutPackageMetadata"
    ),
    "codecommit": Split("codecommit", git_codecommit="GitPull GitPush"),
    "dynamodb": Split("dynamodb", dynamodb_streams="DescribeStream GetRecords GetShardIterator ListStreams"),
    "ecr": Split(
        "ecr.api",
        ecr__dkr="""
            BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload GetDownloadUrlForLayer InitiateLayerUpload
            PutImage UploadLayerPart
            """,
    ),
    "ecs": Split("ecs", ecs_agent="Poll", ecs_telemetry="StartTelemetrySession"),
    "lex": Split(
        "models-v2-lex",
        runtime_v2_lex="DeleteSession GetSession PutSession RecognizeText RecognizeUtterance StartConversation",
    ),
    "personalize": Split(
        "personalize",
        personalize_events="PutActionInteractions PutActions PutEvents PutItems PutUsers",
        personalize_runtime="GetActionRecommendations GetPersonalizedRanking GetRecommendations",
    ),
    "sagemaker": Split(
        "sagemaker.api",
        sagemaker__runtime="InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream",
        sagemaker__featurestore_runtime="""
            BatchGetRecord BatchWriteRecord DeleteRecord GetRecord ListRecords PutRecord UpdateRecord
            """,
        sagemaker__metrics="BatchGetMetrics BatchPutMetrics",
    ),
    "servicediscovery": Split("servicediscovery", data_servicediscovery="DiscoverInstances DiscoverInstancesRevision"),
    "states": Split("states", sync_states="StartSyncExecution"),
    "transcribe": Split(
        "transcribe",
        transcribestreaming="""
            StartCallAnalyticsStreamTranscription StartCallAnalyticsStreamTranscriptionWebSocket
            StartMedicalScribeStream StartMedicalStreamTranscription StartMedicalStreamTranscriptionWebSocket
            StartStreamTranscription StartStreamTranscriptionWebSocket
            """,
    ),
}
"""IAM prefixes whose calls go to several endpoints."""


def known_services() -> frozenset[str]:
    """The short names of all services that an endpoint is known for."""
    own = {name for split in SPLIT.values() for name in (*split.operations, *((split.rest,) if split.rest else ()))}
    return frozenset({*own, *WHOLE.values(), *_FURTHER})


_FURTHER = ("ecr.dkr", "studio", "notebook", "logs", "monitoring", "ssmmessages", "ec2messages", "bedrock-mantle")
"""Services with endpoints that no IAM action of their own name is for."""
