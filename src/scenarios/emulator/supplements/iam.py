"""IAM: AWS managed policies become known one by one, and a user keeps its boundary."""

from __future__ import annotations

from typing import Any

from scenarios.emulator import managed_policies
from scenarios.emulator.supplements.record import Answer, Record, parameters, refuse, succeeded

_NAMING = (
    *("AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy", "GetPolicy", "GetPolicyVersion"),
    *("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary"),
)


def register(events: Any, record: Record) -> None:
    """Before moto is asked about an AWS managed policy, see that it knows it; show a user's boundary."""
    _managed(events, record)
    _boundary(events, record)


def _managed(events: Any, record: Record) -> None:
    def provide(params: dict[str, Any], **_: Any) -> None:
        for arn in (params.get("PolicyArn"), params.get("PermissionsBoundary")):
            if managed_policies.is_managed(arn):
                managed_policies.provide(record.account_id, record.partition, str(arn))

    def unread(context: Any, **_: Any) -> Answer | None:
        arn = parameters(context)["PolicyArn"]
        if managed_policies.is_managed(arn) and managed_policies.document(arn) is None:
            return refuse("NoSuchEntity", f"the emulator does not know the document of {arn}", 404)
        return None

    for operation in _NAMING:
        events.register(f"provide-client-params.iam.{operation}", provide)
    events.register("before-call.iam.GetPolicyVersion", unread)


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
