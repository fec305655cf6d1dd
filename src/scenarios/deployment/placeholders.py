"""Values invented for parameters that have none: of the right form, so that the rest can be deployed.

Nothing is concluded from them: whatever hangs on one is uncertain.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Session, Stack

_HEX = "0123456789abcdef"


class Inventor:
    """Invents values; things that others have to stand in (a VPC, subnets, a security group) are made in the account.

    `made` lists the ids of those things.
    """

    def __init__(self, session: Session, stack: Stack) -> None:
        self._session = session
        self._stack = stack
        self.made: dict[str, str] = {}

    def invent(self, name: str, kind: str, declaration: Mapping[str, Any]) -> Any:
        """A value for the parameter `name` of type `kind`: a list where the type is one."""
        kind = kind.removeprefix("AWS::SSM::Parameter::Value<").removesuffix(">") if "Value<" in kind else kind
        allowed = declaration.get("AllowedValues")
        if isinstance(allowed, list) and allowed:
            value = str(allowed[0]) if not isinstance(allowed[0], bool) else str(allowed[0]).lower()
            return [value] if kind.startswith(("List<", "CommaDelimitedList")) else value
        if kind == "CommaDelimitedList":
            return [self._string(name, declaration)]
        if kind.startswith("List<"):
            return self._several(name, kind.removeprefix("List<").removesuffix(">"), declaration)
        return self._one(name, kind, declaration)

    def _several(self, name: str, kind: str, declaration: Mapping[str, Any]) -> list[str]:
        if kind == "AWS::EC2::Subnet::Id":
            return list(self._subnets)
        if kind == "AWS::EC2::AvailabilityZone::Name":
            return [self._stack.region + letter for letter in "ab"]
        return [self._one(name, kind, declaration)]

    def _one(self, name: str, kind: str, declaration: Mapping[str, Any]) -> str:
        ids = {
            "AWS::EC2::Image::Id": "ami",
            "AWS::EC2::Instance::Id": "i",
            "AWS::EC2::Volume::Id": "vol",
            "AWS::EC2::NetworkInterface::Id": "eni",
        }
        if kind in ids:
            return f"{ids[kind]}-{digest(name, 17, _HEX)}"
        made = {
            "AWS::EC2::VPC::Id": lambda: self._vpc,
            "AWS::EC2::Subnet::Id": lambda: self._subnets[0],
            "AWS::EC2::SecurityGroup::Id": lambda: self._group(name),
            "AWS::EC2::AvailabilityZone::Name": lambda: f"{self._stack.region}a",
            "AWS::Route53::HostedZone::Id": lambda: "Z" + digest(name, 13),
            "AWS::SSM::Parameter::Name": lambda: f"/placeholder/{name}",
            "Number": lambda: str(declaration.get("MinValue", 1)),
        }
        return made[kind]() if kind in made else self._string(name, declaration)

    def _string(self, name: str, declaration: Mapping[str, Any]) -> str:
        """By the parameter's name, which is all that there is to go by."""
        stack, low = self._stack, name.lower()
        arn = f"arn:{stack.partition}"
        if low.endswith("arn"):
            if "key" in low or "kms" in low:
                identifier = digest(name, 12, _HEX)
                return f"{arn}:kms:{stack.region}:{stack.account_id}:key/00000000-0000-0000-0000-{identifier}"
            if "role" in low:
                return f"{arn}:iam::{stack.account_id}:role/placeholder-{low}"
            if "bucket" in low:
                return f"{arn}:s3:::placeholder-{low}"
            return f"{arn}:placeholder:{stack.region}:{stack.account_id}:{low}"
        by_word = {"cidr": "10.0.0.0/16", "email": "placeholder@example.com", "url": "https://placeholder.example.com/"}
        special = next((value for word, value in by_word.items() if word in low), None)
        if special is not None:
            return special
        typed = {"vpcid": lambda: self._vpc, "subnetid": lambda: self._subnets[0]}
        if low in typed:
            return typed[low]()
        text = f"placeholder-{low}"
        least = int(float(declaration.get("MinLength", 0) or 0))
        most = int(float(declaration.get("MaxLength", 4096) or 4096))
        return text.ljust(least, "x")[:most]

    def _ec2(self, operation: str, **arguments: Any) -> Any:
        return getattr(self._session.client("ec2"), operation)(**arguments)

    @cached_property
    def _vpc(self) -> str:
        identifier: str = self._ec2("create_vpc", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.made[identifier] = "a VPC that a parameter names"
        return identifier

    @cached_property
    def _subnets(self) -> tuple[str, ...]:
        found = []
        for index, letter in enumerate("ab"):
            zone = self._stack.region + letter
            made = self._ec2("create_subnet", VpcId=self._vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=zone)
            found.append(made["Subnet"]["SubnetId"])
            self.made[found[-1]] = "a subnet that a parameter names"
        return tuple(found)

    def _group(self, name: str) -> str:
        made = self._ec2("create_security_group", GroupName=f"placeholder-{name}", Description=name, VpcId=self._vpc)
        self.made[made["GroupId"]] = "a security group that a parameter names"
        return str(made["GroupId"])
