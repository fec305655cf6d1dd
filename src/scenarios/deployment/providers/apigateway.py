"""AWS::ApiGateway: methods with what they lead to, and APIs by their definition; the other types are derived."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from scenarios.deployment.derived import derive
from scenarios.deployment.failure import code_of, is_breakdown
from scenarios.deployment.provider import Created, Request, Session, provider
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.recorded import record
from scenarios.deployment.shapes import fit, text

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"
_UNREAD: WeakKeyDictionary[Session, set[str]] = WeakKeyDictionary()
"""The APIs whose definition is not read here, by the session that made them."""


@provider("AWS::ApiGateway::RestApi")
def rest_api(request: Request) -> Created:
    """An API, with the methods of its definition and what they lead to; the rest of the definition is not kept.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
    """
    created = derive(request)
    said = request.properties.peek()
    if not created.recorded and ("Body" in said or "BodyS3Location" in said) and not _imported(request, created, said):
        _UNREAD.setdefault(request.session, set()).add(created.physical_id)
    return created


def _imported(request: Request, created: Created, said: Mapping[str, Any]) -> bool:
    """Whether the definition's methods are in the API now."""
    paths = dict(_paths(said.get("Body")))
    document = {"openapi": "3.0.1", "info": {"title": "imported", "version": "1"}, "paths": paths}
    client = request.client("apigateway")
    try:
        client.put_rest_api(restApiId=created.physical_id, mode="merge", body=json.dumps(document).encode())
    except Exception as error:
        if is_breakdown(error, request.type, said):
            return False
        raise
    return any(paths.values())


def _paths(body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """By path: each method with its integration. What is no definition in OpenAPI has none."""
    paths = body.get("paths") if isinstance(body, Mapping) else None
    for path, operations in (paths if isinstance(paths, Mapping) else {}).items():
        if not isinstance(operations, Mapping) or not str(path).startswith("/"):
            continue
        made: dict[str, Any] = {}
        for method, operation in operations.items():
            if str(method).lower() in _METHODS or method == _ANY:
                leads = operation.get(_INTEGRATION) if isinstance(operation, Mapping) else None
                made["ANY" if method == _ANY else str(method).lower()] = {_INTEGRATION: _integration_of(leads)}
        yield str(path), made


def _integration_of(said: Any) -> dict[str, Any]:
    """What a method leads to; the emulator wants an address even of one that leads nowhere."""
    names = ("type", "uri", "httpMethod", "credentials", "connectionType", "passthroughBehavior", "timeoutInMillis")
    found = {name: said[name] for name in names if name in said} if isinstance(said, Mapping) else {}
    return {"httpMethod": "POST", "uri": "", **found, "type": str(found.get("type", "MOCK")).upper()}


@provider("AWS::ApiGateway::Deployment")
def deployment(request: Request) -> Created:
    """A deployment; of an API whose definition is not read here nobody knows what is deployed."""
    try:
        return derive(request)
    except Exception as error:
        api = text(request.properties.get("RestApiId"))
        refused = code_of(error) in ("BadRequestException", "NotFoundException")  # no method, no integration
        if refused and api in _UNREAD.get(request.session, ()):
            return record(request, "the API's definition is not read here")
        raise


def _integration(request: Request, _: dict[str, Any]) -> None:
    """What the method leads to; the API calls the integration's own method and role otherwise."""
    integration = request.properties.sub("Integration")
    if not integration:
        return
    client = request.client("apigateway")
    shape = client.meta.service_model.operation_model("PutIntegration").input_shape
    names = {"IntegrationHttpMethod": "integrationHttpMethod"}
    given = fit(shape, integration, names, skip=("IntegrationResponses",))
    place = {"restApiId": "RestApiId", "resourceId": "ResourceId", "httpMethod": "HttpMethod"}
    client.put_integration(**given, **{name: str(request.properties[key]) for name, key in place.items()})


simple(
    "AWS::ApiGateway::Method",
    "apigateway",
    "PutMethod",
    ref="{restApiId}|{resourceId}|{httpMethod}",
    skip=("Integration", "MethodResponses"),
    after=_integration,
)
