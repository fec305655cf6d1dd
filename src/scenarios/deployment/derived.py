"""A provider for types that have none of their own, derived from two published descriptions.

The resource's schema names the operation that creates it (`handlers.create.permissions`); botocore knows the
operation's input. Properties are mapped by name; what has no place in the input is reported as unmapped.
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request
from scenarios.deployment.recorded import record
from scenarios.deployment.schemas import create_permissions, primary_identifier, read_only
from scenarios.deployment.shapes import call, fold

_PREFIXES = ("Create", "Put", "Register", "Start", "Enable", "Associate")


def derive(request: Request) -> Created:
    """Make the resource by its derived operation, or record it where there is none that the emulator has."""
    found = _operation(request)
    if found is None:
        return record(request)
    client, operation = found
    try:
        answer = call(client, operation, request.properties, **_generated_name(request, client, operation))
    except Exception as error:
        if _missing(error):
            return record(request, "the emulator has no such operation")
        raise
    return _created(request, answer)


def _operation(request: Request) -> tuple[Any, str] | None:
    """The client and the operation that the schema's first creating permission names."""
    for permission in create_permissions(request.type):
        service, _, name = permission.partition(":")
        kind = request.type.split("::")[-1]
        if not name.startswith(_PREFIXES) or kind.lower() not in name.lower():
            continue
        client = _client(request, service)
        if client is not None and name in client.meta.service_model.operation_names:
            return client, name
    return None


def _generated_name(request: Request, client: Any, operation: str) -> dict[str, str]:
    """A name for the thing itself, where the operation requires one and the template leaves it to CloudFormation."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    kind = request.type.split("::")[-1].lower()
    wanted = ("name", f"{kind}name", kind, f"{kind}identifier")
    given = {name.lower() for name in request.properties}
    return {
        name: request.name(lower=True)
        for name in (shape.required_members if shape else ())
        if name.lower() in wanted and name.lower() not in given
    }


def _client(request: Request, service: str) -> Any:
    """Services of boto3 are mostly named as in IAM."""
    from botocore.exceptions import UnknownServiceError

    try:
        return request.client(service)
    except UnknownServiceError:
        return None


def _missing(error: Exception) -> bool:
    """Whether the emulator lacks the operation: moto says so in more than one way."""
    if isinstance(error, NotImplementedError):
        return True
    response = getattr(error, "response", {})
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None
    text = str(error)
    return status in (404, 501) or "not been implemented" in text or "Not yet implemented" in text


def _created(request: Request, answer: dict[str, Any]) -> Created:
    """Ref and attributes from the answer, wherever in it a member of that name stands; the rest is made up."""
    flat = {**fold(request.properties.peek()), **_flat(answer)}
    plausible = record(request)
    attributes = {name: flat.get(name.lower(), plausible.attributes.get(name)) for name in read_only(request.type)}
    parts = [str(flat[name.lower()]) for name in primary_identifier(request.type) if name.lower() in flat]
    physical_id = "|".join(parts) if parts else plausible.physical_id
    arn = next((str(value) for name, value in attributes.items() if name.lower().endswith("arn")), None)
    return Created(physical_id, attributes, identity=arn or physical_id)


def _flat(value: Any) -> dict[str, Any]:
    """Scalar members by lower-case name, outer ones before inner ones."""
    found: dict[str, Any] = {}
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str | int | float | bool):
                found.setdefault(key.lower(), item)
        for key, item in value.items():
            if isinstance(item, dict) and key != "ResponseMetadata":
                for inner, scalar in _flat(item).items():
                    found.setdefault(inner, scalar)
    return found
