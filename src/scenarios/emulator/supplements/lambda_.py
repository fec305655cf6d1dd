"""Lambda: the VPC of a function's subnets, and its dead-letter queue."""

from __future__ import annotations

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

    for operation in _WRITES:
        events.register(f"after-call.lambda.{operation}", remember)
    for operation in _READS:
        events.register(f"after-call.lambda.{operation}", show)


def _name(function: str) -> str:
    """A function's name, of its name or ARN."""
    return function.split(":")[6] if function.startswith("arn:") else function
