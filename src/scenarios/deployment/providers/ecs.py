"""AWS::ECS."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

simple(
    "AWS::ECS::Cluster",
    "ecs",
    "CreateCluster",
    ref="{cluster.clusterName}",
    identity="{cluster.clusterArn}",
    attributes={"Arn": "{cluster.clusterArn}"},
    name="clusterName",
    rename={"ClusterSettings": "settings"},
)
simple(
    "AWS::ECS::TaskDefinition",
    "ecs",
    "RegisterTaskDefinition",
    ref="{taskDefinition.taskDefinitionArn}",
    identity="{taskDefinition.taskDefinitionArn}",
    attributes={"TaskDefinitionArn": "{taskDefinition.taskDefinitionArn}"},
    name="family",
    max_length=255,
    more=lambda request: {} if "ContainerDefinitions" in request.properties else {"containerDefinitions": []},
)
simple(
    "AWS::ECS::Service",
    "ecs",
    "CreateService",
    ref="{service.serviceArn}",
    identity="{service.serviceArn}",
    attributes={"ServiceArn": "{service.serviceArn}", "Name": "{service.serviceName}"},
    name="serviceName",
    max_length=255,
    rename={"PlacementStrategies": "placementStrategy"},
    # A service without a count runs one task (nothing that could be read depends on it).
    more=lambda request: {} if "DesiredCount" in request.properties else {"desiredCount": 1},
)
