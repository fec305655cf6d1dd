"""SageMaker pipelines: each step that starts a job as that job."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.account import sagemaker
from scenarios.finding import Origin, PropertyPath
from scenarios.observation import jobs
from scenarios.observation.reader import Reader

_WHAT = "sagemaker.pipelines"


@dataclass(frozen=True)
class _Step:
    """A step, with where it is said."""

    name: str
    type: str
    arguments: Mapping[str, Any]
    origin: Origin | None


def read(reader: Reader, models: tuple[sagemaker.Model, ...]) -> tuple[sagemaker.JobDefinition, ...]:
    """The jobs of all pipelines; a definition that cannot be seen is marked as unread."""
    found: list[sagemaker.JobDefinition] = []
    for item in reader.pages(_WHAT, "sagemaker", "list_pipelines", "PipelineSummaries"):
        name = item["PipelineName"]
        answer = reader.call(_WHAT, "sagemaker", "describe_pipeline", name, PipelineName=name)
        if answer:
            found += _pipeline(reader, answer, {model.name: model for model in models})
    return tuple(found)


def _pipeline(
    reader: Reader, item: dict[str, Any], models: Mapping[str, sagemaker.Model]
) -> Iterator[sagemaker.JobDefinition]:
    name, arn = item["PipelineName"], item["PipelineArn"]
    try:
        definition = json.loads(item.get("PipelineDefinition") or "")
    except ValueError:
        definition = None
    if not isinstance(definition, dict) or not isinstance(definition.get("Steps"), list):
        reader.mark(_WHAT, name, "its definition cannot be seen")
        return
    steps = list(_steps(definition["Steps"], reader.origin(arn, "definition"), reader.origins.exact(arn, "steps")))
    for step in steps:
        for number, settings in enumerate(_settings(step, steps, models)):
            label = f"{name}/{step.name}" + (f"/{number + 1}" if number else "")
            made = jobs.fact(label, arn, step.type.lower(), settings, step.origin, item.get("RoleArn"))
            yield made.model_copy(update={"uncertain": (*made.uncertain, *_unsure(reader, step.origin))})


def _unsure(reader: Reader, origin: Origin | None) -> Iterator[tuple[PropertyPath, str]]:
    """What of a step's arguments hangs on the template's parameters, as if they were properties of the job."""
    for path, reason in reader.uncertain(origin):
        if path in ((), ("Arguments",), ("Type",)):
            yield (), reason
        elif path[0] == "Arguments":
            yield ("Properties", *path[1:]), reason


def _steps(listed: Any, whole: Origin | None, above: Origin | None) -> Iterator[_Step]:
    """All steps, those under a condition too; where the definition is a mapping, each has a place of its own."""
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(item, dict):
            continue
        origin = above / index if above is not None else None
        arguments = item.get("Arguments")
        arguments = arguments if isinstance(arguments, dict) else {}
        yield _Step(str(item.get("Name", index)), str(item.get("Type", "")), arguments, origin or whole)
        for branch in ("IfSteps", "ElseSteps"):
            below = origin / "Arguments" / branch if origin is not None else None
            yield from _steps(arguments.get(branch), whole, below)


def _settings(step: _Step, steps: list[_Step], models: Mapping[str, sagemaker.Model]) -> Iterator[Mapping[str, Any]]:
    """What each of the step's jobs is asked for; nothing of a step that starts none."""
    if step.type in jobs.SIMPLE:
        yield jobs.SIMPLE[step.type](step.arguments)
    elif step.type == "Tuning":
        yield from jobs.parts_of_tuning(step.arguments)
    elif step.type == "Transform":
        own = {each.name: jobs.model(each.arguments) for each in steps if each.type == "Model"}
        yield jobs.transform(step.arguments, _of_model(step.arguments.get("ModelName"), own, models))


def _of_model(
    named: Any, own: Mapping[str, Mapping[str, Any]], models: Mapping[str, sagemaker.Model]
) -> Mapping[str, Any]:
    """The settings of the model that a transform step names: one of the pipeline's own, or of the account."""
    if isinstance(named, str):
        return of_model(named, models)
    said = named.get("Get") if isinstance(named, dict) else None
    step = said.split(".")[1] if isinstance(said, str) and said.startswith("Steps.") and said.count(".") > 1 else ""
    return own.get(step) or _open(named)


def _open(expression: Any) -> Mapping[str, Any]:
    """The settings of a model that nobody knows."""
    return dict.fromkeys((jobs.PLACE, jobs.ROLE, jobs.ISOLATION), expression or {"Get": "the model"})


def of_model(name: str, models: Mapping[str, sagemaker.Model]) -> Mapping[str, Any]:
    """The settings that a model of the account gives to a transform job; open where it has no such model."""
    found = models.get(name)
    if found is None:
        return _open({"Get": f"model {name}, which is not in this account"})
    place = found.placement
    vpc = {"Subnets": list(place.subnet_ids), "SecurityGroupIds": list(place.security_group_ids)} if place else None
    return {jobs.PLACE: vpc, jobs.ROLE: found.role, jobs.ISOLATION: found.network_isolation}
