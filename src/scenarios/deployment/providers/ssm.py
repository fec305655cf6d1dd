"""AWS::SSM."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call, text


@provider("AWS::SSM::Parameter")
def parameter(request: Request) -> Created:
    """A parameter. Its data type is not passed on: it makes Systems Manager look the value up."""
    properties, stack = request.properties, request.stack
    name = str(properties.get("Name") or request.name())
    named: dict[str, Any] = {"Name": name, "Value": text(properties.get("Value", "")) or "-"}
    call(request.client("ssm"), "PutParameter", properties, skip=("DataType",), **named)
    properties.ignore("DataType")
    arn = f"arn:{stack.partition}:ssm:{stack.region}:{stack.account_id}:parameter/{name.removeprefix('/')}"
    kind, value = text(properties.get("Type", "String")), text(properties.get("Value", ""))
    return Created(name, {"Type": kind, "Value": value, "Arn": arn}, identity=arn)
