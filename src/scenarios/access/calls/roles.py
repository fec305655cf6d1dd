"""Calls about roles: assuming and passing them, and who is trusted to.

Sources: "Granting a user permissions to pass a role to an AWS service",
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html; "AssumeRole",
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.access.arn import account_of
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.access.statement import MalformedPolicy, Statement, compile_policy
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.finding import Origin


def assume_role(
    account: Account, principal: str, role: Role, source_arn: str | None = None, external_id: str | None = None
) -> tuple[Request, ...]:
    """AssumeRole. A service says by `source_arn` for which resource it acts, and with it for which account."""
    context: dict[str, str] = {}
    if source_arn is not None:
        context["aws:sourcearn"] = source_arn
        if (owner := account_of(source_arn)) is not None:
            context["aws:sourceaccount"] = owner
    if external_id is not None:
        context["sts:externalid"] = external_id
    return (complete(account, Request(principal, "sts:AssumeRole", role.arn, account.account_id, context)),)


def pass_role(account: Account, principal: str, role: Role, service: str) -> tuple[Request, ...]:
    """Passing a role to a service (a permission check, not a call of its own)."""
    context = {"iam:passedtoservice": service}
    return (complete(account, Request(principal, "iam:PassRole", role.arn, account.account_id, context)),)


@dataclass(frozen=True)
class TrustStatement:
    """A statement of a trust policy: whom it names, under which conditions, and where it stands."""

    index: int
    label: str
    allow: bool
    services: tuple[str, ...]
    principals: Any
    conditions: dict[str, Any]
    origin: Origin | None


def trust_statements(role: Role) -> tuple[TrustStatement, ...]:
    """The statements of the role's trust policy, as written; none where AWS would refuse the policy."""
    raw = role.trust.document.get("Statement")
    listed: list[Any] = raw if isinstance(raw, list) else [raw]
    return tuple(_trust(role, statement, listed[statement.index]) for statement in _statements(role))


def trusted_services(role: Role) -> tuple[str, ...]:
    """The service principals that a statement of the trust policy lets assume the role, sorted."""
    found: set[str] = set()
    for statement in _statements(role):
        assumes = statement.action.matches("sts:assumerole").value is not False
        if statement.allow and assumes and statement.principal:
            found |= set(statement.principal.trusted_services)
    return tuple(sorted(found))


def _statements(role: Role) -> tuple[Statement, ...]:
    try:
        return compile_policy(role.trust).statements
    except MalformedPolicy:
        return ()


def _trust(role: Role, statement: Statement, raw: dict[str, Any]) -> TrustStatement:
    services = statement.principal.trusted_services if statement.principal else ()
    return TrustStatement(
        statement.index,
        statement.label,
        statement.allow,
        services,
        raw.get("Principal", raw.get("NotPrincipal")),
        raw.get("Condition", {}),
        role.trust.statement_origin(statement.index),
    )
