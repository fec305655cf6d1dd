"""IAM: managed policies that nobody creates here become known one by one, and a user keeps its boundary."""

from __future__ import annotations

from typing import Any

from scenarios.emulator import managed_policies
from scenarios.emulator.supplements.record import Answer, Record, parameters, refuse, succeeded

_GIVING = (
    *("AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy"),
    *("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"),
)
"""The operations that give a principal a managed policy."""


def register(events: Any, record: Record) -> None:
    """Before moto is asked about a managed policy, see that it knows it; show a user's boundary."""
    _aws_managed(events, record)
    _strangers(events, record)
    _boundary(events, record)


def _aws_managed(events: Any, record: Record) -> None:
    def provide(params: dict[str, Any], **_: Any) -> None:
        for arn in _named(params):
            if managed_policies.is_managed(arn):
                managed_policies.provide(record.account_id, record.partition, arn)

    def unread(context: Any, **_: Any) -> Answer | None:
        arn = parameters(context)["PolicyArn"]
        if managed_policies.is_managed(arn) and managed_policies.document(arn) is None:
            return refuse("NoSuchEntity", f"the emulator does not know the document of {arn}", 404)
        return None

    for operation in (*_GIVING, "GetPolicy", "GetPolicyVersion"):
        events.register(f"provide-client-params.iam.{operation}", provide)
    events.register("before-call.iam.GetPolicyVersion", unread)


def _strangers(events: Any, record: Record) -> None:
    """A customer's policy that nobody created here can be attached, as in the account that has it; none can read it."""
    strangers = record.of("iam.strangers")
    whose = record.account_id, record.partition

    def admit(params: dict[str, Any], **_: Any) -> None:
        for arn in _named(params):
            if managed_policies.is_customers(arn) and managed_policies.admit(*whose, arn):
                strangers[arn] = {}

    def expel(params: dict[str, Any], **_: Any) -> None:
        path = params.get("Path") or "/"
        arn = f"arn:{record.partition}:iam::{record.account_id}:policy{path}{params.get('PolicyName')}"
        if strangers.pop(arn, None) is not None:
            managed_policies.expel(*whose, arn)

    def unread(context: Any, **_: Any) -> Answer | None:
        arn = parameters(context)["PolicyArn"]
        if arn in strangers:
            why = f"policy {arn} is not in this template, so that its document is not known"
            return refuse("NoSuchEntity", why, 404)
        return None

    for operation in _GIVING:
        events.register(f"provide-client-params.iam.{operation}", admit)
    events.register("provide-client-params.iam.CreatePolicy", expel)
    events.register("before-call.iam.GetPolicyVersion", unread)


def _named(params: dict[str, Any]) -> list[str]:
    """The managed policies that a call names."""
    return [arn for arn in (params.get("PolicyArn"), params.get("PermissionsBoundary")) if isinstance(arn, str)]


def _boundary(events: Any, record: Record) -> None:
    boundaries = record.of("iam.boundaries")

    def remember(context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context)
        if succeeded(http_response):
            boundaries[asked["UserName"]] = {"arn": asked.get("PermissionsBoundary")}

    def show(parsed: dict[str, Any], **_: Any) -> None:
        user = parsed.get("User", {})
        if arn := boundaries.get(user.get("UserName"), {}).get("arn"):
            user["PermissionsBoundary"] = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}

    for operation in ("CreateUser", "PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary"):
        events.register(f"after-call.iam.{operation}", remember)
    for operation in ("CreateUser", "GetUser"):
        events.register(f"after-call.iam.{operation}", show)
