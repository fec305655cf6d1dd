"""AWS::SageMaker."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, document
from scenarios.finding import PropertyPath

_KINDS = ("DataQuality", "ModelBias", "ModelQuality", "ModelExplainability")


def _named(kind: str, *, ref: str = "", ignore: tuple[str, ...] = ()) -> None:
    """A kind of thing with a name and an ARN, made by `Create` and its own name; Ref is the ARN."""
    arn = f"{{{kind}Arn}}"
    simple(
        f"AWS::SageMaker::{kind}",
        "sagemaker",
        f"Create{kind}",
        ref=ref or arn,
        identity=arn,
        attributes={f"{kind}Name": f"{{{kind}Name}}", f"{kind}Arn": arn},
        name=f"{kind}Name",
        max_length=63,
        ignore=ignore,
    )


for _kind in ("NotebookInstance", "Model", "EndpointConfig", "ModelPackageGroup", "MonitoringSchedule"):
    _named(_kind)
_named("NotebookInstanceLifecycleConfig")
_named("UserProfile", ref="{UserProfileName}")
_named("Space", ref="{SpaceName}")
_named("FeatureGroup", ref="{FeatureGroupName}")
# These two steer updates of the stack only.
_named("Endpoint", ignore=("RetainAllVariantProperties", "ExcludeRetainedVariantProperties", "RetainDeploymentConfig"))

simple(
    "AWS::SageMaker::InferenceExperiment",
    "sagemaker",
    "CreateInferenceExperiment",
    ref="{Name}",
    identity="{InferenceExperimentArn}",
    attributes={"Arn": "{InferenceExperimentArn}", "Status": "Running"},
)
for _kind in _KINDS:
    simple(
        f"AWS::SageMaker::{_kind}JobDefinition",
        "sagemaker",
        f"Create{_kind}JobDefinition",
        ref="{JobDefinitionArn}",
        identity="{JobDefinitionArn}",
        attributes={"JobDefinitionArn": "{JobDefinitionArn}"},
        name="JobDefinitionName",
        max_length=63,
        ignore=("EndpointName",),
    )


@provider("AWS::SageMaker::Domain")
def domain(request: Request) -> Created:
    """A Studio domain; AppNetworkAccessType is PublicInternetOnly unless the template says otherwise."""
    properties, stack = request.properties, request.stack
    made = call(request.client("sagemaker"), "CreateDomain", properties)
    arn = made["DomainArn"]
    identifier = str(made.get("DomainId") or arn.rpartition("/")[2])
    unique = digest(stack.name + request.logical_id, 17, "0123456789abcdef")
    attributes = {
        "DomainId": identifier,
        "DomainArn": arn,
        "Url": made.get("Url") or f"https://{identifier}.studio.{stack.region}.sagemaker.aws",
        "HomeEfsFileSystemId": f"fs-{unique}",
        "SecurityGroupIdForDomainBoundary": f"sg-{unique}",
        "SingleSignOnManagedApplicationInstanceId": f"ins-{unique}",
        "SingleSignOnApplicationArn": f"arn:{stack.partition}:sso::{stack.account_id}:application/{unique}",
    }
    return Created(identifier, attributes, identity=arn, origins={(identifier,): ()})


@provider("AWS::SageMaker::Pipeline")
def pipeline(request: Request) -> Created:
    """A pipeline; a definition that stands in S3 is not fetched."""
    properties = request.properties
    definition = properties.sub("PipelineDefinition")
    body = definition.get("PipelineDefinitionBody") or "{}"
    given: dict[str, Any] = {"PipelineDefinition": document(body)}
    made = call(request.client("sagemaker"), "CreatePipeline", properties, skip=("PipelineDefinition",), **given)
    arn = made["PipelineArn"]
    place = ("Properties", "PipelineDefinition", "PipelineDefinitionBody")
    origins: dict[tuple[str, ...], PropertyPath] = {(arn, "definition"): place if body != "{}" else place[:2]}
    if isinstance(body, dict):
        origins[(arn, "steps")] = (*place, "Steps")
    return Created(str(properties["PipelineName"]), identity=arn, origins=origins)
