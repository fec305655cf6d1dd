"""What hangs on something unknown is read as such: unread policies, settings and rules that are only assumed."""

from __future__ import annotations

from typing import Any

import pytest

from scenarios.account import Account
from scenarios.deployment import deploy
from scenarios.emulator import emulator
from scenarios.network.path import Path, Undecided
from scenarios.network.trace import through_endpoint
from scenarios.observation import observe
from scenarios.template import parse

ACCOUNT, REGION = "123456789012", "us-east-1"
NO_VALUE = "parameter P has no value"
ELSEWHERE = f"arn:aws:iam::{ACCOUNT}:policy/team-baseline"


def observed(resources: str) -> Account:
    text = f"""
Parameters:
  P: {{Type: String}}
  OnOff: {{Type: String, AllowedValues: ['true', 'false']}}
  Other: {{Type: String, AllowedValues: [{ELSEWHERE}]}}
Conditions:
  Maybe: !Equals [!Ref P, x]
  Never: !Not [!Condition Maybe]
Resources:
{resources}"""
    with emulator(account_id=ACCOUNT, region=REGION) as session:
        deployment = deploy(parse(text, "t.yaml"), session)
        assert [entry.reason for entry in deployment.ledger if entry.status != "deployed"] == []
        return observe(session, account_id=ACCOUNT, region=REGION, origins=deployment.origins)


TRUST = "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: '*'}]}"
ALLOW = "{Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}"
ROLE = f"  R: {{Type: AWS::IAM::Role, Properties: {{RoleName: r, AssumeRolePolicyDocument: {TRUST}, %s}}}}"
USER = "  U: {Type: AWS::IAM::User, Properties: {UserName: r, %s}}"
GROUP = "  G: {Type: AWS::IAM::Group, Properties: {GroupName: r, %s}}"
OWN = f"""
  M: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {ALLOW}}}}}
"""
NOT_HERE = f"policy {ELSEWHERE} is not in this template, so that its document is not known"


@pytest.mark.parametrize("holder", [ROLE, USER, GROUP])
@pytest.mark.parametrize(
    ("carried", "part", "reason"),
    [
        (f"ManagedPolicyArns: ['{ELSEWHERE}']", "attached", NOT_HERE),
        ("ManagedPolicyArns: [!ImportValue E]", "attached", "E comes from another stack"),
        ("ManagedPolicyArns: [!Ref P]", "attached", NO_VALUE),
        ("ManagedPolicyArns: [!Ref Other]", "attached", "parameter Other has no value"),
        ("ManagedPolicyArns: !Split [',', !Ref P]", "attached", NO_VALUE),
        ("ManagedPolicyArns: [!If [Maybe, !Ref 'AWS::NoValue', !Ref M]]", "attached", NO_VALUE),
        ("ManagedPolicyArns: !If [Maybe, !Ref 'AWS::NoValue', [!Ref M]]", "attached", NO_VALUE),
        ("ManagedPolicyArns: [!If [Maybe, !Ref M, 'arn:aws:iam::aws:policy/ReadOnlyAccess']]", "attached", NO_VALUE),
        ("Policies: [!If [Maybe, !Ref 'AWS::NoValue', x]]", "inline", NO_VALUE),
    ],
)
def test_what_a_principal_carries_is_unread(holder: str, carried: str, part: str, reason: str) -> None:
    kind = {ROLE: "role", USER: "user", GROUP: "group"}[holder]
    account = observed(holder % carried + OWN)
    found = account.unreadable(f"iam.{kind}.{part}", "r")
    assert found is not None
    assert found.reason.endswith(reason)


@pytest.mark.parametrize("holder", [ROLE, USER])
@pytest.mark.parametrize(
    ("carried", "reason"),
    [
        (f"PermissionsBoundary: '{ELSEWHERE}'", NOT_HERE),
        ("PermissionsBoundary: !Ref P", NO_VALUE),
        ("PermissionsBoundary: !If [Maybe, !Ref 'AWS::NoValue', !Ref M]", NO_VALUE),
    ],
)
def test_a_boundary_is_unread(holder: str, carried: str, reason: str) -> None:
    found = observed(holder % carried + OWN).unreadable("iam.boundary", "r")
    assert found is not None
    assert found.reason.endswith(reason)


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        (USER % "Groups: [!If [Maybe, !Ref 'AWS::NoValue', x]]", NO_VALUE),
        (
            USER % "Groups: [!Ref G]" + "\n" + GROUP.replace(": r", ": g") % f"ManagedPolicyArns: ['{ELSEWHERE}']",
            NOT_HERE,
        ),
    ],
)
def test_what_a_group_carries_is_unread_for_its_users(resources: str, reason: str) -> None:
    found = observed(resources).unreadable("iam.user.groups", "r")
    assert found is not None
    assert found.reason.endswith(reason)


def test_a_group_outside_the_template_is_one_of_the_users() -> None:
    (user,) = observed(USER % "Groups: [team]").users
    assert user.groups == ("team",)


@pytest.mark.parametrize(
    ("resources", "what"),
    [
        (
            f"  I: {{Type: AWS::IAM::Policy, Properties: {{PolicyName: p, PolicyDocument: {ALLOW}, Roles: %s}}}}",
            "inline",
        ),
        (f"  I: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {ALLOW}, Roles: %s}}}}", "attached"),
    ],
)
@pytest.mark.parametrize(("roles", "known"), [("[!Ref R]", True), ("[!If [Maybe, !Ref R, x]]", False)])
def test_a_policy_of_its_own_that_may_not_be_the_roles(resources: str, what: str, roles: str, known: bool) -> None:
    account = observed(ROLE % "Path: /" + "\n" + resources % roles)
    assert (account.unreadable(f"iam.role.{what}", "r") is None) is known


NETWORK = """
  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16, EnableDnsHostnames: true, Tags: [{Key: a, Value: b}]}}
  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref V, CidrBlock: 10.9.1.0/24}}
  T: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref V}}
  A: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref V}}
  G: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref V}}
  I: {Type: AWS::EC2::InternetGateway}
"""
PLACES = {
    "NetworkAclEntry": "NetworkAclId: !Ref A, RuleNumber: 1, Protocol: 6, RuleAction: allow",
    "Route": "RouteTableId: !Ref T, DestinationCidrBlock: 0.0.0.0/0",
    "SecurityGroupIngress": "GroupId: !Ref G, IpProtocol: tcp, FromPort: 1, ToPort: 1",
}


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        ("NetworkAclEntry", "CidrBlock: 10.9.0.0/16", None),
        ("NetworkAclEntry", "CidrBlock: !Ref P", NO_VALUE),
        ("NetworkAclEntry", "CidrBlock: 10.9.0.0/16, PortRange: {From: !If [Maybe, 1, 2], To: 9}", NO_VALUE),
        ("SecurityGroupIngress", "CidrIp: 10.9.0.0/16, Description: !Ref P", None),
        ("SecurityGroupIngress", "SourceSecurityGroupId: !Ref P", NO_VALUE),
        ("SecurityGroupIngress", "CidrIp: !If [Maybe, 10.9.0.0/16, 0.0.0.0/0]", NO_VALUE),
        ("Route", "GatewayId: !Ref I", None),
        ("Route", "GatewayId: !If [Maybe, !Ref I, x]", NO_VALUE),
    ],
)
@pytest.mark.parametrize("condition", ["", "Condition: Maybe, "])
def test_rules_entries_and_routes_say_that_they_are_only_assumed(
    kind: str, more: str, reason: str | None, condition: str
) -> None:
    account = observed(f"{NETWORK}  X: {{{condition}Type: AWS::EC2::{kind}, Properties: {{{PLACES[kind]}, {more}}}}}")
    parts: list[Any] = [entry for acl in account.network_acls for entry in acl.entries]
    parts += [rule for group in account.security_groups for rule in group.rules]
    parts += [route for table in account.route_tables for route in table.routes]
    (found,) = (part for part in parts if part.origin is not None and part.origin.logical_id == "X")
    assert found.uncertain == (f"whether X is made is not known: {NO_VALUE}" if condition and not reason else reason)
    assert all(part.uncertain is None for part in parts if part is not found)


ENDPOINT = """
  E:
    Type: AWS::EC2::VPCEndpoint
    Properties: {VpcEndpointType: Interface, ServiceName: %s, VpcId: !Ref V, SubnetIds: [!Ref S], PrivateDnsEnabled: %s}
"""
KMS, NO_CHOICE = "com.amazonaws.us-east-1.kms", "parameter OnOff has no value"


@pytest.mark.parametrize(
    ("service", "dns", "name", "reason"),
    [
        (KMS, "true", "PrivateDnsEnabled", None),
        (KMS, "!Ref OnOff", "PrivateDnsEnabled", NO_CHOICE),
        (KMS, "!Ref OnOff", "ServiceName", None),
        (KMS, "!If [Maybe, true, false]", "PrivateDnsEnabled", NO_VALUE),
        (KMS, "!If [Never, !Ref 'AWS::NoValue', false]", "PrivateDnsEnabled", NO_VALUE),
        ("!Sub 'com.amazonaws.us-east-1.${P}'", "true", "ServiceName", NO_VALUE),
    ],
)
def test_an_endpoint_says_which_settings_are_only_assumed(
    service: str, dns: str, name: str, reason: str | None
) -> None:
    (endpoint,) = observed(NETWORK + ENDPOINT % (service, dns)).endpoints
    assert endpoint.doubt(name) == reason


@pytest.mark.parametrize(
    ("old", "new", "name", "reason"),
    [
        ("true", "!Ref OnOff", "EnableDnsHostnames", NO_CHOICE),
        ("true", "!Ref OnOff", "EnableDnsSupport", None),
        ("Value: b", "Value: !Ref P", "EnableDnsHostnames", None),
        (
            "\n  S:",
            "\n  D: {Type: AWS::EC2::DHCPOptions, Properties: {DomainNameServers: [!Ref P]}}"
            "\n  X: {Type: AWS::EC2::VPCDHCPOptionsAssociation, Properties: {VpcId: !Ref V, DhcpOptionsId: !Ref D}}"
            "\n  S:",
            "DhcpOptionsId",
            NO_VALUE,
        ),
    ],
)
def test_a_vpc_says_which_settings_are_only_assumed(old: str, new: str, name: str, reason: str | None) -> None:
    (vpc,) = observed(NETWORK.replace(old, new)).vpcs
    assert vpc.doubt(name) == reason


@pytest.mark.parametrize(
    ("kind", "name", "facts"),
    [
        ("SubnetRouteTableAssociation", "RouteTableId", "route_tables"),
        ("SubnetNetworkAclAssociation", "NetworkAclId", "network_acls"),
    ],
)
@pytest.mark.parametrize("named", ["!Ref P", "!If [Maybe, !Ref %s, x]", "!Ref %s"])
def test_an_association_may_be_only_assumed(kind: str, name: str, facts: str, named: str) -> None:
    whose = named.replace("%s", "T" if name == "RouteTableId" else "A")
    made = f"  X: {{Type: AWS::EC2::{kind}, Properties: {{SubnetId: !Ref S, {name}: {whose}}}}}"
    account = observed(NETWORK + made)
    (subnet,) = (fact.subnet_id for fact in account.subnets if fact.cidr == "10.9.1.0/24")
    (holder,) = (fact for fact in getattr(account, facts) if subnet in fact.subnet_ids)
    assert holder.assumed == (() if named == "!Ref %s" else ((subnet, NO_VALUE),))


WORKLOAD = f"""
  R: {{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {TRUST}}}}}
  In:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {{GroupId: !GetAtt V.DefaultSecurityGroup, IpProtocol: '-1', CidrIp: 10.9.0.0/16}}
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt R.Arn
      Handler: a.b
      Runtime: python3.12
      Code: {{ZipFile: x}}
      VpcConfig: {{SubnetIds: [!Ref S], SecurityGroupIds: [!Ref G]}}
"""


@pytest.mark.parametrize(
    ("hostnames", "service", "dns", "reason"),
    [
        ("true", KMS, "true", None),
        ("!Ref OnOff", KMS, "true", NO_CHOICE),
        ("true", KMS, "!Ref OnOff", NO_CHOICE),
        ("true", KMS, "!If [Maybe, true, false]", NO_VALUE),
        ("true", "!If [Maybe, com.amazonaws.us-east-1.kms, com.amazonaws.us-east-1.sts]", "true", NO_VALUE),
        ("true", "!If [Maybe, com.amazonaws.us-east-1.sts, com.amazonaws.us-east-1.kms]", "true", NO_VALUE),
    ],
)
def test_no_path_is_found_by_what_is_only_assumed(hostnames: str, service: str, dns: str, reason: str | None) -> None:
    network = NETWORK.replace("EnableDnsHostnames: true", f"EnableDnsHostnames: {hostnames}")
    account = observed(network + ENDPOINT % (service, dns) + WORKLOAD)
    (function,) = account.functions
    found = through_endpoint(account, function, "kms")
    if reason is None:
        assert isinstance(found, Path)
    else:
        assert isinstance(found, Undecided)
        assert found.why.endswith(reason)
