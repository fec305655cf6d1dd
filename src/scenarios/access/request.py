"""One request to AWS, as the evaluation logic sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ContextValue = str | tuple[str, ...]


@dataclass(frozen=True)
class Request:
    """A single authorisation question.

    `principal` is the caller's ARN, a service name (`bedrock.amazonaws.com`) or `*` for anonymous. `action` is an IAM
    action (`s3:GetObject`), `resource` an ARN, `resource_account` the account that owns it. `context` holds the
    request's condition keys with lower-case names; a tuple is a multi-valued key. `unknown_keys` are keys that AWS may
    or may not send or whose value nobody can know: a condition that hangs on one is undecided unless it cannot matter.
    A name there that ends in `*` stands for every key that begins so. `issuer` is the ARN behind a session where it is
    known: an assumed-role session's role (with its path), or the user of a federated-user session.
    """

    principal: str
    action: str
    resource: str
    resource_account: str | None = None
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    unknown_keys: Mapping[str, str] = field(default_factory=dict)
    issuer: str | None = None
