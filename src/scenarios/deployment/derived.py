"""A provider for types that have none of their own, derived from two published descriptions.

The resource's schema names the operation that creates it (`handlers.create.permissions`); botocore knows the
operation's input. Properties are mapped by name; what has no place in the input is reported as unmapped. Where nothing
can be derived, or the emulator has no such operation, the resource is recorded.
"""

from __future__ import annotations

from typing import Any

from scenarios.deployment.failure import is_missing
from scenarios.deployment.provider import Created, Request
from scenarios.deployment.recorded import physical_id, record
from scenarios.deployment.schemas import create_permissions, primary_identifier, read_only
from scenarios.deployment.shapes import call, member

_VERBS = ("Create", "Put", "Register")
_CLIENTS = {
    "access-analyzer": ("accessanalyzer",),
    "airflow": ("mwaa",),
    "aoss": ("opensearchserverless",),
    "apigateway": ("apigateway", "apigatewayv2"),
    "bedrock": ("bedrock", "bedrock-agent"),
    "elasticfilesystem": ("efs",),
    "elasticmapreduce": ("emr",),
    "kinesisanalytics": ("kinesisanalyticsv2",),
    "ses": ("sesv2", "ses"),
    "states": ("stepfunctions",),
}
"""IAM's names of services where boto3 calls them otherwise."""

_CLIENTS_OF = {
    "ElasticLoadBalancing": ("elb",),
    "ElasticLoadBalancingV2": ("elbv2",),
    "Elasticsearch": ("es",),
    "OpenSearchService": ("opensearch",),
}
"""The client by the type's own service, where two share IAM's name."""

_NAMES_OTHERS = ("arn", "id", "identifier", "name")
"""How the name of a property ends that names another resource."""


def derive(request: Request) -> Created:
    """Make the resource by its derived operation, or record it where there is none that the emulator has."""
    found = _operation(request)
    if found is None:
        return record(request)
    client, operation = found
    from botocore.exceptions import ParamValidationError

    try:
        rename = _renamed(request, client, operation)
        generated = _generated_name(request, client, operation, rename)
        answer = call(client, operation, request.properties, rename=rename, **generated)
    except ParamValidationError:
        return record(request, f"the input of {operation} cannot be derived from its properties")
    except Exception as error:
        if is_missing(error):
            return record(request, f"the emulator has no {operation}")
        raise
    return _created(request, answer)


def _operation(request: Request) -> tuple[Any, str] | None:
    """The client and the operation: the first creating permission that is named after the type."""
    own, kind = request.type.split("::")[1], request.type.split("::")[-1].lower()
    for permission in create_permissions(request.type):
        service, _, name = permission.partition(":")
        service = service.lower()
        verb = next((verb for verb in _VERBS if name.startswith(verb)), None)
        if verb is None or not name.removeprefix(verb).lower().endswith(kind):
            continue
        for candidate in _CLIENTS_OF.get(own) or _CLIENTS.get(service, (service,)):
            client = _client(request, candidate)
            if client is not None and name in client.meta.service_model.operation_names:
                return client, name
    return None


def _client(request: Request, service: str) -> Any:
    """Services of boto3 are mostly named as in IAM; none where boto3 or the emulator does not know it."""
    from botocore.exceptions import UnknownServiceError

    try:
        return request.client(service)
    except UnknownServiceError:
        return None


def _renamed(request: Request, client: Any, operation: str) -> dict[str, str]:
    """Properties that the input calls otherwise: with or without the type's name, without `String`, or with `Ids`.

    What names another resource may be its ARN in one and its identifier in the other (`FlowArn`, `flowIdentifier`).
    """
    shape = client.meta.service_model.operation_model(operation).input_shape
    members = {name.lower() for name in shape.members} if shape else set()
    kind = request.type.split("::")[-1].lower()
    found: dict[str, str] = {}
    for key in request.properties:
        low = key.lower()
        others = (
            *(low.removeprefix(kind), low.removesuffix("string"), low.removesuffix("s") + "ids", kind + low),
            *_other_names(low),
        )
        other = next((name for name in others if name in members), None)
        if low not in members and other is not None:
            found[key] = other
    return found


def _other_names(low: str) -> list[str]:
    """What else a property that names another resource may be called."""
    ending = next((word for word in _NAMES_OTHERS if low.endswith(word) and low != word), None)
    return [low.removesuffix(ending) + word for word in _NAMES_OTHERS] if ending else []


def _generated_name(request: Request, client: Any, operation: str, rename: dict[str, str]) -> dict[str, Any]:
    """The name that CloudFormation generates where the input requires one and the template gives none.

    An identifier that is not called after the type names another resource, of which nothing can be made up.
    """
    shape = client.meta.service_model.operation_model(operation).input_shape
    given = {rename.get(key, key).lower() for key in request.properties}
    kind = request.type.split("::")[-1].lower()
    for name in shape.required_members if shape else ():
        low = name.lower()
        own = low.endswith("name") or (low.endswith("identifier") and kind.endswith(low.removesuffix("identifier")))
        if low not in given and own and shape.members[name].type_name == "string":
            most = min(int(member(client, operation, name).metadata.get("max", 63)), 255)
            return {name: request.name(max_length=most, lower=low.endswith("identifier"))}
    return {}


def _created(request: Request, answer: dict[str, Any]) -> Created:
    """Ref and attributes from the answer, wherever in it a member of that name stands; names of it are made up."""
    kind = request.type.split("::")[-1].lower()
    said = {name.lower(): value for name, value in request.properties.peek().items()}
    answered = _flat(answer)
    found = {**{low.removeprefix(kind): value for low, value in {**said, **answered}.items()}, **said, **answered}
    plausible = record(request).attributes
    attributes = {
        name: value
        for name in read_only(request.type)
        if (value := found.get(name.lower(), plausible.get(name))) is not None
    }
    known = {name: found.get(name.lower(), attributes.get(name)) for name in primary_identifier(request.type)}
    identifier = physical_id(request, known)
    arn = next((str(value) for name, value in attributes.items() if name.lower().endswith("arn")), None)
    return Created(identifier, attributes, identity=arn or identifier)


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Scalar members by lower-case name, outer ones before inner ones."""
    found = {key.lower(): item for key, item in value.items() if isinstance(item, str | int | float)}
    for key, item in value.items():
        if isinstance(item, list) and len(item) == 1:  # LoadBalancers, Reservations: what was made is the only item
            item = item[0]
        if isinstance(item, dict) and key != "ResponseMetadata":
            found = {**_flat(item), **found}
    return found
