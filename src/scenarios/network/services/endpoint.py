"""Which endpoint of a VPC serves a service.

Service names are `com.amazonaws.REGION.SERVICE`, some of SageMaker's `aws.sagemaker.REGION.SERVICE`
(https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from scenarios.account import Account
from scenarios.account.network import Endpoint


def short_name(endpoint: Endpoint, region: str) -> str | None:
    """The service's name without its prefix: `s3`, `bedrock-runtime`, `sagemaker.api`, `studio`; nothing for another
    region's service or one that is not AWS's."""
    return _short(endpoint.service, region)


@lru_cache(maxsize=1024)
def _short(service: str, region: str) -> str | None:
    for prefix in (f"com.amazonaws.{region}.", f"cn.com.amazonaws.{region}.", f"aws.sagemaker.{region}."):
        if service.startswith(prefix):
            return service.removeprefix(prefix).removesuffix("-fips")
    return None


def serving(account: Account, endpoints: Iterable[Endpoint], service: str) -> list[Endpoint]:
    """The endpoints for `service`, gateway ones first, since they need no DNS, and those for FIPS last."""
    found = [endpoint for endpoint in endpoints if short_name(endpoint, account.region) == service]
    return sorted(found, key=lambda endpoint: (endpoint.kind != "Gateway", is_fips(endpoint)))


def is_fips(endpoint: Endpoint) -> bool:
    """Whether it is for the service's FIPS name alone."""
    return endpoint.service.endswith("-fips")


def family(name: str) -> str:
    """What a service's name begins with: `bedrock` of `bedrock-runtime`, `sagemaker` of `sagemaker.api`."""
    return name.partition(".")[0].partition("-")[0]
