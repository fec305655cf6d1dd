"""AWS::SageMaker."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple

_ARN = "arn:{partition}:sagemaker:{region}:{account}"


def _lifecycle(request: Request) -> dict[str, Any]:
    name = request.properties.get("LifecycleConfigName")
    return {"LifecycleConfigName": str(name)} if name else {}


simple(
    "AWS::SageMaker::NotebookInstance",
    "sagemaker",
    "CreateNotebookInstance",
    ref="{NotebookInstanceArn}",
    identity="{NotebookInstanceArn}",
    attributes={"NotebookInstanceName": "{NotebookInstanceName}"},
    name="NotebookInstanceName",
    max_length=63,
    more=_lifecycle,
)
simple(
    "AWS::SageMaker::Model",
    "sagemaker",
    "CreateModel",
    ref="{ModelArn}",
    identity="{ModelArn}",
    attributes={"ModelName": "{ModelName}"},
    name="ModelName",
    max_length=63,
)
simple(
    "AWS::SageMaker::EndpointConfig",
    "sagemaker",
    "CreateEndpointConfig",
    ref="{EndpointConfigArn}",
    identity="{EndpointConfigArn}",
    attributes={"EndpointConfigName": "{EndpointConfigName}"},
    name="EndpointConfigName",
    max_length=63,
)
simple(
    "AWS::SageMaker::Endpoint",
    "sagemaker",
    "CreateEndpoint",
    ref="{EndpointArn}",
    identity="{EndpointArn}",
    attributes={"EndpointName": "{EndpointName}"},
    name="EndpointName",
    max_length=63,
)
simple(
    "AWS::SageMaker::Domain",
    "sagemaker",
    "CreateDomain",
    ref="{DomainId}",
    identity="{DomainArn}",
    attributes={
        "DomainId": "{DomainId}",
        "DomainArn": "{DomainArn}",
        "Url": "https://{DomainId}.studio.{region}.sagemaker.aws",
        "HomeEfsFileSystemId": "fs-{DomainId}",
        "SecurityGroupIdForDomainBoundary": "sg-{DomainId}",
        "SingleSignOnApplicationArn": _ARN + ":sso/{DomainId}",
    },
)
simple(
    "AWS::SageMaker::UserProfile",
    "sagemaker",
    "CreateUserProfile",
    ref="{UserProfileName}",
    identity="{UserProfileArn}",
    attributes={"UserProfileArn": "{UserProfileArn}"},
)
simple(
    "AWS::SageMaker::Space",
    "sagemaker",
    "CreateSpace",
    ref="{SpaceName}",
    identity="{SpaceArn}",
    attributes={"SpaceArn": "{SpaceArn}"},
)
simple(
    "AWS::SageMaker::MonitoringSchedule",
    "sagemaker",
    "CreateMonitoringSchedule",
    ref="{MonitoringScheduleArn}",
    identity="{MonitoringScheduleArn}",
    attributes={"MonitoringScheduleArn": "{MonitoringScheduleArn}"},
)
for _kind in ("DataQuality", "ModelBias", "ModelQuality", "ModelExplainability"):
    simple(
        f"AWS::SageMaker::{_kind}JobDefinition",
        "sagemaker",
        f"Create{_kind}JobDefinition",
        ref="{JobDefinitionArn}",
        identity="{JobDefinitionArn}",
        attributes={"JobDefinitionArn": "{JobDefinitionArn}"},
        name="JobDefinitionName",
        max_length=63,
    )
simple(
    "AWS::SageMaker::ModelPackageGroup",
    "sagemaker",
    "CreateModelPackageGroup",
    ref="{ModelPackageGroupArn}",
    identity="{ModelPackageGroupArn}",
    attributes={"ModelPackageGroupArn": "{ModelPackageGroupArn}"},
)


@provider("AWS::SageMaker::NotebookInstanceLifecycleConfig")
def lifecycle_config(request: Request) -> Created:
    """A lifecycle configuration; its scripts are stored and never run."""
    properties = request.properties
    name = str(properties.get("NotebookInstanceLifecycleConfigName") or request.name(max_length=63))
    given: dict[str, Any] = {"NotebookInstanceLifecycleConfigName": name}
    for key in ("OnCreate", "OnStart"):
        if key in properties:
            given[key] = [{"Content": str(item.get("Content", ""))} for item in properties[key]]
    made = request.client("sagemaker").create_notebook_instance_lifecycle_config(**given)
    properties.ignore("Tags")
    arn = made["NotebookInstanceLifecycleConfigArn"]
    return Created(arn, {"NotebookInstanceLifecycleConfigName": name, "Id": arn}, identity=arn)
