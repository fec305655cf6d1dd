"""SageMaker jobs: those that run, and those that a pipeline's steps are going to be.

A step's arguments are the request that creates the job, with expressions for what is known only when the pipeline runs:
https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps.html
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scenarios.account import sagemaker
from scenarios.account.network import Placement
from scenarios.finding import Origin, PropertyPath
from scenarios.observation.interfaces import placement

Arguments = Mapping[str, Any]

PLACE, ISOLATION, ENCRYPTION = "VpcConfig", "EnableNetworkIsolation", "EnableInterContainerTrafficEncryption"
ROLE, VOLUME_KEY, OUTPUT_KEY, OUTPUT = "RoleArn", "VolumeKmsKeyId", "OutputKmsKeyId", "OutputUri"


def training(arguments: Arguments) -> Arguments:
    """What a training job is asked for, by the names above."""
    return {
        PLACE: arguments.get("VpcConfig"),
        ISOLATION: arguments.get(ISOLATION),
        ENCRYPTION: arguments.get(ENCRYPTION),
        ROLE: arguments.get("RoleArn"),
        VOLUME_KEY: _at(arguments, "ResourceConfig", "VolumeKmsKeyId"),
        OUTPUT_KEY: _at(arguments, "OutputDataConfig", "KmsKeyId"),
        OUTPUT: _at(arguments, "OutputDataConfig", "S3OutputPath"),
    }


def processing(arguments: Arguments) -> Arguments:
    """The same of a processing job."""
    outputs = _at(arguments, "ProcessingOutputConfig", "Outputs")
    first = outputs[0] if isinstance(outputs, list) and outputs else outputs
    return {
        PLACE: _at(arguments, "NetworkConfig", "VpcConfig"),
        ISOLATION: _at(arguments, "NetworkConfig", ISOLATION),
        ENCRYPTION: _at(arguments, "NetworkConfig", ENCRYPTION),
        ROLE: arguments.get("RoleArn"),
        VOLUME_KEY: _at(arguments, "ProcessingResources", "ClusterConfig", "VolumeKmsKeyId"),
        OUTPUT_KEY: _at(arguments, "ProcessingOutputConfig", "KmsKeyId"),
        OUTPUT: _at(first, "S3Output", "S3Uri"),
    }


def automl(arguments: Arguments) -> Arguments:
    """The same of an Autopilot job, of either version."""
    security = arguments.get("SecurityConfig") or _at(arguments, "AutoMLJobConfig", "SecurityConfig")
    return {
        PLACE: _at(security, "VpcConfig"),
        ENCRYPTION: _at(security, ENCRYPTION),
        ROLE: arguments.get("RoleArn"),
        VOLUME_KEY: _at(security, "VolumeKmsKeyId"),
        OUTPUT_KEY: _at(arguments, "OutputDataConfig", "KmsKeyId"),
        OUTPUT: _at(arguments, "OutputDataConfig", "S3OutputPath"),
    }


def model(arguments: Arguments) -> Arguments:
    """The same of a model that a step creates."""
    return {
        PLACE: arguments.get("VpcConfig"),
        ISOLATION: arguments.get(ISOLATION),
        ROLE: arguments.get("ExecutionRoleArn"),
    }


def transform(arguments: Arguments, model_settings: Arguments) -> Arguments:
    """The same of a batch transform job, which runs its model's containers in its model's place."""
    return {
        **model_settings,
        VOLUME_KEY: _at(arguments, "TransformResources", "VolumeKmsKeyId"),
        OUTPUT_KEY: _at(arguments, "TransformOutput", "KmsKeyId"),
        OUTPUT: _at(arguments, "TransformOutput", "S3OutputPath"),
    }


def parts_of_tuning(arguments: Arguments) -> Iterator[Arguments]:
    """What the training jobs of a tuning job are asked for."""
    several = arguments.get("TrainingJobDefinitions")
    for each in (arguments.get("TrainingJobDefinition"), *(several if isinstance(several, list) else ())):
        if isinstance(each, Mapping):
            yield training(each)


SIMPLE: Mapping[str, Callable[[Arguments], Arguments]] = {
    "Training": training,
    "Processing": processing,
    "ClarifyCheck": processing,
    "QualityCheck": processing,
    "AutoML": automl,
    "Model": model,
}
"""The types of steps that are one job each, or a model."""


def fact(
    name: str, arn: str, kind: str, settings: Arguments, origin: Origin | None, role: str | None = None
) -> sagemaker.JobDefinition:
    """A job of these settings; `role` is the one that it has where they name none."""
    own = settings.get(ROLE)
    return sagemaker.JobDefinition(
        name=name,
        arn=arn,
        role=role if own is None else _text(own),
        placement=_place(settings.get(PLACE)),
        kind=kind,
        network_isolation=_flag(settings.get(ISOLATION)),
        encrypt_inter_container=_flag(settings.get(ENCRYPTION)),
        volume_kms_key=_text(settings.get(VOLUME_KEY)),
        output_kms_key=_text(settings.get(OUTPUT_KEY)),
        output_uri=_text(settings.get(OUTPUT)),
        uncertain=tuple(_unsure(settings)),
        origin=origin,
    )


def _place(vpc: Any) -> Placement | None:
    """As far as it is known; what is not is among what is unsure."""
    return placement(_known(_at(vpc, "Subnets")), _known(_at(vpc, "SecurityGroupIds")))


def _known(values: Any) -> list[str]:
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _unsure(settings: Arguments) -> Iterator[tuple[PropertyPath, str]]:
    for name, value in settings.items():
        if (reason := _open(value)) is not None:
            yield ("Properties", name), reason


def _open(value: Any) -> str | None:
    """Why a value is known only when the pipeline runs, if it is an expression or has one within."""
    if isinstance(value, Mapping):
        if _is_expression(value):
            return f"it is known only at run time: {_shown(value)}"
        return next(filter(None, map(_open, value.values())), None)
    return next(filter(None, map(_open, value)), None) if isinstance(value, list) else None


def _is_expression(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith(("Get", "Std:"))


def _shown(value: Mapping[str, Any]) -> str:
    key, inner = next(iter(value.items()))
    return inner if key == "Get" and isinstance(inner, str) else str(key)


def _at(value: Any, *path: str) -> Any:
    """The value at a path; an expression on the way stands for all that is within it."""
    for step in path:
        if _is_expression(value):
            return value
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _flag(value: Any) -> bool:
    return value.lower() == "true" if isinstance(value, str) else value is True
