"""S3 Block Public Access: which bucket policies count as public, and whom a block then keeps out.

Source: "Blocking public access to your Amazon S3 storage", sections "The meaning of public" and RestrictPublicBuckets,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.access.algebra import FALSE, TERNARY, TRUE, Truth, known, unknown
from scenarios.access.condition import Clause
from scenarios.access.statement import Document, Statement

_FIXING = frozenset(
    {
        *("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn", "aws:sourceip"),
        *("aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce", "aws:sourceowner", "aws:sourceaccount", "aws:userid"),
        *("aws:sourceorgid", "s3:dataaccesspointarn", "s3:dataaccesspointaccount", "s3:resourceaccount"),
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
    }
)
"""Keys that make a statement for everybody not public, where they are held to fixed values."""

_FIXING_OPERATORS = ("string", "arn", "ipaddress")
_WHOLE_INTERNET = frozenset({"0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/1"})


def is_public(documents: Iterable[Document]) -> Truth:
    """Whether a policy grants anything to everybody, as S3 sees it."""
    return TERNARY.any_of(
        unknown(document.doubt) if document.doubt else _opens(statement)
        for document in documents
        for statement in (document.statements or _NONE)
    )


_NONE: tuple[Statement | None, ...] = (None,)


def _opens(statement: Statement | None) -> Truth:
    if statement is None or not statement.allow or statement.principal is None:
        return FALSE
    everybody = statement.principal.everyone or statement.principal.negated
    return known(everybody and not any(_fixes(clause) for clause in statement.conditions))


def _fixes(clause: Clause) -> bool:
    """Whether a condition holds one of the keys to fixed values: no wildcard, variable, negation, nor IfExists."""
    name = clause.written.lower()
    if clause.key not in _FIXING or "not" in name or name.endswith("ifexists") or name.startswith("forallvalues:"):
        return False
    if not name.removeprefix("foranyvalue:").startswith(_FIXING_OPERATORS):
        return False
    return all(_fixed(clause.key, value) for value in clause.values)


def _fixed(key: str, value: str) -> bool:
    if key == "aws:sourceip":
        return value not in _WHOLE_INTERNET
    if key in ("aws:principalarn", "aws:sourcearn", "aws:userid"):
        # Wildcards are fine after a fixed account or id: arn:aws:iam::111122223333:role/*
        parts = value.split(":", 5)
        head = parts[4] if len(parts) == 6 else value.partition(":")[0]
        return bool(head) and not set(head) & set("*?$")
    return not set(value) & set("*?") and "${" not in value


def shut_out(documents: Iterable[Document], *, insider: Truth, service: bool) -> Truth:
    """Whether the block keeps the caller out: the policy is public, and the caller is neither one of the owner's
    account nor an AWS service."""
    if service or insider is TRUE:
        return FALSE
    return TERNARY.all_of((is_public(documents), TERNARY.negate(insider)))
