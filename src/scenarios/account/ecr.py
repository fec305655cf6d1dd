"""Container image repositories."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy


class Repository(Fact):
    """An ECR repository."""

    name: str
    arn: str
    policy: Policy | None = None
