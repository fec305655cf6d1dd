"""Actions: those that policies name, with the Action and NotAction elements, and those that requests are for.

Actions are compared without regard to case.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from __future__ import annotations

import re

from scenarios.access.algebra import FALSE, TRUE, Truth, unknown
from scenarios.access.glob import glob, pattern_of
from scenarios.errors import InputError

_ONE = re.compile(r"[A-Za-z0-9-]+:[A-Za-z0-9]+\Z")
_OBJECT = re.compile(r"s3:(?!.*(bucket|accesspoint|objectlambda)).*(object|multipartupload)")
ALIAS_ACTIONS = frozenset({"kms:createalias", "kms:deletealias", "kms:updatealias"})
_OBJECTS_TOO = frozenset(
    f"s3:{one}"
    for one in (
        *("bypassgovernanceretention", "initiatereplication", "objectowneroverridetobucketowner"),
        *("replicatedelete", "replicatetags"),
    )
)


def one_action(action: str) -> str:
    """The action of a request: one operation of one service, in any case.

    Raises InputError for a pattern, and for a name without a service: a request is never for several actions, and what
    statements say of a pattern is not what they say of each action that it stands for.
    """
    if not _ONE.match(action):
        raise InputError(f"action {action!r} is not one action of a service, such as s3:GetObject")
    return action


def about_objects(action: str) -> bool:
    """Whether an action of S3 is about objects; those whose names speak of buckets are about buckets.

    Source: "Actions, resources, and condition keys for Amazon S3",
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    """
    name = action.lower()
    return name in _OBJECTS_TOO or bool(_OBJECT.match(name))


def alias_only(action: str, resource: str) -> bool:
    """Whether a request is for an alias of a KMS key. AWS asks for the same action on the key as well: there the key
    policy decides as ever, while an alias has no policy and is the identity policies' to allow.

    Source: "Control access to aliases", https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
    """
    name = resource.rpartition(":")[2]
    return action.lower() in ALIAS_ACTIONS and name.startswith("alias/")


_OF_ONE_SERVICE = {
    **{one: frozenset({one}) for one in ("kms", "sqs", "sns", "secretsmanager", "ecr", "iam", "lambda")},
    "s3": frozenset({"s3", "s3-object-lambda"}),
    "sts": frozenset({"iam", "sts"}),
}
"""Services whose actions are about resources of these services only."""


def misfit(action: str, resource: str) -> str | None:
    """How an action and a resource do not fit, if the resource is of a service that the action is never about."""
    service, parts = action.lower().partition(":")[0], resource.split(":", 5)
    own = _OF_ONE_SERVICE.get(service)
    if own is None or len(parts) < 6 or parts[2] in own:
        return None
    return f"{action} is about resources of {service}, and {resource} is one of {parts[2] or 'no service'}"


def doubtful(action: str, resource: str) -> str | None:
    """What is odd about an action of S3 and a resource: AWS asks for objects, or for buckets, but not for these."""
    objects = about_objects(action)
    if objects and resource == "*":
        return f"{action} is about objects: AWS never asks for it on *"
    _, arn, name = resource.partition(":s3:::")
    if not action.lower().startswith("s3:") or not arn or objects is ("/" in name):
        return None
    asked = "objects, which have a / after the bucket's name" if objects else "buckets, and not about their objects"
    return f"{action} is about {asked}: AWS never asks for it on {resource}"


class ActionElement:
    """Patterns of actions, or with `negated` (NotAction) of those that the statement leaves out."""

    __slots__ = ("_doubts", "_exact", "_globs", "negated", "patterns")

    def __init__(self, patterns: tuple[str, ...], *, negated: bool, doubts: dict[int, str]) -> None:
        self.patterns = patterns
        self.negated = negated
        self._doubts = tuple(doubts.values())
        sure = [glob(pattern_of(text.lower())) for index, text in enumerate(patterns) if index not in doubts]
        self._exact = frozenset(one.pattern for one in sure if one.exact)
        self._globs = tuple(one for one in sure if not one.exact)

    def matches(self, action: str) -> Truth:
        """Whether the statement is about `action` (lower case)."""
        if action in self._exact or any(one.matches(action) for one in self._globs):
            return FALSE if self.negated else TRUE
        if self._doubts:
            return unknown(*self._doubts)
        return TRUE if self.negated else FALSE
