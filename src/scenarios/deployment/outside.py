"""Ids and ARNs that nobody knows, where the account has to have what they name.

A value that hangs on something unknown (an import, a parameter by a name that says nothing, an attribute of a custom
resource) is a text of no particular form. Which form it has to have, the property says that it stands at.
"""

from __future__ import annotations

import re
from typing import Any

from scenarios.deployment.frame import Frame
from scenarios.deployment.placeholders import Inventor
from scenarios.finding import PropertyPath

_KINDS = {
    "vpcid": "vpc",
    "peervpcid": "vpc",
    "subnetid": "subnet",
    "subnetids": "subnet",
    "subnets": "subnet",
    "vpczoneidentifier": "subnet",
    "securitygroupid": "sg",
    "securitygroupids": "sg",
    "securitygroups": "sg",
    "vpcsecuritygroupids": "sg",
    "vpcsecuritygroups": "sg",
    "groupset": "sg",
    "sourcesecuritygroupid": "sg",
    "destinationsecuritygroupid": "sg",
    "routetableid": "rtb",
    "routetableids": "rtb",
    "networkaclid": "acl",
    "availabilityzone": "zone",
    "availabilityzones": "zone",
    "managedpolicyarns": "policy",
    "permissionsboundary": "policy",
    "resource": "resource",
    "notresource": "resource",
}
"""What a property names, by its name in lower case."""

_KINDS_OF = {
    "AWS::CodeBuild::Project": {"servicerole": "arn"},
    "AWS::Config::ConfigRule": {"sourceidentifier": "rule"},
    "AWS::EC2::Instance": {"securitygroups": ""},  # these are names
    "AWS::Lambda::Function": {"role": "arn"},
    "AWS::EC2::SecurityGroupIngress": {"groupid": "sg"},
    "AWS::EC2::SecurityGroupEgress": {"groupid": "sg"},
}
"""Where a type calls something else so."""

_FORMS = {kind: re.compile(rf"{kind}-[0-9a-f]{{8,17}}") for kind in ("vpc", "subnet", "sg", "rtb", "acl")} | {
    "zone": re.compile(r"[a-z]{2}(-[a-z]+)+-\d[a-z]"),
    "policy": re.compile(r"arn:[\w-]+:iam::(aws|\d{12}):policy/.+"),
    "arn": re.compile(r"(arn:.+)?"),
    "rule": re.compile(r"[A-Z0-9_]+|arn:.+"),  # of AWS Config, or a function that judges
    "resource": re.compile(r"(arn:.+|\*)?"),  # of a policy's statement
}
_RULE = "CLOUD_TRAIL_ENABLED"
"""One of AWS Config's own rules."""
_ARN = re.compile(r"[a-z0-9]+arns?")
"""Properties that are an ARN by their name; keys of conditions, which have a colon, are not meant."""


def admitted(resource_type: str, properties: dict[str, Any], inventor: Inventor, frame: Frame) -> dict[str, Any]:
    """The properties with things of the account's own for those that nobody knows; they are as uncertain as before."""
    if not frame.uncertain or not resource_type.startswith("AWS::") or resource_type.startswith("AWS::CloudFormation"):
        return properties
    kinds = {**_KINDS, **_KINDS_OF.get(resource_type, {})}
    found: dict[str, Any] = _Admission(kinds, inventor, frame).value(properties, ("Properties",), "")
    return found


class _Admission:
    """Goes through one resource's properties."""

    def __init__(self, kinds: dict[str, str], inventor: Inventor, frame: Frame) -> None:
        self._kinds = kinds
        self._inventor = inventor
        self._frame = frame

    def value(self, value: Any, path: PropertyPath, kind: str) -> Any:
        """One value; `kind` is what the property names that it stands at."""
        if isinstance(value, dict):
            return {key: self.value(item, (*path, key), self._kind(key.lower())) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item, (*path, index), kind) for index, item in enumerate(value)]
        strange = kind and isinstance(value, str) and not _FORMS[kind].fullmatch(value)
        return self._stand_in(kind, value, path) if strange and self._frame.reason_at(path) else value

    def _kind(self, key: str) -> str:
        return self._kinds.get(key) or ("arn" if _ARN.fullmatch(key) else "")

    def _stand_in(self, kind: str, name: str, path: PropertyPath) -> str:
        if kind == "rule":
            return _RULE
        if kind in ("policy", "arn", "resource"):
            key = next(str(step) for step in reversed(path) if isinstance(step, str)).lower()
            return self._inventor.arn("policy" if kind == "policy" else key, re.sub(r"[^\w-]", "", name)[:64])
        network = self._inventor.network
        return network.zone(name) if kind == "zone" else network.thing(kind, name)
