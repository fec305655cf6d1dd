"""AWS::Events."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call, convert, member
from scenarios.finding import PropertyPath


@provider("AWS::Events::Rule")
def rule(request: Request) -> Created:
    """A rule with its targets; Ref is the rule's name, after the bus's where it is not on the default one."""
    properties, client = request.properties, request.client("events")
    name = str(properties.get("Name") or request.name())
    named: dict[str, Any] = {"Name": name}
    arn = call(client, "PutRule", properties, skip=("Targets",), **named)["RuleArn"]
    bus = str(properties.get("EventBusName") or "default")
    targets = properties.get("Targets")
    if targets:
        value = convert(member(client, "PutTargets", "Targets"), targets, properties.lose, "Targets")
        failed = client.put_targets(Rule=name, EventBusName=bus, Targets=value).get("FailedEntries")
        if failed:
            raise ValueError(str(failed[0].get("ErrorMessage", "a target was refused")))
    reference = name if bus == "default" else f"{bus.rpartition('/')[2]}|{name}"
    places: dict[tuple[str, ...], PropertyPath] = {
        (arn, "target", str(target.get("Id"))): ("Properties", "Targets", index)
        for index, target in enumerate(targets or [])
    }
    return Created(reference, {"Arn": arn, "RuleName": name}, identity=arn, origins=places)
