"""Lambda: the VPC of a function's subnets, its dead-letter queue, and what permissions are for."""

from __future__ import annotations

import json
from typing import Any

from scenarios.emulator.supplements.ec2 import vpc_of
from scenarios.emulator.supplements.record import Record, parameters, succeeded

_WRITES = ("CreateFunction", "UpdateFunctionConfiguration")
_READS = (*_WRITES, "GetFunctionConfiguration", "GetFunction", "ListFunctions")


def register(events: Any, record: Record) -> None:
    """Remember the queue, and show queue and VPC in whatever answer holds a function's configuration."""
    queues = record.of("lambda.queues")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response) and "DeadLetterConfig" in asked:
            queues[_name(asked["FunctionName"])] = asked["DeadLetterConfig"]

    def show(parsed: dict[str, Any], **_: Any) -> None:
        for function in [parsed, parsed.get("Configuration", {}), *parsed.get("Functions", [])]:
            if queue := queues.get(str(function.get("FunctionName"))):
                function["DeadLetterConfig"] = queue
            place = function.get("VpcConfig") or {}
            if place.get("SubnetIds"):
                place["VpcId"] = vpc_of(record, place["SubnetIds"][0])

    _permissions(events, record)
    for operation in _WRITES:
        events.register(f"after-call.lambda.{operation}", remember)
    for operation in _READS:
        events.register(f"after-call.lambda.{operation}", show)


def _permissions(events: Any, record: Record) -> None:
    """A permission on a version or alias is about that alone, its conditions are in the policy, and one for an account
    names its root, as Lambda writes them: https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"""
    permissions = record.of("lambda.permissions")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        name = str(asked["FunctionName"])
        qualifier = asked.get("Qualifier") or (name.split(":")[7] if name.count(":") == 7 else None)
        if succeeded(http_response):
            said = {"qualifier": qualifier, "conditions": _conditions(asked)}
            permissions[f"{_name(name)} {asked['StatementId']}"] = said

    def show(context: Any, parsed: dict[str, Any], **_: Any) -> None:
        if "Policy" not in parsed:
            return
        name = _name(str(parameters(context)["FunctionName"]))
        document = json.loads(parsed["Policy"])
        for statement in document.get("Statement", []):
            held = permissions.get(f"{name} {statement.get('Sid')}", {})
            if held.get("qualifier"):
                statement["Resource"] = ":".join([*str(statement["Resource"]).split(":")[:7], held["qualifier"]])
            for operator, wanted in held.get("conditions", {}).items():
                statement.setdefault("Condition", {}).setdefault(operator, {}).update(wanted)
            statement["Principal"] = _principal(statement.get("Principal"), record.partition)
        parsed["Policy"] = json.dumps(document)

    events.register("after-call.lambda.AddPermission", remember)
    events.register("after-call.lambda.GetPolicy", show)


def _conditions(asked: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The conditions that a permission's further members stand for."""
    keys = {
        "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
        "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
        "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
        "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
    }
    found: dict[str, dict[str, str]] = {}
    for member, (operator, key) in keys.items():
        if member in asked:
            value = asked[member]
            found.setdefault(operator, {})[key] = str(value).lower() if isinstance(value, bool) else str(value)
    return found


def _principal(principal: Any, partition: str) -> Any:
    named = principal.get("AWS", principal.get("Service")) if isinstance(principal, dict) else principal
    if isinstance(named, str) and len(named) == 12 and named.isdecimal():
        return {"AWS": f"arn:{partition}:iam::{named}:root"}
    return principal


def _name(function: str) -> str:
    """A function's name, of its name or ARN."""
    return function.split(":")[6] if function.startswith("arn:") else function
