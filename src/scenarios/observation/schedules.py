"""ECS tasks that EventBridge starts: by a rule's target, or by a schedule.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

from scenarios.account import workload
from scenarios.finding import Origin, PropertyPath
from scenarios.observation.interfaces import placement
from scenarios.observation.reader import Reader
from scenarios.observation.workload import task_definition, unsure_task

_WHAT = "ecs.scheduled_tasks"

Starter = tuple[str, str, dict[str, Any], Origin | None]
"""What starts a task: its name and ARN, the target, and where that is said."""


def read(reader: Reader) -> dict[str, Any]:
    """All tasks that rules and schedules start."""
    starters = [
        *(_by_rules(reader) if reader.wants("events") else ()),
        *(_by_schedules(reader) if reader.wants("scheduler") else ()),
    ]
    return {"ecs_tasks": reader.each(_WHAT, starters, partial(_task, reader, {}))}


def _by_rules(reader: Reader) -> Iterator[Starter]:
    for bus in reader.pages(_WHAT, "events", "list_event_buses", "EventBuses"):
        for rule in reader.pages(_WHAT, "events", "list_rules", "Rules", EventBusName=bus["Name"]):
            named = {"Rule": rule["Name"], "EventBusName": bus["Name"]}
            for target in reader.pages(_WHAT, "events", "list_targets_by_rule", "Targets", **named):
                if target.get("EcsParameters"):
                    identifier = str(target.get("Id"))
                    origin = reader.origin(rule["Arn"], "target", identifier)
                    yield f"{rule['Name']}/{identifier}", rule["Arn"], target, origin


def _by_schedules(reader: Reader) -> Iterator[Starter]:
    for item in reader.pages(_WHAT, "scheduler", "list_schedules", "Schedules"):
        if ":ecs:" not in str((item.get("Target") or {}).get("Arn")):
            continue
        key = {"Name": item["Name"], "GroupName": item.get("GroupName", "default")}
        found = reader.call(_WHAT, "scheduler", "get_schedule", item["Name"], **key)
        if (found.get("Target") or {}).get("EcsParameters"):
            yield item["Name"], item["Arn"], found["Target"], reader.origin(item["Arn"], "target")


def _task(reader: Reader, known: dict[str, workload.TaskDefinition | None], starter: Starter) -> workload.EcsTask:
    name, arn, target, origin = starter
    parameters = target["EcsParameters"]
    network = (parameters.get("NetworkConfiguration") or {}).get("awsvpcConfiguration") or {}
    named = str(parameters.get("TaskDefinitionArn", ""))
    if named not in known:
        known[named] = task_definition(reader, named)
    definition = known[named]
    return workload.EcsTask(
        name=name,
        arn=arn,
        role=_own_role(target) or (definition.task_role if definition else None),
        placement=placement(network.get("Subnets"), network.get("SecurityGroups")),
        cluster=str(target.get("Arn", "")),
        task_definition=definition.arn if definition else named,
        public_ip=network.get("AssignPublicIp") == "ENABLED",
        launch_type=parameters.get("LaunchType"),
        execution_role=definition.execution_role if definition else None,
        uncertain=(*_flattened(reader, origin), *unsure_task(reader, definition)),
        origin=origin,
    )


def _own_role(target: dict[str, Any]) -> str | None:
    """The role that the target's input puts in the place of the definition's."""
    try:
        given = json.loads(target.get("Input") or "null")
    except ValueError:
        return None
    role = given.get("taskRoleArn") if isinstance(given, dict) else None
    return role if isinstance(role, str) else None


def _flattened(reader: Reader, origin: Origin | None) -> Iterator[tuple[PropertyPath, str]]:
    """What of the target's parameters for ECS is uncertain, as if they were properties of the task."""
    for path, reason in reader.uncertain(origin):
        if path in ((), ("EcsParameters",)):
            yield (), reason
        elif path[0] == "EcsParameters":
            yield ("Properties", *path[1:]), reason
