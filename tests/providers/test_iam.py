"""AWS::IAM."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from providers.support import ACCOUNT, Maker, allow, trusts

READ, WRITE = allow("s3:GetObject"), allow("s3:PutObject")
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app/reader"
BOUNDARY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
MANAGED = "arn:aws:iam::aws:policy/AmazonBedrockReadOnly"


def a_role(make: Maker, **properties: Any) -> Any:
    given = {"RoleName": "reader", "Path": "/app/", "AssumeRolePolicyDocument": trusts("bedrock.amazonaws.com")}
    return make("AWS::IAM::Role", "Reader", **{**given, **properties})


def test_role_with_all_that_it_carries(make: Maker) -> None:
    made = a_role(
        make,
        Description="reads",
        MaxSessionDuration="7200",
        PermissionsBoundary=BOUNDARY,
        ManagedPolicyArns=[MANAGED],
        Policies=[
            {"PolicyName": "own", "PolicyDocument": READ},
            {"PolicyName": "two", "PolicyDocument": json.dumps(WRITE)},
        ],
        Tags=[{"Key": "stage", "Value": "one"}],
    )
    iam = make.client("iam")
    shown = iam.get_role(RoleName="reader")["Role"]
    assert shown["AssumeRolePolicyDocument"] == trusts("bedrock.amazonaws.com")
    assert (shown["Arn"], shown["Description"], shown["MaxSessionDuration"]) == (ROLE, "reads", 7200)
    assert shown["PermissionsBoundary"]["PermissionsBoundaryArn"] == BOUNDARY
    assert shown["Tags"] == [{"Key": "stage", "Value": "one"}]
    assert iam.get_role_policy(RoleName="reader", PolicyName="own")["PolicyDocument"] == READ
    assert iam.get_role_policy(RoleName="reader", PolicyName="two")["PolicyDocument"] == WRITE
    assert [p["PolicyArn"] for p in iam.list_attached_role_policies(RoleName="reader")["AttachedPolicies"]] == [MANAGED]
    assert (made.physical_id, made.attributes["Arn"], made.identity) == ("reader", ROLE, ROLE)
    assert made.origins == {
        (ROLE, "trust"): ("Properties", "AssumeRolePolicyDocument"),
        (ROLE, "boundary"): ("Properties", "PermissionsBoundary"),
        (ROLE, "inline", "own"): ("Properties", "Policies", 0, "PolicyDocument"),
        (ROLE, "inline", "two"): ("Properties", "Policies", 1, "PolicyDocument"),
        (ROLE, "attached", MANAGED): ("Properties", "ManagedPolicyArns", 0),
    }
    assert make.unmapped == ()


def test_role_without_a_name_gets_one(make: Maker) -> None:
    made = make("AWS::IAM::Role", "Reader", AssumeRolePolicyDocument=trusts("lambda.amazonaws.com"))
    assert made.physical_id.startswith("stack-Reader-")
    assert made.attributes["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/{made.physical_id}"


def test_policies_of_the_account_are_attached_and_others_refused(make: Maker) -> None:
    elsewhere = f"arn:aws:iam::{ACCOUNT}:policy/elsewhere"
    made = a_role(make, ManagedPolicyArns=[MANAGED, elsewhere])
    assert make.unmapped == ()
    assert made.origins[(ROLE, "attached", elsewhere)] == ("Properties", "ManagedPolicyArns", 1)
    with pytest.raises(ClientError, match="does not exist or is not attachable"):
        make("AWS::IAM::User", "User", UserName="ann", ManagedPolicyArns=["arn:aws:iam::nobody:policy/nowhere"])


def test_policy_on_a_role_a_user_and_a_group(make: Maker) -> None:
    a_role(make)
    make("AWS::IAM::User", "User", UserName="ann")
    make("AWS::IAM::Group", "Group", GroupName="team")
    made = make(
        "AWS::IAM::Policy",
        "Policy",
        PolicyName="own",
        PolicyDocument=READ,
        Roles=["reader"],
        Users=["ann"],
        Groups=["team"],
    )
    iam = make.client("iam")
    for kind, name in (("role", "reader"), ("user", "ann"), ("group", "team")):
        shown = getattr(iam, f"get_{kind}_policy")(**{f"{kind.capitalize()}Name": name}, PolicyName="own")
        assert shown["PolicyDocument"] == READ
    place = ("Properties", "PolicyDocument")
    assert made.origins == {
        (ROLE, "inline", "own"): place,
        (f"arn:aws:iam::{ACCOUNT}:user/ann", "inline", "own"): place,
        (f"arn:aws:iam::{ACCOUNT}:group/team", "inline", "own"): place,
    }
    assert made.identity is None


def test_policy_on_a_role_of_the_account_is_kept_as_one_that_nobody_has(make: Maker) -> None:
    made = make("AWS::IAM::Policy", PolicyName="own", PolicyDocument=READ, Roles=["elsewhere"])
    policy = f"arn:aws:iam::{ACCOUNT}:policy/stack-Thing-P6QN8Q3Z67KW"
    assert made.origins == {(policy, "document"): ("Properties", "PolicyDocument")}
    assert set(make.unmapped) == {"Roles.0"}


@pytest.mark.parametrize("kind", ["Role", "User", "Group"])
def test_policy_of_one(make: Maker, kind: str) -> None:
    trust = {"AssumeRolePolicyDocument": trusts("ec2.amazonaws.com")} if kind == "Role" else {}
    holder = make(f"AWS::IAM::{kind}", "Holder", **{f"{kind}Name": "holder"}, **trust)
    made = make(f"AWS::IAM::{kind}Policy", "Own", **{f"{kind}Name": "holder"}, PolicyName="own", PolicyDocument=READ)
    shown = getattr(make.client("iam"), f"get_{kind.lower()}_policy")(**{f"{kind}Name": "holder"}, PolicyName="own")
    assert shown["PolicyDocument"] == READ
    assert made.origins == {(holder.attributes["Arn"], "inline", "own"): ("Properties", "PolicyDocument")}


def test_malformed_policy_fails(make: Maker) -> None:
    with pytest.raises(ClientError, match="MalformedPolicyDocument"):
        a_role(make, Policies=[{"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": [{}]}}])


def test_managed_policy(make: Maker) -> None:
    a_role(make)
    made = make("AWS::IAM::ManagedPolicy", "Shared", ManagedPolicyName="shared", PolicyDocument=WRITE, Roles=["reader"])
    arn = f"arn:aws:iam::{ACCOUNT}:policy/shared"
    iam = make.client("iam")
    assert (made.physical_id, made.attributes["PolicyArn"], made.attributes["AttachmentCount"]) == (arn, arn, 1)
    assert iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"] == WRITE
    assert [p["PolicyArn"] for p in iam.list_attached_role_policies(RoleName="reader")["AttachedPolicies"]] == [arn]
    assert made.origins == {
        (arn, "document"): ("Properties", "PolicyDocument"),
        (ROLE, "attached", arn): ("Properties", "Roles", 0),
    }


def test_user_in_groups(make: Maker) -> None:
    make("AWS::IAM::Group", "One", GroupName="one")
    make("AWS::IAM::Group", "Two", GroupName="two", Policies=[{"PolicyName": "own", "PolicyDocument": READ}])
    make(
        "AWS::IAM::User",
        "User",
        UserName="ann",
        Groups=["one"],
        PermissionsBoundary=BOUNDARY,
        LoginProfile={"Password": "never-used", "PasswordResetRequired": "true"},
    )
    assert make.unmapped == ()
    made = make("AWS::IAM::UserToGroupAddition", "Join", GroupName="two", Users=["ann", "elsewhere"])
    assert make.unmapped == ("Users.1",)
    iam = make.client("iam")
    assert {g["GroupName"] for g in iam.list_groups_for_user(UserName="ann")["Groups"]} == {"one", "two"}
    assert iam.get_user(UserName="ann")["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == BOUNDARY
    assert iam.get_login_profile(UserName="ann")["LoginProfile"]["UserName"] == "ann"
    assert made.physical_id


def test_access_key(make: Maker) -> None:
    make("AWS::IAM::User", "User", UserName="ann")
    made = make("AWS::IAM::AccessKey", "Key", UserName="ann", Status="Inactive", Serial=2)
    shown = make.client("iam").list_access_keys(UserName="ann")["AccessKeyMetadata"][0]
    assert (shown["AccessKeyId"], shown["Status"]) == (made.physical_id, "Inactive")
    assert made.attributes["SecretAccessKey"]


def test_instance_profile(make: Maker) -> None:
    a_role(make)
    made = make("AWS::IAM::InstanceProfile", "Profile", Roles=["reader"])
    shown = make.client("iam").get_instance_profile(InstanceProfileName=made.physical_id)["InstanceProfile"]
    assert ([r["Arn"] for r in shown["Roles"]], shown["Arn"]) == ([ROLE], made.attributes["Arn"])


def test_identity_providers(make: Maker) -> None:
    made = make("AWS::IAM::OIDCProvider", Url="https://token.actions.example.com", ClientIdList=["sts.amazonaws.com"])
    shown = make.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=made.physical_id)
    assert shown["ClientIDList"] == ["sts.amazonaws.com"]
    saml = make("AWS::IAM::SAMLProvider", "Saml", Name="sso", SamlMetadataDocument="<x>" + "y" * 1000 + "</x>")
    assert saml.attributes["Arn"] == f"arn:aws:iam::{ACCOUNT}:saml-provider/sso"


def test_service_linked_role(make: Maker) -> None:
    made = make("AWS::IAM::ServiceLinkedRole", AWSServiceName="observability.aoss.amazonaws.com")
    shown = make.client("iam").get_role(RoleName=made.physical_id)["Role"]
    assert "/aws-service-role/observability.aoss.amazonaws.com/" in shown["Arn"]
