"""What a role, user or group carries, where the template leaves open what that is."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account.origins import Origins
from scenarios.finding import Origin

_ATTACHING = frozenset({"Roles", "Users", "Groups", "RoleName", "UserName", "GroupName"})
"""The properties by which a policy says who has it."""


def open_parts(origins: Origins, kind: str, arn: str) -> Iterator[tuple[str, str]]:
    """The parts (as marks of unread facts name them) that hang on something unknown, with the reasons.

    An inline policy that is there bears its doubts itself; only a list whose length is open shows in no policy.
    """
    holder = origins.exact(arn)
    for path, reason in origins.uncertain_within(Origin(holder.logical_id)) if holder else ():
        match path:
            case ("Properties", "ManagedPolicyArns", *_):
                yield f"iam.{kind}.attached", reason
            case ("Properties", "PermissionsBoundary", *_):
                yield "iam.boundary", reason
            case ("Properties", "Groups", *_) if kind == "user":
                yield "iam.user.groups", reason
            case ("Properties", "Policies"):
                yield f"iam.{kind}.inline", reason


def open_holder(origins: Origins, *key: str) -> str | None:
    """Why nobody knows whether the holder has the policy `key`, which a resource of its own gives it."""
    holder, policy = origins.exact(key[0]), origins.exact(*key)
    if policy is None or (holder is not None and holder.logical_id == policy.logical_id):
        return None
    whole = Origin(policy.logical_id)
    steps = ((path[1:2], reason) for path, reason in origins.uncertain_within(whole))
    return next((reason for step, reason in steps if step and step[0] in _ATTACHING), None)
