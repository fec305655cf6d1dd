"""AWS::ECR."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

simple(
    "AWS::ECR::Repository",
    "ecr",
    "CreateRepository",
    ref="{repository.repositoryName}",
    identity="{repository.repositoryArn}",
    attributes={"Arn": "{repository.repositoryArn}", "RepositoryUri": "{repository.repositoryUri}"},
    name="repositoryName",
    lower=True,
)
