"""Users outside a template to whom its policies are given: the account has them already, and nobody here sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.account.iam import OutsideUser
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Status
from scenarios.finding import Origin

_NAMING = {"AWS::IAM::UserPolicy": "UserName", "AWS::IAM::Policy": "Users", "AWS::IAM::ManagedPolicy": "Users"}


def outside_users(deployment: Deployment) -> tuple[OutsideUser, ...]:
    """Each user that a policy of the deployment names and the deployment does not make, once a policy."""
    own = {entry.physical_id for entry in deployment.ledger if entry.type == "AWS::IAM::User"}
    return tuple(one for one in _named(deployment) if one.name not in own)


def _named(deployment: Deployment) -> Iterator[OutsideUser]:
    for entry in deployment.ledger:
        key = _NAMING.get(entry.type)
        if key is None or entry.status is Status.SKIPPED:
            continue
        properties = deployment.resolved.get(entry.logical_id, {})
        value: Any = properties.get(key)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name:
                policy = properties.get("PolicyName") or properties.get("ManagedPolicyName") or entry.physical_id
                yield OutsideUser(policy=str(policy), name=name, origin=Origin(entry.logical_id, ("Properties",)))
