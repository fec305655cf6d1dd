"""Launch templates, scaling groups and what they start, read back as facts."""

from __future__ import annotations

from typing import Any

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account import Account
from scenarios.account.workload import Workload

BASE = """
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !Ref Vpc}}
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: r, AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
"""
TEMPLATE = "  T: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-12345678, %s}}}\n"
OTHER = "  U: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-12345678, %s}}}\n"
CONFIGURATION = """
  C:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {ImageId: ami-12345678, InstanceType: t3.micro, %s}
"""
SCALING = """
  G:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: '1', MaxSize: '2', %s}
"""
FROM_T = "LaunchTemplate: {LaunchTemplateId: !Ref T, Version: !GetAtt T.LatestVersionNumber}"
PLACED = "VPCZoneIdentifier: [!Ref A, !Ref B], "
ROLE = "arn:aws:iam::123456789012:role/r"
OWN = "IamInstanceProfile: {Arn: !GetAtt Profile.Arn}, SecurityGroupIds: [!Ref Group]"
CARD = "NetworkInterfaces: [{DeviceIndex: 0, Groups: [!Ref Group], AssociatePublicIpAddress: true%s}]"


def place(account: Account, workload: Workload) -> tuple[list[str], list[str]] | None:
    """Subnets and groups by their logical ids; the VPC must be theirs."""
    if workload.placement is None:
        return None
    subnets = {subnet.subnet_id: name for name, subnet in by_origin(account.subnets).items()}
    groups = {group.group_id: name for name, group in by_origin(account.security_groups).items()}
    assert workload.placement.vpc_id in {vpc.vpc_id for vpc in account.vpcs}
    return (
        [subnets[subnet] for subnet in workload.placement.subnet_ids],
        [groups.get(group, "default") for group in workload.placement.security_group_ids],
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (OWN, (ROLE, None, 1, None, None, None)),
        ("IamInstanceProfile: {Name: !Ref Profile}", (ROLE, None, 0, None, None, None)),
        ("InstanceType: t3.micro, MetadataOptions: {HttpTokens: required}", (None, None, 0, None, None, True)),
        ("MetadataOptions: {HttpTokens: optional}", (None, None, 0, None, None, False)),
        (CARD % "", (None, None, 1, True, None, None)),
        (CARD % ", SubnetId: !Ref A", (None, (["A"], ["Group"]), 1, True, None, None)),
        (CARD % ", Ipv6AddressCount: 1", (None, None, 1, True, True, None)),
        ("NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref A}]", (None, (["A"], ["default"]), 0, None, None, None)),
        (
            "NetworkInterfaces: [{DeviceIndex: 0, AssociatePublicIpAddress: false}]",
            (None, None, 0, False, None, None),
        ),
    ],
)
def test_launch_template(data: str, expected: Any) -> None:
    account = observed(BASE + TEMPLATE % data)
    (template,) = account.launch_templates
    assert template.origin is not None
    assert template.origin.logical_id == "T"
    assert (
        template.role,
        place(account, template),
        len(template.security_group_ids),
        template.public_ip,
        template.ipv6,
        template.imds_v2_required,
    ) == expected


@pytest.mark.parametrize(
    ("resources", "expected"),
    [
        (TEMPLATE % OWN + SCALING % (PLACED + FROM_T), [(ROLE, (["A", "B"], ["Group"]), None)]),
        (
            TEMPLATE % (CARD % ", SubnetId: !Ref A") + SCALING % (PLACED + FROM_T),
            [(None, (["A", "B"], ["Group"]), True)],
        ),
        (TEMPLATE % "KeyName: k" + SCALING % (PLACED + FROM_T), [(None, (["A", "B"], ["default"]), None)]),
        (
            TEMPLATE % OWN
            + SCALING
            % (
                PLACED + "MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: "
                "!Ref T, Version: '1'}, Overrides: [{InstanceType: t3.large}]}}"
            ),
            [(ROLE, (["A", "B"], ["Group"]), None)],
        ),
        (
            TEMPLATE % OWN
            + OTHER % "KeyName: k"
            + SCALING
            % (
                PLACED + "MixedInstancesPolicy: {LaunchTemplate: {LaunchTemplateSpecification: {LaunchTemplateId: "
                "!Ref T, Version: '1'}, Overrides: [{InstanceType: t3.large, LaunchTemplateSpecification: "
                "{LaunchTemplateId: !Ref U, Version: '1'}}]}}"
            ),
            [(ROLE, (["A", "B"], ["Group"]), None), (None, (["A", "B"], ["default"]), None)],
        ),
        (
            CONFIGURATION % "IamInstanceProfile: !Ref Profile, SecurityGroups: [!Ref Group]"
            + SCALING % (PLACED + "LaunchConfigurationName: !Ref C"),
            [(ROLE, (["A", "B"], ["Group"]), None)],
        ),
        (
            CONFIGURATION % "AssociatePublicIpAddress: true, SecurityGroups: [!Ref Group]"
            + SCALING % (PLACED + "LaunchConfigurationName: !Ref C"),
            [(None, (["A", "B"], ["Group"]), True)],
        ),
    ],
)
def test_scaling_group(resources: str, expected: list[Any]) -> None:
    account = observed(BASE + resources)
    found = [(group.role, place(account, group), group.public_ip) for group in account.scaling_groups]
    assert found == expected
    assert {group.origin.logical_id for group in account.scaling_groups if group.origin} == {"G"}
    assert account.instances == ()
    assert {group.doubt_of_place() for group in account.scaling_groups} == {None}


def test_other_instances_than_a_groups_stay() -> None:
    box = "  Box: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-12345678, SubnetId: !Ref A}}\n"
    account = observed(BASE + TEMPLATE % OWN + SCALING % (PLACED + FROM_T) + box)
    assert list(by_origin(account.instances)) == ["Box"]


def test_instance_from_a_launch_template() -> None:
    box = f"  Box: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: !Ref A, {FROM_T}}}}}\n"
    account = observed(BASE + TEMPLATE % OWN + box)
    (instance,) = account.instances
    assert (instance.role, place(account, instance)) == (ROLE, (["A"], ["Group"]))


def test_instance_from_a_launch_template_that_is_only_assumed() -> None:
    groups = "SecurityGroupIds: [!If [Maybe, !Ref Group, !Ref Group]]"
    box = f"  Box: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: !Ref A, {FROM_T}}}}}\n"
    (instance,) = observed(BASE + TEMPLATE % groups + box).instances
    assert (instance.doubt_of_place(), instance.doubt_of_role()) == (NO_VALUE, None)


@pytest.mark.parametrize(
    ("data", "of_place", "of_role"),
    [
        ("UserData: {'Fn::Base64': !Ref P}", None, None),
        ("SecurityGroupIds: [!If [Maybe, !Ref Group, !GetAtt Vpc.DefaultSecurityGroup]]", NO_VALUE, None),
        ("IamInstanceProfile: {Name: !If [Maybe, !Ref Profile, !Ref Profile]}", None, NO_VALUE),
        ("IamInstanceProfile: {Name: elsewhere}", None, "instance profile elsewhere is not in this account"),
    ],
)
def test_what_of_a_launch_template_is_only_assumed(data: str, of_place: str | None, of_role: str | None) -> None:
    account = observed(BASE + TEMPLATE % data + SCALING % (PLACED + FROM_T))
    for workload in (*account.launch_templates, *account.scaling_groups):
        assert (workload.doubt_of_place(), workload.doubt_of_role()) == (of_place, of_role)


@pytest.mark.parametrize(
    "where",
    ["VPCZoneIdentifier: !If [Maybe, [!Ref A], [!Ref B]], ", "VPCZoneIdentifier: [!If [Maybe, !Ref A, !Ref B]], "],
)
def test_a_scaling_group_that_stands_nobody_knows_where(where: str) -> None:
    account = observed(BASE + TEMPLATE % OWN + SCALING % (where + FROM_T))
    assert account.scaling_groups[0].doubt_of_place() == NO_VALUE


def test_a_scaling_group_without_subnets_stands_in_the_default_vpc() -> None:
    account = observed(BASE + TEMPLATE % OWN + SCALING % ("AvailabilityZones: [us-east-1a], " + FROM_T))
    (group,) = account.scaling_groups
    assert group.doubt_of_place() == "it stands in the account's default VPC, which is outside the template"


SEVERAL = "NetworkInterfaces: [{DeviceIndex: 1, SubnetId: !Ref B}, {DeviceIndex: 0, Groups: [!Ref Group]}]"


def test_several_interfaces() -> None:
    account = observed(BASE + TEMPLATE % SEVERAL + SCALING % (PLACED + FROM_T))
    (group,), (made,) = account.scaling_groups, account.launch_templates
    subnets = {subnet.subnet_id: name for name, subnet in by_origin(account.subnets).items()}
    standing = [[subnets[name] for name in one.placement.subnet_ids] for one in group.interfaces if one.placement]
    assert standing == [["A", "B"], ["B"]]
    assert [one.placement is None for one in made.interfaces] == [True, False]
    assert (group.public_ip, made.public_ip) == (False, False)
    assert group.interfaces[0].placement == group.placement
