"""AWS::ApiGateway: methods with what they lead to; the other types are derived."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Request
from scenarios.deployment.providers.simple import simple
from scenarios.deployment.shapes import fit


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
