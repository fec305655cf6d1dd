"""AWS::IAM."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.finding import PropertyPath

Origins = dict[tuple[str, ...], PropertyPath]


def _text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def _arn(request: Request, kind: str, name: str) -> str:
    """The ARN of a principal of this account; its path is not known from its name, so that IAM is asked."""
    client = request.client("iam")
    if kind == "role":
        return str(client.get_role(RoleName=name)["Role"]["Arn"])
    if kind == "user":
        return str(client.get_user(UserName=name)["User"]["Arn"])
    return str(client.get_group(GroupName=name)["Group"]["Arn"])


def _fill(request: Request, kind: str, name: str, arn: str) -> Origins:
    """Inline and attached policies of a new role, user or group, with where they stand."""
    properties, client, origins = request.properties, request.client("iam"), Origins()
    key = f"{kind.capitalize()}Name"
    for index, policy in enumerate(properties.get("Policies") or []):
        own = str(policy["PolicyName"])
        getattr(client, f"put_{kind}_policy")(
            **{key: name}, PolicyName=own, PolicyDocument=_text(policy["PolicyDocument"])
        )
        origins[(arn, "inline", own)] = ("Properties", "Policies", index, "PolicyDocument")
    for index, policy_arn in enumerate(properties.get("ManagedPolicyArns") or []):
        getattr(client, f"attach_{kind}_policy")(**{key: name}, PolicyArn=str(policy_arn))
        origins[(arn, "attached", str(policy_arn))] = ("Properties", "ManagedPolicyArns", index)
    return origins


@provider("AWS::IAM::Role")
def role(request: Request) -> Created:
    """A role with its trust policy, boundary, inline and attached policies."""
    properties, client = request.properties, request.client("iam")
    name = str(properties.get("RoleName") or request.name())
    given: dict[str, Any] = {
        "RoleName": name,
        "AssumeRolePolicyDocument": _text(properties["AssumeRolePolicyDocument"]),
        "Path": properties.get("Path", "/"),
        "Tags": properties.get("Tags") or [],
    }
    if "Description" in properties:
        given["Description"] = str(properties["Description"])
    if "MaxSessionDuration" in properties:
        given["MaxSessionDuration"] = int(properties["MaxSessionDuration"])
    if "PermissionsBoundary" in properties:
        given["PermissionsBoundary"] = str(properties["PermissionsBoundary"])
    made = client.create_role(**given)["Role"]
    arn = made["Arn"]
    origins = _fill(request, "role", name, arn)
    origins[(arn, "trust")] = ("Properties", "AssumeRolePolicyDocument")
    origins[(arn, "boundary")] = ("Properties", "PermissionsBoundary")
    return Created(name, {"Arn": arn, "RoleId": made["RoleId"]}, identity=arn, origins=origins)


@provider("AWS::IAM::User")
def user(request: Request) -> Created:
    """A user; a login profile's password is never read."""
    properties, client = request.properties, request.client("iam")
    name = str(properties.get("UserName") or request.name())
    given: dict[str, Any] = {
        "UserName": name,
        "Path": properties.get("Path", "/"),
        "Tags": properties.get("Tags") or [],
    }
    if "PermissionsBoundary" in properties:
        given["PermissionsBoundary"] = str(properties["PermissionsBoundary"])
    arn = client.create_user(**given)["User"]["Arn"]
    for group_name in properties.get("Groups") or []:
        client.add_user_to_group(UserName=name, GroupName=str(group_name))
    if "LoginProfile" in properties:
        client.create_login_profile(UserName=name, Password="emulated", PasswordResetRequired=True)  # noqa: S106
    origins = _fill(request, "user", name, arn)
    origins[(arn, "boundary")] = ("Properties", "PermissionsBoundary")
    return Created(name, {"Arn": arn}, identity=arn, origins=origins)


@provider("AWS::IAM::Group")
def group(request: Request) -> Created:
    """A group."""
    properties = request.properties
    name = str(properties.get("GroupName") or request.name())
    arn = request.client("iam").create_group(GroupName=name, Path=properties.get("Path", "/"))["Group"]["Arn"]
    return Created(name, {"Arn": arn}, identity=arn, origins=_fill(request, "group", name, arn))


@provider("AWS::IAM::UserToGroupAddition")
def user_to_group(request: Request) -> Created:
    """Memberships."""
    name = str(request.properties["GroupName"])
    for user_name in request.properties["Users"]:
        request.client("iam").add_user_to_group(UserName=str(user_name), GroupName=name)
    return Created(request.name())


@provider("AWS::IAM::Policy")
def policy(request: Request) -> Created:
    """One document put inline on any number of roles, users and groups."""
    properties = request.properties
    name = str(properties["PolicyName"])
    text = _text(properties["PolicyDocument"])
    origins: Origins = {}
    for kind in ("role", "user", "group"):
        for holder in properties.get(f"{kind.capitalize()}s") or []:
            _put(request, kind, str(holder), name, text)
            origins[(_arn(request, kind, str(holder)), "inline", name)] = ("Properties", "PolicyDocument")
    return Created(request.name(), {"Id": request.name()}, origins=origins)


def _put(request: Request, kind: str, holder: str, name: str, text: str) -> None:
    put = getattr(request.client("iam"), f"put_{kind}_policy")
    put(**{f"{kind.capitalize()}Name": holder}, PolicyName=name, PolicyDocument=text)


def _single(kind: str) -> None:
    """AWS::IAM::RolePolicy and its like: one inline policy of one principal."""

    @provider(f"AWS::IAM::{kind.capitalize()}Policy")
    def create(request: Request) -> Created:
        properties = request.properties
        holder, name = str(properties[f"{kind.capitalize()}Name"]), str(properties["PolicyName"])
        _put(request, kind, holder, name, _text(properties.get("PolicyDocument") or {}))
        arn = _arn(request, kind, holder)
        return Created(f"{name}|{holder}", origins={(arn, "inline", name): ("Properties", "PolicyDocument")})


for _kind in ("role", "user", "group"):
    _single(_kind)


@provider("AWS::IAM::ManagedPolicy")
def managed_policy(request: Request) -> Created:
    """A customer managed policy, attached to whom it names."""
    properties, client = request.properties, request.client("iam")
    name = str(properties.get("ManagedPolicyName") or request.name(max_length=128))
    made = client.create_policy(
        PolicyName=name,
        PolicyDocument=_text(properties["PolicyDocument"]),
        Path=properties.get("Path", "/"),
        Description=str(properties.get("Description", "")),
    )["Policy"]
    arn = made["Arn"]
    for kind in ("role", "user", "group"):
        for holder in properties.get(f"{kind.capitalize()}s") or []:
            attach = getattr(client, f"attach_{kind}_policy")
            attach(**{f"{kind.capitalize()}Name": str(holder)}, PolicyArn=arn)
    properties.ignore("Tags")
    origins: Origins = {(arn, "document"): ("Properties", "PolicyDocument")}
    attributes = {"PolicyArn": arn, "PolicyId": made["PolicyId"], "DefaultVersionId": "v1", "IsAttachable": "true"}
    return Created(arn, attributes, identity=arn, origins=origins)


@provider("AWS::IAM::InstanceProfile")
def instance_profile(request: Request) -> Created:
    """An instance profile."""
    properties, client = request.properties, request.client("iam")
    name = str(properties.get("InstanceProfileName") or request.name(max_length=128))
    made = client.create_instance_profile(InstanceProfileName=name, Path=properties.get("Path", "/"))
    for role_name in properties.get("Roles") or []:
        client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=str(role_name))
    arn = made["InstanceProfile"]["Arn"]
    return Created(name, {"Arn": arn}, identity=arn)


@provider("AWS::IAM::AccessKey")
def access_key(request: Request) -> Created:
    """A user's access key; its secret stays in the emulator."""
    made = request.client("iam").create_access_key(UserName=str(request.properties["UserName"]))["AccessKey"]
    request.properties.ignore("Status", "Serial")
    return Created(made["AccessKeyId"], {"SecretAccessKey": made["SecretAccessKey"]})


@provider("AWS::IAM::OIDCProvider")
def oidc_provider(request: Request) -> Created:
    """An OpenID Connect provider."""
    properties = request.properties
    made = request.client("iam").create_open_id_connect_provider(
        Url=str(properties.get("Url", "https://placeholder.example.com")),
        ClientIDList=properties.get("ClientIdList") or [],
        ThumbprintList=properties.get("ThumbprintList") or ["0" * 40],
    )
    properties.ignore("Tags")
    arn = made["OpenIDConnectProviderArn"]
    return Created(arn, {"Arn": arn}, identity=arn)


@provider("AWS::IAM::ServiceLinkedRole")
def service_linked_role(request: Request) -> Created:
    """A service-linked role."""
    properties = request.properties
    given = {"AWSServiceName": str(properties["AWSServiceName"])}
    if "CustomSuffix" in properties:
        given["CustomSuffix"] = str(properties["CustomSuffix"])
    properties.ignore("Description")
    made = request.client("iam").create_service_linked_role(**given)["Role"]
    return Created(made["RoleName"], {"RoleName": made["RoleName"]}, identity=made["Arn"])
