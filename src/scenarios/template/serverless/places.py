"""Where the user wrote what a generated resource comes from.

A resource that SAM generates stands at the SAM resource, its properties at those that they were made of: by the same
name (`VpcConfig`, `Environment`), by a table (`Role` -> `Policies`), or by the event whose name its logical id has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from scenarios.finding import Position, PropertyPath
from scenarios.template.template import Template

SOURCE = "scenarios:serverless-source"
"""Metadata by which the SAM resource is known that a resource was generated from."""

_SAME: dict[str, dict[str, tuple[str, ...]]] = {
    "AWS::Lambda::Function": {"Code": ("CodeUri", "InlineCode", "ImageUri"), "TracingConfig": ("Tracing",)},
    "AWS::Lambda::LayerVersion": {"Content": ("ContentUri",)},
    "AWS::Lambda::Url": {"": ("FunctionUrlConfig",)},
    "AWS::Lambda::EventInvokeConfig": {"": ("EventInvokeConfig",)},
    "AWS::Lambda::Alias": {"": ("AutoPublishAlias",)},
    "AWS::Lambda::Version": {"": ("AutoPublishAlias",)},
    "AWS::CodeDeploy::DeploymentGroup": {"": ("DeploymentPreference",)},
    "AWS::DynamoDB::Table": {"KeySchema": ("PrimaryKey",), "AttributeDefinitions": ("PrimaryKey",)},
    "AWS::ApiGateway::RestApi": {"Body": ("DefinitionBody", "DefinitionUri")},
    "AWS::ApiGatewayV2::Api": {"Body": ("DefinitionBody", "DefinitionUri")},
    "AWS::CloudFormation::Stack": {"TemplateURL": ("Location",)},
    "AWS::StepFunctions::StateMachine": {
        "DefinitionString": ("Definition",),
        "DefinitionS3Location": ("DefinitionUri",),
        "LoggingConfiguration": ("Logging",),
        "TracingConfiguration": ("Tracing",),
    },
}
"""Properties by the names that SAM gives them, by generated type; `""` is the resource as a whole."""

_POLICY = re.compile(r".*?(?:RolePolicy)(\d+)\Z")


class Places:
    """Places of one template's generated resources."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._written = template.resources

    def of(self, resources: Mapping[str, Any]) -> dict[PropertyPath, Position]:
        """The positions of a translated template with these resources; what was not generated keeps its own."""
        kept = {path: place for path, place in self._template.positions.items() if path[:1] != ("Resources",)}
        kept[("Resources",)] = self._template.position(("Resources",))
        for name, resource in resources.items():
            if self._is_own(name, resource):
                length = 2
                kept |= {
                    path: place
                    for path, place in self._template.positions.items()
                    if path[:length] == ("Resources", name)
                }
            else:
                kept |= self._generated(name, resource)
        return kept

    def _is_own(self, name: str, resource: Any) -> bool:
        written = self._written.get(name)
        return isinstance(written, dict) and written.get("Type") == resource.get("Type")

    def _generated(self, name: str, resource: Mapping[str, Any]) -> Iterator[tuple[PropertyPath, Position]]:
        source = self._source(name, resource)
        start: PropertyPath = ("Resources", source) if source else ("Transform",)
        event = self._event(name, source)
        kind = str(resource.get("Type"))
        whole = _SAME.get(kind, {}).get("", ())
        at = event or next((found for step in whole if (found := self._property(source, (step,)))), None) or start
        yield ("Resources", name), self._template.position(at)
        for path in _paths(resource.get("Properties"), ()):
            found = self._from(source, kind, resource, path, at)
            if found is not None:
                yield ("Resources", name, "Properties", *path), self._template.position(found)

    def _source(self, name: str, resource: Mapping[str, Any]) -> str | None:
        """The SAM resource that this one was generated from: as noted in it, else by the beginning of its name."""
        metadata = resource.get("Metadata")
        noted = metadata.get(SOURCE) if isinstance(metadata, dict) else None
        if isinstance(noted, str) and noted in self._written:
            return noted
        if name.startswith(("ServerlessRestApi", "ServerlessHttpApi")):
            return next(self._with_events({"Api", "HttpApi"}), None)
        own = [other for other, body in self._written.items() if name.startswith(other) and _is_serverless(body)]
        return max(own, key=len, default=None)

    def _with_events(self, kinds: set[str]) -> Iterator[str]:
        for name in self._written:
            events = self._events(name)
            if any(isinstance(event, dict) and event.get("Type") in kinds for event in events.values()):
                yield name

    def _events(self, source: str) -> dict[str, Any]:
        body = self._written[source]
        properties = body.get("Properties") if isinstance(body, dict) else None
        events = properties.get("Events") if isinstance(properties, dict) else None
        return events if isinstance(events, dict) else {}

    def _event(self, name: str, source: str | None) -> PropertyPath | None:
        """The event that a resource was made for, whose logical id begins with those of function and event."""
        if source is None or source == name:
            return None
        found = [event for event in self._events(source) if name.startswith(source + event)]
        best = max(found, key=len, default=None)
        return ("Resources", source, "Properties", "Events", best) if best else None

    def _from(
        self, source: str | None, kind: str, resource: Mapping[str, Any], path: PropertyPath, at: PropertyPath
    ) -> PropertyPath | None:
        """The template's path that a property of a generated resource was made of, if one is known."""
        if source is None:
            return None
        if kind == "AWS::IAM::Role" and path[0] == "Policies":
            return self._policy(source, resource, path)
        if kind == "AWS::IAM::Role" and path[0] == "ManagedPolicyArns":
            return self._managed(source, resource, path)
        below = ((*at, "Properties", *path), (*at, *path))
        if (found := next((one for one in below if one in self._template.positions), None)) is not None:
            return found
        names = (str(path[0]), *_SAME.get(kind, {}).get(str(path[0]), ()))
        return next((found for name in names if (found := self._property(source, (name, *path[1:])))), None)

    def _policy(self, source: str, resource: Mapping[str, Any], path: PropertyPath) -> PropertyPath | None:
        """Inline policies are numbered by their place in `Policies`."""
        place: PropertyPath = ()
        if len(path) > 1 and isinstance(path[1], int):
            policy = resource["Properties"]["Policies"][path[1]]
            number = _POLICY.match(str(policy.get("PolicyName"))) if isinstance(policy, dict) else None
            place = (int(number[1]), *(path[3:] if path[2:3] == ("PolicyDocument",) else ())) if number else ()
        wanted: PropertyPath = ("Policies", *place)
        while wanted:
            if (found := self._property(source, wanted)) is not None:
                return found
            wanted = wanted[:-1]
        return None

    def _managed(self, source: str, resource: Mapping[str, Any], path: PropertyPath) -> PropertyPath | None:
        """Managed policies are named in `Policies` by ARN or name; SAM adds some of its own."""
        arns = resource["Properties"]["ManagedPolicyArns"]
        written = self._written[source].get("Properties", {})
        named = written.get("Policies") if isinstance(written, dict) else None
        if len(path) > 1 and isinstance(arns, list) and isinstance(path[1], int):
            arn = arns[path[1]]
            for index, name in enumerate(named if isinstance(named, list) else ()):
                if name == arn or (isinstance(name, str) and isinstance(arn, str) and arn.endswith(f"/{name}")):
                    return self._property(source, ("Policies", index))
        return self._property(source, ("Policies",))

    def _property(self, source: str | None, path: PropertyPath) -> PropertyPath | None:
        """Where a property of a SAM resource stands: in the resource, else in Globals; nothing where in neither."""
        body = self._written.get(source or "")
        if not isinstance(body, dict):
            return None
        section = str(body.get("Type")).rpartition("::")[2]
        for start in (("Resources", source, "Properties"), ("Globals", section)):
            found: PropertyPath = (*start, *path)
            if found in self._template.positions:
                return found
        return None


def _is_serverless(body: Any) -> bool:
    return isinstance(body, dict) and str(body.get("Type")).startswith("AWS::Serverless::")


def _paths(value: Any, path: PropertyPath) -> Iterator[PropertyPath]:
    """The paths of everything within a value, outermost first."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield (*path, step)
        yield from _paths(item, (*path, step))
