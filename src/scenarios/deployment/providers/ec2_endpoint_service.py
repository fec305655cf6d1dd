"""AWS::EC2: services that endpoints of other VPCs reach, and who may make such endpoints."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.ec2_common import tag, texts
from scenarios.deployment.shapes import call, flag


@provider("AWS::EC2::VPCEndpointService")
def endpoint_service(request: Request) -> Created:
    """A service behind load balancers; connections must be accepted unless it says otherwise.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointServiceConfiguration.html
    """
    properties, client = request.properties, request.client("ec2")
    given: dict[str, Any] = {"AcceptanceRequired": flag(properties.get("AcceptanceRequired"), default=True)}
    made = call(client, "CreateVpcEndpointServiceConfiguration", properties, skip=("Tags",), **given)
    identifier = made["ServiceConfiguration"]["ServiceId"]
    tag(request, identifier)
    stack = request.stack
    name = f"com.amazonaws.vpce.{stack.region}.{identifier}"
    return Created(identifier, {"ServiceId": identifier, "ServiceName": name}, identity=identifier)


@provider("AWS::EC2::VPCEndpointServicePermissions")
def endpoint_service_permissions(request: Request) -> Created:
    """The principals that may make endpoints of a service."""
    properties, client = request.properties, request.client("ec2")
    service = str(properties["ServiceId"])
    principals = texts(properties.get("AllowedPrincipals"))
    if principals:
        client.modify_vpc_endpoint_service_permissions(ServiceId=service, AddAllowedPrincipals=principals)
    return Created(service, origins={(service, "permissions"): ("Properties", "AllowedPrincipals")})
