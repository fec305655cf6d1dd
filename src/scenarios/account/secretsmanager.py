"""Secrets."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy


class Secret(Fact):
    """A secret, never its value."""

    name: str
    arn: str
    kms_key: str | None = None
    policy: Policy | None = None
