"""Values invented for parameters that have none, and things that stand in for those outside the template.

They are of the right form, so that the rest can be deployed. Nothing is concluded from them: whatever hangs on one is
uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from scenarios.deployment.functions import as_text
from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Session, Stack
from scenarios.deployment.regions import zones

_HEX = "0123456789abcdef"
_IDENTIFIER = re.compile(r"(vpc|subnet|sg)-([0-9a-f]{8}|[0-9a-f]{17})")
_TYPED = {"AWS::EC2::VPC::Id": "vpc", "AWS::EC2::Subnet::Id": "subnet", "AWS::EC2::SecurityGroup::Id": "sg"}
_IDS = {
    "AWS::EC2::Image::Id": "ami",
    "AWS::EC2::Instance::Id": "i",
    "AWS::EC2::NetworkInterface::Id": "eni",
    "AWS::EC2::Volume::Id": "vol",
}
_WORDS = {"email": "placeholder@example.com", "url": "https://placeholder.example.com/", "domain": "example.com"}


class Inventor:
    """Invents values; a VPC, subnets and security groups are made in the account, where others have to stand in them.

    `made` maps the ids of those things to what they are.
    """

    def __init__(self, session: Session, stack: Stack) -> None:
        self._session = session
        self._stack = stack
        self._known: dict[str, str] = {}
        self._subnet_count = 0
        self.made: dict[str, str] = {}

    def invent(self, name: str, kind: str, declaration: Mapping[str, Any], said: str = "") -> Any:
        """A value for the parameter `name` of type `kind`: a list where the type is one.

        `said` is the name of the SSM parameter that the value would be read from.
        """
        allowed = declaration.get("AllowedValues")
        if kind.startswith("AWS::SSM::Parameter::Value<"):
            kind = kind.removeprefix("AWS::SSM::Parameter::Value<").removesuffix(">")
            if kind == "String" and re.search(r"\bami\b", said):
                kind = "AWS::EC2::Image::Id"
        elif isinstance(allowed, list) and allowed:
            value = as_text(allowed[0])
            return [value] if kind.startswith(("List<", "CommaDelimitedList")) else value
        if kind == "CommaDelimitedList":
            return self._texts(name, declaration)
        if kind.startswith("List<"):
            return self._several(name, kind.removeprefix("List<").removesuffix(">"), declaration)
        return self._one(name, kind, declaration)

    def stand_in(self, identifier: str, kind: str) -> str | None:
        """The thing that stands in for the VPC, subnet or security group that goes by this id outside the template.

        `kind` is the parameter's type; a text is taken for such an id where it has the full form of one.
        """
        found = _IDENTIFIER.fullmatch(identifier)
        thing = _TYPED.get(kind.removeprefix("List<").removesuffix(">")) or (found[1] if found else None)
        if thing is None:
            return None
        if identifier not in self._known:
            self._known[identifier] = self._stand_in(thing, identifier or kind)
        return self._known[identifier]

    def _stand_in(self, thing: str, name: str) -> str:
        if thing == "vpc":
            return self.vpc
        return self._subnet() if thing == "subnet" else self._group(name)

    def _texts(self, name: str, declaration: Mapping[str, Any]) -> list[str]:
        low = name.lower()
        if "subnet" in low and "cidr" not in low:
            return list(self.subnets)
        if "securitygroup" in low:
            return [self._group(name)]
        return [self._string(name, declaration)]

    def _several(self, name: str, kind: str, declaration: Mapping[str, Any]) -> list[str]:
        if kind == "AWS::EC2::Subnet::Id":
            return list(self.subnets)
        if kind == "AWS::EC2::AvailabilityZone::Name":
            return zones(self._stack.region)[:3]
        return [self._one(name, kind, declaration)]

    def _one(self, name: str, kind: str, declaration: Mapping[str, Any]) -> str:
        if kind in _IDS:
            return f"{_IDS[kind]}-{digest(name, 17, _HEX)}"
        made = {
            "AWS::EC2::VPC::Id": lambda: self.vpc,
            "AWS::EC2::Subnet::Id": lambda: self.subnets[0],
            "AWS::EC2::SecurityGroup::Id": lambda: self._group(name),
            "AWS::EC2::AvailabilityZone::Name": lambda: zones(self._stack.region)[0],
            "AWS::Route53::HostedZone::Id": lambda: "Z" + digest(name, 13),
            "AWS::SSM::Parameter::Name": lambda: f"/placeholder/{name}",
            "Number": lambda: as_text(declaration.get("MinValue", 1)),
        }
        return made[kind]() if kind in made else self._string(name, declaration)

    def _string(self, name: str, declaration: Mapping[str, Any]) -> str:
        """By the parameter's name, which is all that there is to go by."""
        low = re.sub(r"[^a-z0-9]", "", name.lower())
        if low.endswith("arn"):
            return self._arn(low)
        made = {"vpcid": lambda: self.vpc, "subnetid": lambda: self.subnets[0], "vpc": lambda: self.vpc}
        if low in made:
            return made[low]()
        if "cidr" in low:
            return f"10.0.{int(digest(name, 2, _HEX), 16) % 128}.0/24" if "subnet" in low else "10.0.0.0/16"
        for word, value in _WORDS.items():
            if word in low:
                return value
        return _sized(f"placeholder-{low}", declaration)

    def _arn(self, low: str) -> str:
        stack = self._stack
        arn = f"arn:{stack.partition}"
        here = f"{stack.region}:{stack.account_id}"
        if "key" in low or "kms" in low:
            return f"{arn}:kms:{here}:key/00000000-0000-4000-8000-{digest(low, 12, _HEX)}"
        if "role" in low:
            return f"{arn}:iam::{stack.account_id}:role/placeholder-{low}"
        if "bucket" in low:
            return f"{arn}:s3:::placeholder-{low}"
        service = next(
            (word for word in ("lambda", "sns", "sqs", "secretsmanager", "logs") if word in low), "placeholder"
        )
        return f"{arn}:{service}:{here}:placeholder-{low}"

    def _ec2(self, operation: str, **arguments: Any) -> Any:
        return getattr(self._session.client("ec2"), operation)(**arguments)

    @cached_property
    def vpc(self) -> str:
        """The one invented VPC, which stands in for all."""
        identifier: str = self._ec2("create_vpc", CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self.made[identifier] = "a VPC outside the template"
        return identifier

    @cached_property
    def subnets(self) -> tuple[str, ...]:
        """Subnets of the invented VPC, in as many as three zones."""
        return tuple(self._subnet() for _ in zones(self._stack.region)[:3])

    def _subnet(self) -> str:
        """A further subnet of the invented VPC, at the far end of its addresses, away from the template's own."""
        available = zones(self._stack.region)
        zone = available[self._subnet_count % len(available)]
        block = f"10.0.{255 - self._subnet_count // 16}.{self._subnet_count % 16 * 16}/28"
        made = self._ec2("create_subnet", VpcId=self.vpc, CidrBlock=block, AvailabilityZone=zone)
        self._subnet_count += 1
        identifier: str = made["Subnet"]["SubnetId"]
        self.made[identifier] = "a subnet outside the template"
        return identifier

    def _group(self, name: str) -> str:
        made = self._ec2("create_security_group", GroupName=f"placeholder-{name}", Description=name, VpcId=self.vpc)
        self.made[made["GroupId"]] = "a security group outside the template"
        return str(made["GroupId"])


def _sized(text: str, declaration: Mapping[str, Any]) -> str:
    """The text within MinLength and MaxLength."""
    least, most = (as_text(declaration.get(key)) for key in ("MinLength", "MaxLength"))
    text = text.ljust(min(int(least), 4096), "x") if least.isdecimal() else text
    return text[: int(most)] if most.isdecimal() else text
