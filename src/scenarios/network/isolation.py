"""Network isolation: SageMaker's containers with no network at all.

Neither the container nor its code calls anything, not even S3; SageMaker itself still moves data and pulls images, by
the workload's role and through its VPC where it has one ("Run training and inference containers in internet-free
mode", https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html).
"""

from __future__ import annotations

from scenarios.account.sagemaker import EndpointConfig, JobDefinition, Model
from scenarios.account.workload import Workload
from scenarios.network.hangs import on, whole
from scenarios.network.path import Blocked, Undecided

_BY_SAGEMAKER = frozenset({"s3", "ecr.api", "ecr.dkr"})


def cut_off(source: Workload, service: str | None = None) -> Blocked | Undecided | None:
    """What keeps an isolated container from this service, or from whatever else; nothing where SageMaker goes there."""
    if not isinstance(source, Model | EndpointConfig | JobDefinition) or service in _BY_SAGEMAKER:
        return None
    if (doubt := source.doubt(_SETTING)) is not None:
        return Undecided(f"whether {source.name} runs in network isolation: {doubt}", source.origin)
    if not source.network_isolation:
        return None
    at = next(iter(on(source, _SETTING)), source.origin)
    why = f"the containers of {source.name} run in network isolation: they call nothing, and nothing calls them"
    return Blocked("network-isolation", why, at, about=(*on(source, _SETTING, "NetworkConfig"), *whole(source)))


_SETTING = "EnableNetworkIsolation"
