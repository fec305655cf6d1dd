"""AWS::ECS."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import convert

simple(
    "AWS::ECS::Cluster",
    "ecs",
    "CreateCluster",
    ref="{cluster.clusterName}",
    identity="{cluster.clusterArn}",
    attributes={"Arn": "{cluster.clusterArn}"},
    name="clusterName",
)


@provider("AWS::ECS::TaskDefinition")
def task_definition(request: Request) -> Created:
    """A task definition."""
    properties, client = request.properties, request.client("ecs")
    shape = client.meta.service_model.operation_model("RegisterTaskDefinition").input_shape
    members = {name.lower(): name for name in shape.members}
    given: dict[str, Any] = {"family": str(properties.get("Family") or request.name()), "containerDefinitions": []}
    for key in properties:
        if key.lower() in members and key != "Family":
            member = members[key.lower()]
            given[member] = convert(shape.members[member], properties[key])
    made = client.register_task_definition(**given)["taskDefinition"]
    arn = made["taskDefinitionArn"]
    return Created(arn, {"TaskDefinitionArn": arn}, identity=arn)


@provider("AWS::ECS::Service")
def service(request: Request) -> Created:
    """A service."""
    properties, client = request.properties, request.client("ecs")
    shape = client.meta.service_model.operation_model("CreateService").input_shape
    members = {name.lower(): name for name in shape.members}
    given: dict[str, Any] = {"serviceName": str(properties.get("ServiceName") or request.name())}
    for key in properties:
        if key.lower() in members and key != "ServiceName":
            member = members[key.lower()]
            given[member] = convert(shape.members[member], properties[key])
    made = client.create_service(**given)["service"]
    attributes = {"ServiceArn": made["serviceArn"], "Name": made["serviceName"]}
    return Created(made["serviceArn"], attributes, identity=made["serviceArn"])
