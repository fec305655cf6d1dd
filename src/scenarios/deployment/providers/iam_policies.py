"""AWS::IAM: policies that are resources of their own."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.parts import absent
from scenarios.deployment.shapes import call, document
from scenarios.finding import PropertyPath

Origins = dict[tuple[str, ...], PropertyPath]

KINDS = ("role", "user", "group")


def put(request: Request, kind: str, holder: str, name: str, policy: Any) -> None:
    """Put one inline policy."""
    operation = getattr(request.client("iam"), f"put_{kind}_policy")
    operation(**{f"{kind.capitalize()}Name": holder}, PolicyName=name, PolicyDocument=document(policy))


def attach(request: Request, kind: str, holder: str, policy_arn: str) -> None:
    """Attach one managed policy."""
    operation = getattr(request.client("iam"), f"attach_{kind}_policy")
    operation(**{f"{kind.capitalize()}Name": holder}, PolicyArn=policy_arn)


def _holder(request: Request, kind: str, name: str) -> str | None:
    """The ARN of a role, user or group of this stack; nothing for one that is in the account already.

    Its path is not known from its name, so that IAM is asked.
    """
    word = kind.capitalize()
    try:
        arn: str = getattr(request.client("iam"), f"get_{kind}")(**{f"{word}Name": name})[word]["Arn"]
    except Exception as error:
        if not absent(error):
            raise
        return None
    return arn


def _holders(request: Request) -> list[tuple[str, str, str, str]]:
    """Kind, name, ARN and property path of each principal that a policy names; those not found are reported."""
    found = []
    for kind in KINDS:
        key = f"{kind.capitalize()}s"
        for index, name in enumerate(request.properties.get(key) or []):
            arn = _holder(request, kind, str(name))
            if arn is None:
                request.properties.lose(f"{key}.{index}")
            else:
                found.append((kind, str(name), arn, f"{key}.{index}"))
    return found


def _unheld(request: Request) -> Origins:
    """A document for principals that the account has already, kept as a managed policy that nobody has: what it grants
    is the same, and who has it besides is not this template's to say."""
    given = {
        "PolicyName": request.name(max_length=128),
        "PolicyDocument": document(request.properties["PolicyDocument"]),
    }
    made = request.client("iam").create_policy(**given)["Policy"]
    return {(made["Arn"], "document"): ("Properties", "PolicyDocument")}


@provider("AWS::IAM::Policy")
def policy(request: Request) -> Created:
    """One document put inline on any number of roles, users and groups."""
    properties, origins = request.properties, Origins()
    name = str(properties["PolicyName"])
    for kind, holder, arn, _ in _holders(request):
        put(request, kind, holder, name, properties["PolicyDocument"])
        origins[(arn, "inline", name)] = ("Properties", "PolicyDocument")
    origins = origins or _unheld(request)
    return Created(request.name(), {"Id": request.name()}, origins=origins)


def _single(kind: str) -> None:
    """AWS::IAM::RolePolicy and its like: one inline policy of one principal."""

    @provider(f"AWS::IAM::{kind.capitalize()}Policy")
    def create(request: Request) -> Created:
        properties, origins = request.properties, Origins()
        key = f"{kind.capitalize()}Name"
        holder, name = str(properties[key]), str(properties["PolicyName"])
        arn = _holder(request, kind, holder)
        if arn is None:
            properties.lose(key)
            origins = _unheld(request)
        else:
            put(request, kind, holder, name, properties["PolicyDocument"])
            origins[(arn, "inline", name)] = ("Properties", "PolicyDocument")
        return Created(f"{name}|{holder}", origins=origins)


for _kind in KINDS:
    _single(_kind)


@provider("AWS::IAM::ManagedPolicy")
def managed_policy(request: Request) -> Created:
    """A customer managed policy, attached to whom it names."""
    properties, client = request.properties, request.client("iam")
    given: dict[str, Any] = {"PolicyName": str(properties.get("ManagedPolicyName") or request.name(max_length=128))}
    made = call(client, "CreatePolicy", properties, **given)["Policy"]
    arn = made["Arn"]
    origins: Origins = {(arn, "document"): ("Properties", "PolicyDocument")}
    for kind, holder, holder_arn, path in _holders(request):
        attach(request, kind, holder, arn)
        key, _, index = path.partition(".")
        origins[(holder_arn, "attached", arn)] = ("Properties", key, int(index))
    attributes = {
        "PolicyArn": arn,
        "PolicyId": made["PolicyId"],
        "DefaultVersionId": made.get("DefaultVersionId", "v1"),
        "AttachmentCount": len(origins) - 1,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": True,
        "CreateDate": str(made.get("CreateDate", "")),
        "UpdateDate": str(made.get("UpdateDate", "")),
    }
    return Created(arn, attributes, identity=arn, origins=origins)
