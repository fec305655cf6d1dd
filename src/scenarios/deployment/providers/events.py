"""AWS::Events."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, convert, document, member
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


def _own_policy(request: Request, _: dict[str, Any]) -> None:
    if "Policy" in request.properties:
        name, policy = str(request.properties["Name"]), document(request.properties["Policy"])
        request.client("events").put_permission(EventBusName=name, Policy=policy)


simple(
    "AWS::Events::EventBus",
    "events",
    "CreateEventBus",
    ref="{Name}",
    identity="{EventBusArn}",
    attributes={"Arn": "{EventBusArn}", "Name": "{Name}"},
    parts={"policy": "Policy"},
    skip=("Policy",),
    after=_own_policy,
)


@provider("AWS::Events::EventBusPolicy")
def event_bus_policy(request: Request) -> Created:
    """One statement of a bus's policy, written whole or as action, principal and condition.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html
    """
    properties, client = request.properties, request.client("events")
    bus = str(properties.get("EventBusName") or "default")
    given: dict[str, Any] = {"EventBusName": bus, "StatementId": str(properties["StatementId"])}
    if "Statement" in properties:
        statement = properties["Statement"]
        client.put_permission(EventBusName=bus, Policy=document(_policy(client, bus, statement, given["StatementId"])))
    else:
        call(client, "PutPermission", properties, **given)
    arn = client.describe_event_bus(Name=bus)["Arn"]
    place = "Statement" if "Statement" in properties else "StatementId"
    return Created(given["StatementId"], origins={(arn, "policy", given["StatementId"]): ("Properties", place)})


def _policy(client: Any, bus: str, statement: Any, sid: str) -> dict[str, Any]:
    """The bus's policy with one more statement; putting a policy replaces the former one."""
    said = client.describe_event_bus(Name=bus).get("Policy")
    former = json.loads(said)["Statement"] if said else []
    return {"Version": "2012-10-17", "Statement": [*former, {**statement, "Sid": sid}]}
