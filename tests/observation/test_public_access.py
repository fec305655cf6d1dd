"""The block of public access to VPCs, read back as a fact."""

from __future__ import annotations

import pytest

from observation.support import NO_VALUE, by_origin, observed

BASE = """
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
"""
BLOCK = """
  Block: {Type: AWS::EC2::VPCBlockPublicAccessOptions, Properties: {InternetGatewayBlockMode: %s}}
"""
SPARED = """
  Spared:
    Type: AWS::EC2::VPCBlockPublicAccessExclusion
    Properties: {%s, InternetGatewayExclusionMode: %s, Tags: [{Key: a, Value: b}]}
"""


def test_without_a_block_nothing_is_said() -> None:
    assert observed(BASE).public_access_block is None


@pytest.mark.parametrize("mode", ["block-bidirectional", "block-ingress"])
def test_mode(mode: str) -> None:
    block = observed(BASE + BLOCK % mode).public_access_block
    assert block is not None
    assert (block.mode, block.excluded, block.uncertain) == (mode, (), ())
    assert block.origin is not None
    assert block.origin.logical_id == "Block"


@pytest.mark.parametrize(
    ("spared", "mode", "name"),
    [("VpcId: !Ref Vpc", "allow-egress", "Vpc"), ("SubnetId: !Ref Subnet", "allow-bidirectional", "Subnet")],
)
def test_what_it_spares(spared: str, mode: str, name: str) -> None:
    account = observed(BASE + BLOCK % "block-ingress" + SPARED % (spared, mode))
    ids = {vpc.vpc_id: "Vpc" for vpc in account.vpcs} | {
        subnet.subnet_id: key for key, subnet in by_origin(account.subnets).items()
    }
    assert account.public_access_block is not None
    assert [(ids[thing], allowed) for thing, allowed in account.public_access_block.excluded] == [(name, mode)]


def test_what_is_only_assumed() -> None:
    mode = "!If [Maybe, block-ingress, block-bidirectional]"
    block = observed(BASE + BLOCK % mode).public_access_block
    assert block is not None
    assert block.doubt("InternetGatewayBlockMode") == NO_VALUE
    allowed = "!If [Maybe, allow-egress, allow-bidirectional]"
    block = observed(BASE + BLOCK % "block-ingress" + SPARED % ("VpcId: !Ref Vpc", allowed)).public_access_block
    assert block is not None
    assert (block.doubt("InternetGatewayBlockMode"), block.doubt("Exclusions")) == (None, NO_VALUE)


def test_exclusions_alone_do_not_say_the_mode() -> None:
    block = observed(BASE + SPARED % ("VpcId: !Ref Vpc", "allow-egress")).public_access_block
    assert block is not None
    assert block.doubt("InternetGatewayBlockMode") == "the mode is set outside the template"
