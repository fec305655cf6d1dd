"""AWS::OpenSearchServerless."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

_AOSS = "opensearchserverless"

simple(
    "AWS::OpenSearchServerless::Collection",
    _AOSS,
    "CreateCollection",
    ref="{createCollectionDetail.id}",
    identity="{createCollectionDetail.arn}",
    aliases=("{createCollectionDetail.id}",),
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
for _what in ("Security", "Access"):
    simple(
        f"AWS::OpenSearchServerless::{_what}Policy",
        _AOSS,
        f"Create{_what}Policy",
        ref="{type}|{name}",
        identity=f"aoss:{_what.lower()}-policy:{{type}}:{{name}}",
        parts={"policy": "Policy"},
    )
