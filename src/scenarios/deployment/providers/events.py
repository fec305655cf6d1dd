"""AWS::Events."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import convert


@provider("AWS::Events::Rule")
def rule(request: Request) -> Created:
    """A rule with its targets."""
    properties, client = request.properties, request.client("events")
    name = str(properties.get("Name") or request.name())
    given: dict[str, Any] = {"Name": name}
    for key in ("Description", "ScheduleExpression", "State", "RoleArn", "EventBusName"):
        if key in properties:
            given[key] = str(properties[key])
    if "EventPattern" in properties:
        pattern = properties["EventPattern"]
        given["EventPattern"] = pattern if isinstance(pattern, str) else json.dumps(pattern)
    arn = client.put_rule(**given)["RuleArn"]
    shape = client.meta.service_model.operation_model("PutTargets").input_shape
    if properties.get("Targets"):
        bus = {"EventBusName": given["EventBusName"]} if "EventBusName" in given else {}
        client.put_targets(Rule=name, Targets=convert(shape.members["Targets"], properties["Targets"]), **bus)
    properties.ignore("Tags")
    return Created(name, {"Arn": arn}, identity=arn)
