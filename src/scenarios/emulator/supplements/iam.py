"""AWS managed policies are made known one by one, when they are attached or read."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.defaults import provide_managed_policy
from scenarios.emulator.supplements.record import Record

_OPERATIONS = ("AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy", "GetPolicy", "GetPolicyVersion")
_BOUNDARIES = ("CreateRole", "CreateUser", "PutRolePermissionsBoundary", "PutUserPermissionsBoundary")


def register(events: Any, record: Record) -> None:
    """Before moto is asked about an AWS managed policy, see that it knows it."""

    def provide(params: dict[str, Any], **_: Any) -> None:
        arn = str(params.get("PolicyArn") or params.get("PermissionsBoundary") or "")
        if ":iam::aws:policy/" in arn:
            provide_managed_policy(record.account_id, record.partition, arn)

    def boundary(parsed: dict[str, Any], **_: Any) -> None:
        user = parsed.get("User", {})
        if isinstance(arn := user.get("PermissionsBoundary"), str):  # as CreateUser takes it
            user["PermissionsBoundary"] = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}

    events.register("after-call.iam.GetUser", boundary)
    for operation in (*_OPERATIONS, *_BOUNDARIES):
        events.register(f"provide-client-params.iam.{operation}", provide)
