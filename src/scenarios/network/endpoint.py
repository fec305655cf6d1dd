"""Which endpoint of a VPC serves a service.

Service names are `com.amazonaws.REGION.SERVICE`, some of SageMaker's `aws.sagemaker.REGION.SERVICE`
(https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html).
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.account import Account
from scenarios.account.network import Endpoint, Vpc


def short_name(endpoint: Endpoint, region: str) -> str | None:
    """The service's name without its prefix: `s3`, `bedrock-runtime`, `sagemaker.api`, `studio`; nothing for another
    region's service or one that is not AWS's."""
    for prefix in (f"com.amazonaws.{region}.", f"cn.com.amazonaws.{region}.", f"aws.sagemaker.{region}."):
        if endpoint.service.startswith(prefix):
            return endpoint.service.removeprefix(prefix).removesuffix("-fips")
    return None


def serving(account: Account, endpoints: Iterable[Endpoint], service: str) -> list[Endpoint]:
    """The endpoints for `service`, gateway ones first, since they need no DNS."""
    found = [endpoint for endpoint in endpoints if short_name(endpoint, account.region) == service]
    return sorted(found, key=lambda endpoint: endpoint.kind != "Gateway")


def near_misses(account: Account, vpc: Vpc, service: str) -> list[str]:
    """Endpoints that look as if they were meant for the service, and why they do not serve."""
    found = []
    for endpoint in account.endpoints:
        name = short_name(endpoint, account.region)
        if name == service and endpoint.vpc_id != vpc.vpc_id:
            found.append(f"{endpoint.endpoint_id} stands in another VPC, {endpoint.vpc_id}")
        elif name is None and endpoint.service.endswith(f".{service}"):
            found.append(f"{endpoint.endpoint_id} is for {endpoint.service}, another region's")
        elif (
            name is not None and name != service and endpoint.vpc_id == vpc.vpc_id and _family(name) == _family(service)
        ):
            found.append(f"{endpoint.endpoint_id} is for {name}, not for {service}")
    return found


def _family(name: str) -> str:
    return name.partition(".")[0].partition("-")[0]
