"""AWS::SSM."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider


@provider("AWS::SSM::Parameter")
def parameter(request: Request) -> Created:
    """A parameter."""
    properties = request.properties
    name = str(properties.get("Name") or request.name())
    kind = str(properties.get("Type", "String"))
    request.client("ssm").put_parameter(Name=name, Value=str(properties.get("Value", "")) or "-", Type=kind)
    properties.ignore("Description", "Tags", "Tier", "AllowedPattern", "DataType", "Policies")
    return Created(name, {"Type": kind, "Value": str(properties.get("Value", ""))})
