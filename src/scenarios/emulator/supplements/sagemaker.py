"""SageMaker: kinds that moto lacks, loses parts of or breaks down on, and members that it loses."""

from __future__ import annotations

from scenarios.emulator.supplements.missing import Kind
from scenarios.emulator.supplements.remembered import Lost

_SERVICE = "sagemaker"
_ARN = "arn:{partition}:sagemaker:{region}:{account}"

KINDS = (
    Kind(
        _SERVICE,
        "UserProfile",
        identity="UserProfileName",
        arn=_ARN + ":user-profile/{DomainId}/{UserProfileName}",
        arn_member="UserProfileArn",
        parents=("DomainId",),
        filters={"DomainIdEquals": "DomainId"},
        fresh={"Status": "InService"},
        read="DescribeUserProfile",
    ),
    Kind(
        _SERVICE,
        "Space",
        identity="SpaceName",
        arn=_ARN + ":space/{DomainId}/{SpaceName}",
        arn_member="SpaceArn",
        parents=("DomainId",),
        filters={"DomainIdEquals": "DomainId"},
        fresh={"Status": "InService"},
        read="DescribeSpace",
    ),
    Kind(
        _SERVICE,
        "MonitoringSchedule",
        identity="MonitoringScheduleName",
        arn=_ARN + ":monitoring-schedule/{MonitoringScheduleName}",
        arn_member="MonitoringScheduleArn",
        fresh={"MonitoringScheduleStatus": "Scheduled"},
        read="DescribeMonitoringSchedule",
    ),
    # moto breaks down on instance groups that leave out what they may leave out.
    Kind(
        _SERVICE,
        "Cluster",
        identity="ClusterName",
        arn=_ARN + ":cluster/{ClusterName}",
        arn_member="ClusterArn",
        fresh={"ClusterStatus": "InService"},
        read="DescribeCluster",
    ),
    # moto breaks down where there is no offline store, and drops the online one.
    Kind(
        _SERVICE,
        "FeatureGroup",
        identity="FeatureGroupName",
        arn=_ARN + ":feature-group/{FeatureGroupName}",
        arn_member="FeatureGroupArn",
        fresh={"FeatureGroupStatus": "Created"},
        read="DescribeFeatureGroup",
    ),
    # moto refuses variants without a model (inference components), and drops the configuration's network and capture.
    Kind(
        _SERVICE,
        "EndpointConfig",
        identity="EndpointConfigName",
        arn=_ARN + ":endpoint-config/{EndpointConfigName}",
        arn_member="EndpointConfigArn",
        read="DescribeEndpointConfig",
    ),
    Kind(
        _SERVICE,
        "Endpoint",
        identity="EndpointName",
        arn=_ARN + ":endpoint/{EndpointName}",
        arn_member="EndpointArn",
        fresh={"EndpointStatus": "InService"},
        read="DescribeEndpoint",
    ),
    Kind(
        _SERVICE,
        "InferenceExperiment",
        identity="Name",
        arn=_ARN + ":inference-experiment/{Name}",
        arn_member="InferenceExperimentArn",
        fresh={"Status": "Running", "Arn": "{InferenceExperimentArn}"},
        read="DescribeInferenceExperiment",
    ),
)

LOST = (
    Lost(
        _SERVICE,
        writes=("CreateModel",),
        reads=("DescribeModel",),
        key="ModelName",
        members=("EnableNetworkIsolation", "InferenceExecutionConfig"),
    ),
    Lost(
        _SERVICE,
        writes=("CreateNotebookInstance", "UpdateNotebookInstance"),
        reads=("DescribeNotebookInstance",),
        key="NotebookInstanceName",
        members=("InstanceMetadataServiceConfiguration", "PlatformIdentifier"),
    ),
    Lost(
        _SERVICE,
        writes=("CreateModelExplainabilityJobDefinition",),
        reads=("DescribeModelExplainabilityJobDefinition",),
        key="JobDefinitionName",
        members=("StoppingCondition",),
    ),
)
