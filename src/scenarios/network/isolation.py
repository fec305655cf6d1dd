"""Network isolation: SageMaker's containers with no network at all.

Neither the container nor its code calls anything, not even S3; SageMaker itself still moves data and pulls images, by
the workload's role and through its VPC where it has one ("Run training and inference containers in internet-free
mode", https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html).
"""

from __future__ import annotations

from scenarios.account.sagemaker import EndpointConfig, JobDefinition, Model
from scenarios.account.workload import Workload
from scenarios.network.hangs import on
from scenarios.network.path import Blocked

_BY_SAGEMAKER = frozenset({"s3", "ecr.api", "ecr.dkr"})


def cut_off(source: Workload, service: str | None = None) -> Blocked | None:
    """What keeps an isolated container from this service, or from whatever else; nothing where SageMaker goes there."""
    if not isinstance(source, Model | EndpointConfig | JobDefinition) or not source.network_isolation:
        return None
    if service in _BY_SAGEMAKER:
        return None
    at = next(iter(on(source, "EnableNetworkIsolation")), source.origin)
    why = f"the containers of {source.name} run in network isolation: they call nothing, and nothing calls them"
    about = (*on(source, "EnableNetworkIsolation", "NetworkConfig"), *([source.origin] if source.origin else []))
    return Blocked("network-isolation", why, at, about=about)
