"""AWS::IAM: roles, users, groups and what they carry; policies by themselves in `iam_policies`."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers import iam_policies
from scenarios.deployment.providers.iam_policies import Origins, attach, put
from scenarios.deployment.providers.parts import absent
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import call, flag

__all__ = ["iam_policies"]

_CARRIED = ("Policies", "ManagedPolicyArns")


def _principal(request: Request, kind: str, *skip: str) -> dict[str, Any]:
    """Make a role, user or group without what it carries."""
    properties, word = request.properties, kind.capitalize()
    given: dict[str, Any] = {}
    if f"{word}Name" not in properties:
        given[f"{word}Name"] = request.name(max_length=128 if word == "Group" else 64)
    made = call(request.client("iam"), f"Create{word}", properties, skip=(*_CARRIED, *skip), **given)
    principal: dict[str, Any] = made[word]
    return principal


def _carry(request: Request, kind: str, name: str, arn: str) -> Origins:
    """Put the inline policies and attach the managed ones, with where they stand."""
    properties, origins = request.properties, Origins()
    for index, policy in enumerate(properties.get("Policies") or []):
        own = str(policy["PolicyName"])
        put(request, kind, name, own, policy["PolicyDocument"])
        origins[(arn, "inline", own)] = ("Properties", "Policies", index, "PolicyDocument")
    for index, policy_arn in enumerate(properties.get("ManagedPolicyArns") or []):
        attach(request, kind, name, str(policy_arn))
        origins[(arn, "attached", str(policy_arn))] = ("Properties", "ManagedPolicyArns", index)
    if "PermissionsBoundary" in properties:
        origins[(arn, "boundary")] = ("Properties", "PermissionsBoundary")
    return origins


@provider("AWS::IAM::Role")
def role(request: Request) -> Created:
    """A role with its trust policy, boundary, inline and attached policies."""
    made = _principal(request, "role")
    name, arn = made["RoleName"], made["Arn"]
    origins = _carry(request, "role", name, arn)
    origins[(arn, "trust")] = ("Properties", "AssumeRolePolicyDocument")
    return Created(name, {"Arn": arn, "RoleId": made["RoleId"]}, identity=arn, origins=origins)


@provider("AWS::IAM::User")
def user(request: Request) -> Created:
    """A user; the password of a login profile is not used."""
    properties, client = request.properties, request.client("iam")
    made = _principal(request, "user", "Groups", "LoginProfile")
    name, arn = made["UserName"], made["Arn"]
    for index, group_name in enumerate(properties.get("Groups") or []):
        _join(request, name, str(group_name), f"Groups.{index}")
    if "LoginProfile" in properties:
        profile = properties.sub("LoginProfile")
        profile.ignore("Password")
        client.create_login_profile(
            UserName=name,
            Password="Emulated-0",  # noqa: S106
            PasswordResetRequired=flag(profile.get("PasswordResetRequired")),
        )
    return Created(name, {"Arn": arn}, identity=arn, origins=_carry(request, "user", name, arn))


@provider("AWS::IAM::Group")
def group(request: Request) -> Created:
    """A group with its inline and attached policies."""
    made = _principal(request, "group")
    name, arn = made["GroupName"], made["Arn"]
    return Created(name, {"Arn": arn}, identity=arn, origins=_carry(request, "group", name, arn))


def _join(request: Request, user_name: str, group_name: str, path: str) -> None:
    """Put a user into a group; one that is not in the template is reported."""
    try:
        request.client("iam").add_user_to_group(UserName=user_name, GroupName=group_name)
    except Exception as error:
        if not absent(error):
            raise
        request.properties.lose(path)


@provider("AWS::IAM::UserToGroupAddition")
def user_to_group(request: Request) -> Created:
    """Memberships."""
    name = str(request.properties["GroupName"])
    for index, user_name in enumerate(request.properties["Users"]):
        _join(request, str(user_name), name, f"Users.{index}")
    return Created(request.name(), {"Id": request.name()})


@provider("AWS::IAM::InstanceProfile")
def instance_profile(request: Request) -> Created:
    """An instance profile with its role (a list that AWS allows one item in)."""
    properties, client = request.properties, request.client("iam")
    given: dict[str, Any] = {}
    if "InstanceProfileName" not in properties:
        given["InstanceProfileName"] = request.name(max_length=128)
    made = call(client, "CreateInstanceProfile", properties, skip=("Roles",), **given)["InstanceProfile"]
    name, arn = made["InstanceProfileName"], made["Arn"]
    for index, role_name in enumerate(properties.get("Roles") or []):
        try:
            client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=str(role_name))
        except Exception as error:
            if not absent(error):
                raise
            properties.lose(f"Roles.{index}")
    return Created(name, {"Arn": arn}, identity=arn)


@provider("AWS::IAM::AccessKey")
def access_key(request: Request) -> Created:
    """A user's access key; its secret is the emulator's and opens nothing."""
    properties, client = request.properties, request.client("iam")
    user_name = str(properties["UserName"])
    made = client.create_access_key(UserName=user_name)["AccessKey"]
    if "Status" in properties:
        client.update_access_key(UserName=user_name, AccessKeyId=made["AccessKeyId"], Status=str(properties["Status"]))
    properties.ignore("Serial")
    identifier = made["AccessKeyId"]
    attributes = {"Id": identifier, "SecretAccessKey": made["SecretAccessKey"]}
    return Created(identifier, attributes, identity=identifier)


simple(
    "AWS::IAM::OIDCProvider",
    "iam",
    "CreateOpenIDConnectProvider",
    ref="{OpenIDConnectProviderArn}",
    identity="{OpenIDConnectProviderArn}",
    attributes={"Arn": "{OpenIDConnectProviderArn}"},
    # Since 2024 the thumbprints may be left out; the emulator still asks for one.
    more=lambda request: {} if request.properties.get("ThumbprintList") else {"ThumbprintList": ["0" * 40]},
)
simple(
    "AWS::IAM::SAMLProvider",
    "iam",
    "CreateSAMLProvider",
    ref="{SAMLProviderArn}",
    identity="{SAMLProviderArn}",
    attributes={"Arn": "{SAMLProviderArn}"},
    name="Name",
    max_length=128,
)
simple(
    "AWS::IAM::ServiceLinkedRole",
    "iam",
    "CreateServiceLinkedRole",
    ref="{Role.RoleName}",
    identity="{Role.Arn}",
    attributes={"RoleName": "{Role.RoleName}"},
)
