"""Resources that no API of the emulator can hold: recorded with plausible values, so that others may refer to them."""

from __future__ import annotations

from scenarios.deployment.naming import digest
from scenarios.deployment.provider import Created, Request
from scenarios.deployment.schemas import primary_identifier, read_only

_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")
_OPAQUE = {
    "AWS::CloudFormation::Stack": "outputs of a nested stack are not known here",
    "AWS::CloudFormation::WaitCondition": "a wait condition's data is not known before deployment",
    "AWS::CloudFormation::Macro": "a macro is never run here",
}


def is_custom(resource_type: str) -> bool:
    """Whether the type is a custom resource, whose code is never run here."""
    return resource_type.startswith(_CUSTOM)


def record(request: Request, reason: str | None = None) -> Created:
    """A resource that exists in the ledger only; custom resources' attributes stay unknown."""
    if is_custom(request.type):
        reason = "a custom resource is never run here"
        return Created(request.name(), recorded=True, reason=reason, opaque=f"{request.logical_id}: {reason}")
    attributes = {name: _value(request, name) for name in read_only(request.type)}
    identifiers = primary_identifier(request.type)
    parts = [
        attributes.get(name) or str(request.properties.peek().get(name) or _value(request, name))
        for name in identifiers
    ]
    opaque = _OPAQUE.get(request.type)
    physical_id = "|".join(parts) or request.name()
    return Created(physical_id, attributes, recorded=True, reason=reason or opaque, opaque=opaque)


def _value(request: Request, name: str) -> str:
    """A value in the form that AWS gives it: an ARN, an id, or a name."""
    stack = request.stack
    service = request.type.split("::")[1].lower()
    kind = request.type.split("::")[-1].lower()
    last = name.rpartition(".")[2]
    if last.endswith("Arn") or last == "ARN":
        return f"arn:{stack.partition}:{service}:{stack.region}:{stack.account_id}:{kind}/{request.name(max_length=40)}"
    if last.endswith("Id"):
        return f"{kind[:12]}-{digest(request.stack.name + request.logical_id, 12).lower()}"
    return request.name()
