"""Container image repositories."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import ecr
from scenarios.observation.reader import Reader


def read(reader: Reader) -> dict[str, Any]:
    """All repositories of the account."""
    listed = reader.pages("ecr.repositories", "ecr", "describe_repositories", "repositories")
    return {"repositories": reader.each("ecr.repositories", listed, partial(_repository, reader))}


def _repository(reader: Reader, item: dict[str, Any]) -> ecr.Repository:
    name, arn = item["repositoryName"], item["repositoryArn"]
    absent = ("RepositoryPolicyNotFoundException",)
    found = reader.call("ecr.repository.policy", "ecr", "get_repository_policy", arn, absent, repositoryName=name).get(
        "policyText"
    )
    return ecr.Repository(
        name=name,
        arn=arn,
        policy=reader.policy("repository policy", found, arn, "policy") if found else None,
        origin=reader.origin(arn),
    )
