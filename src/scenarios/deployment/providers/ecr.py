"""AWS::ECR."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import call, document, text
from scenarios.finding import PropertyPath


@provider("AWS::ECR::Repository")
def repository(request: Request) -> Created:
    """A repository with its two policies."""
    properties, client = request.properties, request.client("ecr")
    name = str(properties.get("RepositoryName") or request.name(max_length=255, lower=True))
    named: dict[str, Any] = {"repositoryName": name}
    made = call(client, "CreateRepository", properties, **named)["repository"]
    arn = made["repositoryArn"]
    origins: dict[tuple[str, ...], PropertyPath] = {}
    if "RepositoryPolicyText" in properties:
        client.set_repository_policy(**named, policyText=document(properties["RepositoryPolicyText"]))
        origins[(arn, "policy")] = ("Properties", "RepositoryPolicyText")
    lifecycle = properties.sub("LifecyclePolicy")
    if "LifecyclePolicyText" in lifecycle:
        client.put_lifecycle_policy(**named, lifecyclePolicyText=text(lifecycle["LifecyclePolicyText"]))
    properties.ignore("EmptyOnDelete")
    attributes = {"Arn": arn, "RepositoryUri": made["repositoryUri"]}
    return Created(name, attributes, identity=arn, origins=origins)
