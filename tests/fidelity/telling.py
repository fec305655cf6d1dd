"""Telling values for a resource type: every property that its schema lets a template set, each unlike any default.

A text says by itself which property it was given to, so that it is found again in whatever an API answers; a number or
a choice is told by its name there.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from scenarios.deployment.schemas import referred, schema

_DEEPEST = 7
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/11111111-2222-4333-8444-"

_CHOICES = [  # forms of telling texts, the first that a property's pattern takes
    "t{n}",
    "T{n}",
    "tell-t{n}",
    "t{n}.example.com",
    "https://t{n}.example.com",
    "https://t{n}.example.com/a.json",
    "s3://t{n}/a",
    "/t{n}",
    "arn:aws:{service}:us-east-1:123456789012:thing/t{n}",
    "arn:aws:{service}:us-east-1:123456789012:t{n}",
    "arn:aws:{service}:::t{n}",
    ROLE + "t{n}",
    "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555{n}",
    "arn:aws:lambda:us-east-1:123456789012:function:t{n}",
    "arn:aws:s3:::t{n}",
    "arn:aws:sns:us-east-1:123456789012:t{n}",
    "arn:aws:secretsmanager:us-east-1:123456789012:secret:t{n}-AbCdEf",
    "arn:aws:ssm:us-east-1:123456789012:parameter/t{n}",
    "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789a{n}",
    "arn:aws:bedrock:us-east-1:123456789012:thing/abcd{n}",
    "arn:aws:bedrock:us-east-1::foundation-model/t{n}.v1:0",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com/t{n}:1",
    "1{n}",
    "{n}",
    "10.{a}.{b}.0/24",
    "10.{a}.{b}.7",
    "ml.m5.xlarge",
    "PT1H",
    "2027-01-01T00:00:00Z",
    "1",
]
_NAMES: list[tuple[str, Any]] = [  # what a property holds, by its dotted name
    (r"(^|\.)Tags$", "tags"),
    (r"(^|\.)(AssumeRole)?PolicyDocument$|Policy(Text)?$|ResourcePolicy$", "policy"),
    (r"(Role|RoleArn|RoleARN)$", ROLE + "t{n}"),
    (r"(?i)kms\w*(key)?(arn|id)?$|(?i:encryptionkeyarn)$", KEY + "555555{n}"),
    (r"S3\w*(Uri|Path|Location)$", "s3://t{n}/a"),
]


_FORMATS: dict[str, Any] = {  # what a schema says a text names, among the things of base.yaml
    "AWS::EC2::VPC.Id": {"Ref": "Vpc"},
    "AWS::EC2::Subnet.Id": {"Ref": "SubnetA"},
    "AWS::EC2::SecurityGroup.Id": {"Fn::GetAtt": ["Group", "GroupId"]},
    "AWS::EC2::Image.Id": "ami-12345678",
    "AWS::S3::Bucket.Name": {"Ref": "Logs"},
    "AWS::SNS::Topic.Arn": {"Ref": "Topic"},
    "AWS::SQS::Queue.Arn": {"Fn::GetAtt": ["Queue", "Arn"]},
    "AWS::Lambda::Function.Arn": {"Fn::GetAtt": ["Function", "Arn"]},
    "AWS::Logs::LogGroup.Name": {"Ref": "LogGroup"},
    "ipv4-network": "10.{a}.{b}.0/24",
    "ipv6-network": "2600:1f18:{n:x}::/56",
    "date-time": "2027-01-01T00:00:00Z",
}


def number(path: str) -> int:
    """Six digits of its own for each property."""
    return 100000 + zlib.crc32(path.encode()) % 900000


def telling(resource_type: str) -> dict[str, Any]:
    """The properties of a resource that say everything a template can say of it, save what excludes another."""
    return _Teller(resource_type).properties()


class _Teller:
    """Makes the values of one type."""

    def __init__(self, resource_type: str) -> None:
        self.type = resource_type
        self.service = resource_type.split("::")[1].lower()
        self.schema: dict[str, Any] = schema(resource_type) or {}

    def properties(self) -> dict[str, Any]:
        only = {text.removeprefix("/properties/") for text in self.schema.get("readOnlyProperties", ())}
        found = {}
        for name, node in self.schema.get("properties", {}).items():
            if name not in only:
                value = self.value(node, name)
                if value is not None:
                    found[name] = value
        return found

    def value(self, node: dict[str, Any], path: str, depth: int = 0) -> Any:
        node = self.merged(node)
        if depth > _DEEPEST:
            return None
        kind = self.kind(node)
        for pattern, form in _NAMES:
            if re.search(pattern, path):
                made = self.named(form, node, kind, path)
                if made is not None:
                    return made
        if "const" in node:
            return node["const"]
        if node.get("enum"):
            choices = [item for item in node["enum"] if item != node.get("default")]
            return choices[-1] if choices else node["enum"][-1]
        return getattr(self, f"_{kind}")(node, path, depth)

    def merged(self, node: dict[str, Any]) -> dict[str, Any]:
        """The node with its reference followed and the first of its alternatives taken."""
        seen = 0
        while "$ref" in node and seen < 10:
            node, seen = referred(node, self.schema), seen + 1
        if "type" not in node and "properties" not in node:
            for word in ("oneOf", "anyOf", "allOf"):
                if node.get(word) and not all(set(item) <= {"required"} for item in node[word]):
                    return self.merged(node[word][0])
        return node

    @staticmethod
    def kind(node: dict[str, Any]) -> str:
        said = node.get("type")
        kinds = said if isinstance(said, list) else [said] if said else []
        for kind in ("object", "array", "boolean", "integer", "number", "string"):
            if kind in kinds:
                return kind
        return "object" if "properties" in node else "string"

    def named(self, form: Any, node: dict[str, Any], kind: str, path: str) -> Any:
        n = number(self.type + path)
        if form == "tags":
            if kind == "object" and "properties" not in node:
                return {f"k{n}": f"v{n}"}
            return [{"Key": f"k{n}", "Value": f"v{n}"}] if kind == "array" else None
        if form == "policy":
            document = (kind == "object" and "properties" not in node) or node.get("format") == "json"
            return policy(f"t{n}", self.service) if document else None
        return form.format(n=n) if kind == "string" and "enum" not in node else None

    def _object(self, node: dict[str, Any], path: str, depth: int) -> Any:
        members = node.get("properties")
        if not members:
            inner = next(iter((node.get("patternProperties") or {}).values()), node.get("additionalProperties"))
            n = number(self.type + path)
            value = self.value(inner, f"{path}.k", depth + 1) if isinstance(inner, dict) and inner else f"v{n}"
            return {f"k{n}": value}
        excluded = self.excluded(node)
        found = {}
        for name, member in members.items():
            if name not in excluded:
                value = self.value(member, f"{path}.{name}", depth + 1)
                if value is not None:
                    found[name] = value
        return found or None

    @staticmethod
    def excluded(node: dict[str, Any]) -> set[str]:
        """Members of the alternatives that are not taken."""
        found: set[str] = set()
        for word in ("oneOf",):
            groups = [set(item.get("required", ())) for item in node.get(word, ())]
            if groups:
                found |= set().union(*groups) - groups[0]
        return found

    def _array(self, node: dict[str, Any], path: str, depth: int) -> Any:
        count = max(1, min(int(node.get("minItems", 1)), 3))
        found = [
            self.value(node.get("items", {}), f"{path}.{i}" if i else f"{path}.0", depth + 1) for i in range(count)
        ]
        return [item for item in found if item is not None] or None

    def _boolean(self, node: dict[str, Any], path: str, depth: int) -> Any:
        return not node["default"] if isinstance(node.get("default"), bool) else True

    def _integer(self, node: dict[str, Any], path: str, depth: int) -> Any:
        low = int(node.get("minimum", 1))
        high = int(node.get("maximum", max(low + 90, 97)))
        return low + number(self.type + path) % max(1, min(high - low, 97)) + (1 if high > low else 0)

    _number = _integer

    def _string(self, node: dict[str, Any], path: str, depth: int) -> Any:
        n = number(self.type + path)
        said = _FORMATS.get(str(node.get("format")))
        if node.get("format") == "json":
            return {f"k{n}": f"v{n}"}
        if said is not None:
            return said.format(n=n, a=n % 200 + 10, b=n // 200 % 250) if isinstance(said, str) else said
        least, most = int(node.get("minLength", 0)), int(node.get("maxLength", 10**6))
        forms = list(_CHOICES)
        if path.endswith(("Arn", "ARN", "Arns.0")):
            forms.sort(key=lambda form: not form.startswith("arn:"))
        for form in forms:
            text = form.format(n=n, service=self.service, a=n % 200 + 10, b=n // 200 % 250)
            text = text.ljust(least, "x")
            if len(text) <= most and self.fits(node.get("pattern"), text):
                return text
        return f"t{n}"

    @staticmethod
    def fits(pattern: Any, text: str) -> bool:
        if not isinstance(pattern, str):
            return True
        try:
            return re.search(pattern, text) is not None
        except re.error:
            return True


def policy(sid: str, service: str) -> dict[str, Any]:
    """A policy document that can be told by its statement's id."""
    statement = {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": f"{service}:*",
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every scalar within a value with its path."""
    if isinstance(value, dict):
        if not value:
            yield path, ""  # an empty structure says something by being there
        for key, item in value.items():
            yield from leaves(item, (*path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, str(index)))
    else:
        yield path, value
