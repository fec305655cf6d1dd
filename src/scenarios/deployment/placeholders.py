"""Values invented for parameters that have none, and things that stand in for those outside the template.

They are of the right form, so that the rest can be deployed. Nothing is concluded from them: whatever hangs on one is
uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scenarios.deployment.functions import as_text
from scenarios.deployment.invented_vpc import InventedVpc
from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Session, Stack
from scenarios.deployment.regions import zones
from scenarios.deployment.scope import WORD

_HEX = "0123456789abcdef"
_IDENTIFIER = re.compile(r"(vpc|subnet|sg|rtb|acl)-([0-9a-f]{8}|[0-9a-f]{17})")
_TYPED = {"AWS::EC2::VPC::Id": "vpc", "AWS::EC2::Subnet::Id": "subnet", "AWS::EC2::SecurityGroup::Id": "sg"}
_IDS = {
    "AWS::EC2::Image::Id": "ami",
    "AWS::EC2::Instance::Id": "i",
    "AWS::EC2::NetworkInterface::Id": "eni",
    "AWS::EC2::Volume::Id": "vol",
}
_NAMED = re.compile(r"(?:.*(securitygroup|routetable|networkacl)(?:id)?|.*(vpc|subnet)id|(vpc|subnet))s?\d?")
"""Names of parameters that hold such an id, where the type says nothing: `VpcId`, `PrivateRouteTable1`."""
_SHORT = {"securitygroup": "sg", "routetable": "rtb", "networkacl": "acl"}
_LONGEST = 18
"""Names are built from placeholders, often from several, and have limits of their own."""
_WORDS = {"email": "placeholder@example.com", "url": "https://placeholder.example.com/", "domain": "example.com"}


class Inventor:
    """Invents values; the ids of networks are those of things that are made in the account, in `network`."""

    def __init__(self, session: Session, stack: Stack) -> None:
        self._stack = stack
        self._blocks: dict[str, int] = {}
        self.network = InventedVpc(session, stack)

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
        return self.network.thing(thing, identifier or kind)

    def _texts(self, name: str, declaration: Mapping[str, Any]) -> list[str]:
        low = name.lower()
        if "subnet" in low and "cidr" not in low:
            return self.network.subnets(name)
        if "securitygroup" in low:
            return [self.network.thing("sg", name)]
        return [self._string(name, declaration)]

    def _several(self, name: str, kind: str, declaration: Mapping[str, Any]) -> list[str]:
        if kind == "AWS::EC2::Subnet::Id":
            return self.network.subnets(name)
        if kind == "AWS::EC2::AvailabilityZone::Name":
            return zones(self._stack.region)[:3]
        return self._texts(name, declaration) if kind == "String" else [self._one(name, kind, declaration)]

    def _one(self, name: str, kind: str, declaration: Mapping[str, Any]) -> str:
        if kind in _TYPED:
            return self.network.thing(_TYPED[kind], name)
        if kind in _IDS:
            return f"{_IDS[kind]}-{digest(name, 17, _HEX)}"
        made = {
            "AWS::EC2::AvailabilityZone::Name": lambda: self.network.zone(name),
            "AWS::Route53::HostedZone::Id": lambda: "Z" + digest(name, 13),
            "AWS::SSM::Parameter::Name": lambda: f"/placeholder/{name}",
            "Number": lambda: as_text(declaration.get("MinValue", 1)),
        }
        return made[kind]() if kind in made else self._string(name, declaration)

    def _string(self, name: str, declaration: Mapping[str, Any]) -> str:
        """By the parameter's name, which is all that there is to go by."""
        low = re.sub(r"[^a-z0-9]", "", name.lower())
        if low.endswith("arn"):
            return self.arn(low, word_for(low))
        if (named := _NAMED.fullmatch(low)) and (word := next(filter(None, named.groups()))):
            return self.network.thing(_SHORT.get(word, word), name)
        if "cidr" in low:
            return f"10.0.{self._block(name)}.0/24" if "subnet" in low else "10.0.0.0/16"
        for word, value in _WORDS.items():
            if word in low:
                return value
        return _sized(word_for(low), declaration)

    def _block(self, name: str) -> int:
        """The third number of a subnet's addresses, another for each name."""
        if name not in self._blocks:
            block = int(digest(name, 2, _HEX), 16) % 128
            while block in self._blocks.values():
                block = (block + 1) % 128
            self._blocks[name] = block
        return self._blocks[name]

    def arn(self, kind: str, word: str) -> str:
        """An ARN that ends in `word`, of what `kind` says: the name of a parameter or property, in lower case."""
        stack = self._stack
        arn = f"arn:{stack.partition}"
        here = f"{stack.region}:{stack.account_id}"
        if "key" in kind or "kms" in kind:
            return f"{arn}:kms:{here}:key/00000000-0000-4000-8000-{digest(word, 12, _HEX)}"
        if "role" in kind:
            return f"{arn}:iam::{stack.account_id}:role/{word}"
        if "policy" in kind or "policies" in kind or "boundary" in kind:
            return f"{arn}:iam::{stack.account_id}:policy/{word}"
        if "bucket" in kind:
            return f"{arn}:s3:::{word}"
        named = ("lambda", "sns", "sqs", "secretsmanager", "logs")
        service = next((service for service in named if service in kind), "placeholder")
        return f"{arn}:{service}:{here}:{word}"


def word_for(name: str) -> str:
    """A short word that stands for a value: another for each name."""
    low = re.sub(r"[^a-z0-9]", "", name.lower())
    word = f"{WORD}-{low}"
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 4]}{digest(name, 4).lower()}"


def _sized(text: str, declaration: Mapping[str, Any]) -> str:
    """The text within MinLength and MaxLength."""
    least, most = (as_text(declaration.get(key)) for key in ("MinLength", "MaxLength"))
    text = text.ljust(min(int(least), 4096), "x") if least.isdecimal() else text
    return text[: int(most)] if most.isdecimal() else text
