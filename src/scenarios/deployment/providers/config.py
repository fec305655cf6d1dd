"""AWS::Config: the recorder and its delivery channel."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import convert, member


@provider("AWS::Config::ConfigurationRecorder")
def recorder(request: Request) -> Created:
    """A recorder, which CloudFormation starts unless the template says otherwise."""
    name = _put(request, "PutConfigurationRecorder", "ConfigurationRecorder", "default")
    if str(request.properties.get("StartedOnCreate", True)).lower() == "true":
        request.client("config").start_configuration_recorder(ConfigurationRecorderName=name)
    return Created(name, {"Name": name}, identity=f"config:recorder:{name}")


@provider("AWS::Config::DeliveryChannel")
def channel(request: Request) -> Created:
    """A delivery channel; its SNS topic is called by the API in other letters."""
    name = _put(request, "PutDeliveryChannel", "DeliveryChannel", request.name())
    return Created(name, {"Name": name}, identity=f"config:channel:{name}")


def _put(request: Request, operation: str, within: str, default: str) -> str:
    """Put all properties in the operation's one member."""
    client, properties = request.client("config"), request.properties
    said: dict[str, Any] = {key: properties[key] for key in properties if key != "StartedOnCreate"}
    said = {"Name": default, **said}
    given = convert(member(client, operation, within), said, properties.lose)
    getattr(client, "put_configuration_recorder" if "Recorder" in operation else "put_delivery_channel")(
        **{within: given}
    )
    return str(said["Name"])
