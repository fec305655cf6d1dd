"""KMS grants: permissions on a key that stand beside its policy.

Source: "Grants in AWS KMS", https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
"""

from __future__ import annotations

from scenarios.access.algebra import FALSE, TERNARY, TRUE, Truth, known, unknown
from scenarios.access.asked import Asked
from scenarios.access.formula import Layer
from scenarios.account.base import Tags
from scenarios.account.kms import Grant

_CONTEXT = "kms:encryptioncontext:"
_UNCONSTRAINED = frozenset({"DescribeKey", "RetireGrant"})
"""Operations without an encryption context, to which constraints do not apply."""


def grants_layer(asked: Asked, grants: tuple[Grant, ...]) -> Layer[Truth]:
    """The layer of a key's grants. A grant only ever allows."""
    allowed = TERNARY.any_of(_allows(asked, grant) for grant in grants)
    return Layer("grants", (), allowed, FALSE, FALSE, FALSE, allowed)


def _allows(asked: Asked, grant: Grant) -> Truth:
    operation = asked.request.action.partition(":")[2]
    if operation.lower() not in {one.lower() for one in grant.operations} or not _is_grantee(asked, grant.grantee):
        return FALSE
    if operation in _UNCONSTRAINED:
        return TRUE
    return _within(asked, grant)


def _is_grantee(asked: Asked, grantee: str) -> bool:
    caller = asked.caller
    return grantee in (caller.name, caller.role, caller.account) or grantee == f"arn:aws:iam::{caller.account}:root"


def _within(asked: Asked, grant: Grant) -> Truth:
    """The constraint on the encryption context: its names are compared without regard to case, its values with it."""
    for wanted in (grant.context_equals, grant.context_subset):
        for name, value in wanted:
            key = _CONTEXT + name.lower()
            if reason := asked.facts.why_unknown(key):
                return unknown(reason)
            if asked.facts.value(key) != value:
                return FALSE
    return known(not grant.context_equals or _same_size(asked, grant.context_equals))


def _same_size(asked: Asked, wanted: Tags) -> bool:
    given = [key for key in asked.request.context if key.lower().startswith(_CONTEXT)]
    return len(given) == len(wanted)
