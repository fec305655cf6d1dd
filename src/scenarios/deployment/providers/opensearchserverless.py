"""AWS::OpenSearchServerless."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple

_AOSS = "opensearchserverless"

simple(
    "AWS::OpenSearchServerless::Collection",
    _AOSS,
    "CreateCollection",
    ref="{createCollectionDetail.id}",
    identity="{createCollectionDetail.arn}",
    attributes={
        "Id": "{createCollectionDetail.id}",
        "Arn": "{createCollectionDetail.arn}",
        "CollectionEndpoint": "https://{createCollectionDetail.id}.{region}.aoss.{suffix}",
        "DashboardEndpoint": "https://{createCollectionDetail.id}.{region}.aoss.{suffix}/_dashboards",
    },
)
simple(
    "AWS::OpenSearchServerless::VpcEndpoint",
    _AOSS,
    "CreateVpcEndpoint",
    ref="{createVpcEndpointDetail.id}",
    identity="{createVpcEndpointDetail.id}",
    attributes={"Id": "{createVpcEndpointDetail.id}"},
)


def _policy(what: str) -> None:
    @provider(f"AWS::OpenSearchServerless::{what}Policy")
    def create(request: Request) -> Created:
        """A policy, which CloudFormation takes as a JSON text."""
        properties = request.properties
        document = properties["Policy"]
        given: dict[str, Any] = {
            "name": str(properties["Name"]),
            "type": str(properties["Type"]),
            "policy": document if isinstance(document, str) else json.dumps(document),
        }
        if "Description" in properties:
            given["description"] = str(properties["Description"])
        getattr(request.client(_AOSS), f"create_{what.lower()}_policy")(**given)
        identity = f"aoss:{what.lower()}-policy:{given['type']}:{given['name']}"
        origins: dict[tuple[str, ...], tuple[str | int, ...]] = {(identity, "policy"): ("Properties", "Policy")}
        return Created(given["name"], identity=identity, origins=origins)


for _what in ("Security", "Access"):
    _policy(_what)
