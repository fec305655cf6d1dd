"""Resources that no API of the emulator can hold: recorded with plausible values, so that others may refer to them."""

from __future__ import annotations

import re
from typing import Any

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Created, Request
from scenarios.deployment.schemas import create_permissions, primary_identifier, property_schema, read_only

_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")
_NEVER_RUN = "a custom resource is never run here"
_MODULE = "a module is not expanded here"
_OPAQUE = {
    "AWS::CloudFormation::Stack": "a nested stack's template is not read here",
    "AWS::CloudFormation::StackSet": "a stack set's template is not read here",
    "AWS::CloudFormation::WaitCondition": "a wait condition's data is not known before deployment",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "a product's template is not read here",
    "AWS::Serverless::Application": "an application out of the Serverless Application Repository is not read here",
}
_SILENT = {"AWS::CDK::Metadata": "it says which constructs a template was made of, and makes nothing"}
_GLOBAL = {"cloudfront", "iam", "organizations", "route53", "s3", "shield", "globalaccelerator"}
_LITERAL = re.compile(r":(?:\(\?:)?([a-z][a-z-]+)([/:])")


def is_custom(resource_type: str) -> bool:
    """Whether the type is a custom resource, whose code is never run here."""
    return resource_type.startswith(_CUSTOM)


def is_known_otherwise(resource_type: str) -> bool:
    """Whether the type is known for what it says or holds, though no schema describes it."""
    return resource_type in _OPAQUE or resource_type in _SILENT


def is_module(resource_type: str) -> bool:
    """Whether the type is a module, whose resources are in the account's registry."""
    return resource_type.endswith("::MODULE")


def record(request: Request, reason: str | None = None) -> Created:
    """A resource that exists in the ledger only.

    Its Ref and the attributes that name it (ids, ARNs, names) are deterministic and of the form that AWS gives them;
    any other attribute is unknown, and of custom resources, nested stacks and modules every attribute is.
    """
    if is_custom(request.type) or is_module(request.type):
        why = _NEVER_RUN if is_custom(request.type) else _MODULE
        return Created(request.name(), recorded=True, reason=why, opaque=f"{request.logical_id}: {why}")
    opaque = _OPAQUE.get(request.type)
    return Created(
        physical_id(request, {}),
        {}
        if opaque
        else {name: naming(request, name) for name in read_only(request.type) if _names(request.type, name)},
        recorded=True,
        reason=reason or opaque or _SILENT.get(request.type) or "the emulator does not hold this type",
        opaque=f"{request.logical_id}: {opaque}" if opaque else None,
    )


def physical_id(request: Request, known: dict[str, Any]) -> str:
    """What Ref returns by the schema: the identifying properties, as `known`, as the template says, or made up.

    Where several properties identify a resource, CloudFormation joins them by `|`.
    """
    if request.type == "AWS::CloudFormation::Stack":
        stack = request.stack
        unique = digest(request.name(), 12, "0123456789abcdef")
        nested = f"stack/{request.name()}/00000000-0000-4000-8000-{unique}"
        return f"arn:{stack.partition}:cloudformation:{stack.region}:{stack.account_id}:{nested}"
    said = request.properties.peek()
    parts = [
        str(known.get(name) or _scalar(said.get(name)) or naming(request, name))
        for name in primary_identifier(request.type)
    ]
    return "|".join(parts) or request.name()


def naming(request: Request, name: str) -> str:
    """A value in the form that AWS gives it: an ARN, an id, or a name."""
    kind = request.type.split("::")[-1].lower()
    last = name.rpartition(".")[2]
    if last.lower().endswith("arn"):
        return _arn(request, name, kind)
    if last.endswith("Id"):
        return f"{kind[:12]}-{digest(request.stack.name + request.logical_id, 17, '0123456789abcdef')}"
    return _own_name(request)


def _own_name(request: Request) -> str:
    """The name that the template gives, else the one that CloudFormation would generate."""
    said = request.properties.peek()
    given = (_scalar(said.get(key)) for key in (f"{request.type.split('::')[-1]}Name", "Name"))
    return next((name for name in given if name), None) or request.name()


def _names(resource_type: str, name: str) -> bool:
    """Whether an attribute names the resource, so that a made-up value says nothing else about it."""
    identifying = name.endswith(("Arn", "ARN", "Id", "Name")) and "." not in name
    return identifying and property_schema(resource_type, name).get("type", "string") == "string"


def _arn(request: Request, name: str, kind: str) -> str:
    stack = request.stack
    service = _service(request.type)
    region = "" if service in _GLOBAL else stack.region
    account = "" if service == "s3" else stack.account_id
    pattern = property_schema(request.type, name).get("pattern", "")
    literal = _LITERAL.search(pattern.rpartition("{12}")[2]) if isinstance(pattern, str) else None
    resource = f"{literal[1]}{literal[2]}" if literal else f"{kind}/"
    return f"arn:{stack.partition}:{service}:{region}:{account}:{resource}{_own_name(request)}"


def _service(resource_type: str) -> str:
    """The service as ARNs write it: that of the permissions to create the resource, where they agree with its type."""
    own = resource_type.split("::")[1].lower()
    kind = resource_type.split("::")[-1].lower()
    creating = [text.partition(":") for text in create_permissions(resource_type)]
    return next((service for service, _, action in creating if action.lower() == f"create{kind}"), own).lower()


def _scalar(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
