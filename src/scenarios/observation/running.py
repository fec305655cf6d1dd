"""SageMaker jobs that are running: what ran once stands in no network any more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.account import sagemaker
from scenarios.observation import jobs, pipelines
from scenarios.observation.reader import Reader

_KINDS = (
    ("TrainingJob", "training_job", "TrainingJobSummaries", "TrainingJobName"),
    ("ProcessingJob", "processing_job", "ProcessingJobSummaries", "ProcessingJobName"),
    ("HyperParameterTuningJob", "hyper_parameter_tuning_job", "HyperParameterTuningJobSummaries",
     "HyperParameterTuningJobName"),
    ("AutoMLJob", "auto_ml_job_v2", "AutoMLJobSummaries", "AutoMLJobName"),
    ("TransformJob", "transform_job", "TransformJobSummaries", "TransformJobName"),
)  # fmt: skip


def read(reader: Reader, models: tuple[sagemaker.Model, ...]) -> tuple[sagemaker.JobDefinition, ...]:
    """Training, processing, tuning, Autopilot and batch transform jobs in progress."""
    by_name = {model.name: model for model in models}
    found: list[sagemaker.JobDefinition] = []
    for kind, operation, member, key in _KINDS:
        what = f"sagemaker.{operation}s"
        listing = f"list_{operation.removesuffix('_v2')}s"
        for item in reader.pages(what, "sagemaker", listing, member, StatusEquals="InProgress"):
            name = item[key]
            answer = reader.call(what, "sagemaker", f"describe_{operation}", name, **{key: name})
            for settings in _settings(kind, answer, by_name) if answer else ():
                arn = str(answer.get(f"{kind}Arn", name))
                found.append(jobs.fact(name, arn, kind.removesuffix("Job").lower(), settings, reader.origin(arn)))
    return tuple(found)


def _settings(kind: str, item: dict[str, Any], models: Mapping[str, sagemaker.Model]) -> Iterator[Mapping[str, Any]]:
    if kind == "HyperParameterTuningJob":
        yield from jobs.parts_of_tuning(item)
    elif kind == "TransformJob":
        yield jobs.transform(item, pipelines.of_model(str(item.get("ModelName")), models))
    else:
        yield jobs.SIMPLE[kind.removesuffix("Job")](item)
