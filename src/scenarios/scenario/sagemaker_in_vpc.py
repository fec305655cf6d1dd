"""Does SageMaker in its VPC reach S3 through the endpoint, and nothing else?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.account.sagemaker import (
    Cluster,
    Domain,
    EndpointConfig,
    JobDefinition,
    Model,
    Notebook,
    Space,
    UserProfile,
)
from scenarios.account.workload import Workload
from scenarios.network import needs
from scenarios.rules.aws_owned_buckets_blocked import aws_owned_buckets_blocked
from scenarios.rules.endpoint_dns import endpoint_dns
from scenarios.rules.endpoint_group_ingress import endpoint_group_ingress
from scenarios.rules.endpoint_missing import endpoint_missing
from scenarios.rules.endpoint_policy_denies import endpoint_policy_denies
from scenarios.rules.endpoint_policy_open import endpoint_policy_open
from scenarios.rules.endpoint_route_missing import endpoint_route_missing
from scenarios.rules.inter_container_encryption import inter_container_encryption
from scenarios.rules.internet_path_open import internet_path_open
from scenarios.rules.key_policy_grants_nobody import key_policy_grants_nobody
from scenarios.rules.kms_condition_mismatch import kms_condition_mismatch
from scenarios.rules.kms_decrypt_missing import kms_decrypt_missing
from scenarios.rules.model_network_isolation import model_network_isolation
from scenarios.rules.network_acl_blocks import network_acl_blocks
from scenarios.rules.notebook_imds import notebook_imds
from scenarios.rules.notebook_root_access import notebook_root_access
from scenarios.rules.other_network_open import other_network_open
from scenarios.rules.s3_read_denied import s3_read_denied
from scenarios.rules.sagemaker_volume_key import sagemaker_volume_key
from scenarios.rules.scope import ANY_OBJECT, DataPath, Flow, Scope
from scenarios.rules.service_role_assumable_by_others import service_role_assumable_by_others
from scenarios.rules.service_role_confused_deputy import service_role_confused_deputy
from scenarios.rules.service_role_untrusted import service_role_untrusted
from scenarios.rules.vpce_lockout import vpce_lockout
from scenarios.rules.workload_group_egress import workload_group_egress
from scenarios.rules.workload_outside_vpc import workload_outside_vpc
from scenarios.scenario.scenario import Scenario
from scenarios.scenario.subjects import buckets_and_keys, data_path, data_paths, service_roles, unseen_roles

_WORKLOADS = (Notebook, Model, EndpointConfig, Domain, UserProfile, Space, JobDefinition, Cluster)
_SERVICE = "sagemaker.amazonaws.com"


def discover(account: Account) -> Scope:
    """SageMaker's workloads, the services that each has to reach, and the buckets that its role's policies name."""
    workloads = tuple(
        workload for workload in account.workloads() if isinstance(workload, _WORKLOADS) and _own(workload)
    )
    roles = service_roles(account, _SERVICE, (workload.role for workload in workloads))
    subjects = tuple(role for role in roles if role.used)
    paths = tuple(
        way
        for path in _unique((*_declared(account), *data_paths(account, subjects)))
        for way in _ways(account, workloads, path)
    )
    buckets, keys = buckets_and_keys(account, paths)
    return Scope(
        service_roles=subjects,
        data_paths=paths,
        flows=tuple(flow for workload in workloads for flow in _flows(account, workload)),
        workloads=workloads,
        buckets=buckets,
        keys=keys,
        unseen_roles=unseen_roles(account, ((workload, workload.name, workload.role) for workload in workloads)),
    )


def _declared(account: Account) -> Iterator[DataPath]:
    """What the workloads themselves name: the model's data to read, the job's and the endpoint's output to write."""
    for workload in account.workloads():
        for uri, write in _uris(workload):
            name, _, key = uri.removeprefix("s3://").partition("/")
            purpose, objects = "training" if write else "model", (_object(key, write),)
            for role in _acting(account, workload) if name else ():
                yield data_path(account, role, name, purpose, write=write, objects=objects)


def _acting(account: Account, workload: Workload) -> Iterator[Role]:
    """The roles that a workload acts with: its own, or for an endpoint configuration without one its models'."""
    named = [workload.role]
    if isinstance(workload, EndpointConfig) and workload.role is None:
        models = {variant.model for variant in workload.variants}
        named = [model.role for model in account.models if model.name in models]
    yield from (role for name in dict.fromkeys(named) if (role := account.role(name)) is not None)


def _ways(account: Account, workloads: Iterable[Workload], path: DataPath) -> Iterator[DataPath]:
    """The path as each workload of its role takes it: through the S3 endpoint of its VPC, where there is one."""
    vpcs = {
        workload.placement.vpc_id
        for workload in workloads
        if workload.placement is not None and workload.role in (path.role.arn, path.role.name)
    }
    endpoints = [one for one in account.endpoints if one.vpc_id in vpcs and one.service.endswith(".s3")]
    yield from (replace(path, via=endpoint) for endpoint in endpoints or (None,))


def _object(key: str, write: bool) -> str:
    """An object's key, or one below the prefix that is meant: outputs, and model data that ends with a slash."""
    if write or key.endswith("/") or not key:
        return f"{key.rstrip('/')}/{ANY_OBJECT}".lstrip("/")
    return key


def _uris(workload: Workload) -> Iterator[tuple[str, bool]]:
    if isinstance(workload, Model):
        for container in workload.containers:
            yield from ((uri, False) for uri in container.model_data)
    elif isinstance(workload, EndpointConfig) and workload.capture_uri:
        yield workload.capture_uri, True
    elif isinstance(workload, JobDefinition) and workload.output_uri:
        yield workload.output_uri, True


def _unique(paths: Iterable[DataPath]) -> tuple[DataPath, ...]:
    """One path for each role, bucket, direction and objects: what is declared counts, whatever else is allowed."""
    keyed = {(path.role.arn, path.bucket.name, path.write, path.objects): path for path in reversed(tuple(paths))}
    return tuple(reversed(keyed.values()))


def _own(workload: Workload) -> bool:
    """An endpoint configuration without a role of its own runs its models, which stand for themselves; so does a batch
    transform job its model."""
    if isinstance(workload, JobDefinition) and workload.kind == "transform":
        return False
    return not (isinstance(workload, EndpointConfig) and workload.role is None and workload.placement is None)


def _flows(account: Account, workload: Workload) -> tuple[Flow, ...]:
    if workload.placement is None:
        return ()
    named = (need for need in needs(workload, account) if need.named)
    return tuple(Flow(workload, need.service, need.required) for need in named)


SCENARIO = Scenario(
    name="sagemaker-in-vpc",
    question="Does SageMaker in its VPC reach S3 through the endpoint, and nothing else?",
    discover=discover,
    rules=(
        workload_outside_vpc,
        internet_path_open,
        other_network_open,
        endpoint_missing,
        endpoint_route_missing,
        endpoint_dns,
        endpoint_group_ingress,
        workload_group_egress,
        network_acl_blocks,
        endpoint_policy_denies,
        endpoint_policy_open,
        aws_owned_buckets_blocked,
        s3_read_denied,
        kms_decrypt_missing,
        kms_condition_mismatch,
        key_policy_grants_nobody,
        vpce_lockout,
        service_role_untrusted,
        service_role_assumable_by_others,
        service_role_confused_deputy,
        sagemaker_volume_key,
        notebook_root_access,
        notebook_imds,
        model_network_isolation,
        inter_container_encryption,
    ),
    subject_types=(
        "AWS::SageMaker::NotebookInstance",
        "AWS::SageMaker::Model",
        "AWS::SageMaker::EndpointConfig",
        "AWS::SageMaker::Domain",
        "AWS::SageMaker::UserProfile",
        "AWS::SageMaker::MonitoringSchedule",
        "AWS::SageMaker::Pipeline",
        "AWS::SageMaker::Cluster",
    ),
)
