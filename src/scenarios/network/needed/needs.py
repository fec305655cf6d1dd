"""Which AWS services a declared workload has to reach: the table, asked for one workload."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from scenarios.account import Account, Policy
from scenarios.account.bedrock import Job
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
from scenarios.account.workload import (
    EcsService,
    Instance,
    LambdaFunction,
    LaunchTemplate,
    ScalingGroup,
    TaskDefinition,
    Workload,
)
from scenarios.network.needed.calls import covers, services_of
from scenarios.network.needed.table import ALWAYS, CALLED, INVOKES, OWN_POLICIES, PULLS, ROLE, ROWS, Row


class Need(NamedTuple):
    """A service that a workload has to reach, why, and whether it cannot do without as long as there is no other way
    out."""

    service: str
    row: Row
    required: bool

    @property
    def named(self) -> bool:
        """Whether the table names the service itself, not just what the workload's role allows."""
        return self.row.service == self.service


def needs(workload: Workload, account: Account) -> tuple[Need, ...]:
    """The services that the workload has to reach from its VPC, each once: those that it cannot do without first."""
    found: dict[str, Need] = {}
    for need in sorted(_each(workload, account), key=lambda need: not need.required):
        found.setdefault(need.service, need)
    return tuple(found.values())


def _each(workload: Workload, account: Account) -> Iterator[Need]:
    kinds = _kinds(workload, account)
    for row in ROWS:
        if row.kind in kinds and _CONDITIONS[row.when](workload, account):
            yield from (Need(service, row, row.required) for service in _services(row, workload, account))


def _services(row: Row, workload: Workload, account: Account) -> Iterable[str]:
    if row.service == PULLS and isinstance(workload, EcsService):
        return _called(allowed(account, workload.execution_role))
    if row.service == CALLED:
        actions = allowed(account, workload.role, own=row.when.endswith(OWN_POLICIES))
        return _called(actions, but=_ITSELF.get(type(workload), ()))
    return (row.service,)


def _called(actions: Iterable[str], *, but: tuple[str, ...] = ()) -> Iterator[str]:
    for action in actions:
        if action.lower() not in but:
            yield from services_of(action)


_INTERFACES = (
    "ec2:assignprivateipaddresses",
    "ec2:createnetworkinterface",
    "ec2:createnetworkinterfacepermission",
    "ec2:deletenetworkinterface",
    "ec2:deletenetworkinterfacepermission",
    "ec2:describedhcpoptions",
    "ec2:describenetworkinterfaces",
    "ec2:describesecuritygroups",
    "ec2:describesubnets",
    "ec2:describevpcs",
    "ec2:unassignprivateipaddresses",
)
_LOGS = ("logs:createloggroup", "logs:createlogstream", "logs:putlogevents")
_ITSELF: dict[type[Workload], tuple[str, ...]] = {
    LambdaFunction: (*_INTERFACES, *_LOGS),
    Notebook: _INTERFACES,
    Domain: _INTERFACES,
    UserProfile: _INTERFACES,
    Space: _INTERFACES,
}
"""What the service does with the role, and not the workload's own code: Lambda has the actions of
AWSLambdaVPCAccessExecutionRole, SageMaker those of "CreateModel API: Execution Role Permissions"
(https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html)."""


def allowed(account: Account, role: str | None, *, own: bool = False) -> Iterator[str]:
    """The Action elements of a role's Allow statements as they are written; `own` leaves AWS's managed policies out."""
    found = account.role(role)
    for policy in found.policies if found else ():
        if not (own and policy.aws_managed):
            yield from _actions(policy)


@lru_cache(maxsize=1024)
def _actions(policy: Policy) -> tuple[str, ...]:
    statements = policy.document.get("Statement")
    listed = statements if isinstance(statements, list) else [statements]
    allows = (one for one in listed if isinstance(one, dict) and one.get("Effect") == "Allow")
    elements = (one.get("Action") for one in allows)
    flat = (text for element in elements for text in (element if isinstance(element, list) else [element]))
    return tuple(dict.fromkeys(text for text in flat if isinstance(text, str)))


_JOBS = {
    "training": "SageMaker training, tuning or AutoML job",
    "hyperparametertuning": "SageMaker training, tuning or AutoML job",
    "model": "SageMaker model",
    "tuning": "SageMaker training, tuning or AutoML job",
    "automl": "SageMaker training, tuning or AutoML job",
    "compilation": "SageMaker compilation job",
    "transform": "SageMaker transform job",
    "customization": "Bedrock customization job",
    "import": "Bedrock custom model import job",
    "invocation": "Bedrock batch inference job",
}
_CLASSES = {
    Notebook: "SageMaker notebook instance",
    Domain: "SageMaker Studio domain or user profile",
    UserProfile: "SageMaker Studio domain or user profile",
    Space: "SageMaker Studio domain or user profile",
    Cluster: "SageMaker HyperPod cluster",
    Model: "SageMaker model",
    EndpointConfig: "SageMaker endpoint configuration",
    LambdaFunction: "Lambda function",
    Instance: "EC2 instance",
    LaunchTemplate: "EC2 instance",
    ScalingGroup: "EC2 instance",
}


def _kinds(workload: Workload, account: Account) -> tuple[str, ...]:
    """What the table calls the workload. An ECS service on Fargate is an ECS service besides."""
    if isinstance(workload, JobDefinition | Job):
        return (_JOBS.get(workload.kind.lower(), "SageMaker processing or monitoring job"),)
    if isinstance(workload, EcsService):
        return ("ECS service", *(("ECS service on Fargate",) if _on_fargate(workload, account) else ()))
    kind = _CLASSES.get(type(workload))
    return (kind,) if kind else ()


def _on_fargate(service: EcsService, account: Account) -> bool:
    definition = _definition(service, account)
    if service.launch_type is None and definition is not None:
        return definition.launch_types == ("FARGATE",)
    return service.launch_type == "FARGATE"


def _definition(service: EcsService, account: Account) -> TaskDefinition | None:
    named = (each for each in account.task_definitions if service.task_definition in (each.arn, each.family))
    return next(named, None)


def _direct_internet(workload: Workload, _account: Account) -> bool:
    return isinstance(workload, Notebook) and workload.direct_internet


def _vpc_only(workload: Workload, account: Account) -> bool:
    if not isinstance(workload, Domain | UserProfile | Space):
        return False
    domains = (domain for domain in account.domains if domain.domain_id == workload.domain_id)
    return any(not domain.internet_access for domain in domains)


def _has_data(workload: Workload, _account: Account) -> bool:
    return isinstance(workload, Model) and any(container.model_data for container in workload.containers)


def _from_ecr(image: str | None) -> bool:
    """Whether the image is one of a private repository of Amazon ECR."""
    return ".dkr.ecr" in (image or "")


def _pulls_ecr_in_vpc(workload: Workload, _account: Account) -> bool:
    return isinstance(workload, Model) and any(one.image_in_vpc and _from_ecr(one.image) for one in workload.containers)


def _task_from_ecr(workload: Workload, account: Account) -> bool:
    definition = _definition(workload, account) if isinstance(workload, EcsService) else None
    return definition is not None and any(map(_from_ecr, definition.images))


_CLARIFY = ("ModelBias", "ModelExplainability", "clarifycheck")


def _clarify(workload: Workload, _account: Account) -> bool:
    return isinstance(workload, JobDefinition) and workload.kind in _CLARIFY


def _invokes(workload: Workload, account: Account) -> bool:
    models = ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
    return covers(allowed(account, workload.role), *models)


def _always(_workload: Workload, _account: Account) -> bool:
    return True


_CONDITIONS: dict[str, Callable[[Workload, Account], bool]] = {
    ALWAYS: _always,
    ROLE: _always,
    OWN_POLICIES: _always,
    ROLE + ", save what Lambda itself does (its logs, its network interfaces)": _always,
    "its execution role allows it": _always,
    "direct internet access is disabled": lambda workload, account: not _direct_internet(workload, account),
    "direct internet access is enabled": _direct_internet,
    "VpcOnly": _vpc_only,
    "VpcOnly, and " + OWN_POLICIES: _vpc_only,
    "it has model data": _has_data,
    "it has no model data": lambda workload, account: not _has_data(workload, account),
    "its image is pulled in the VPC from an Amazon ECR address": _pulls_ecr_in_vpc,
    "it has a VPC of its own": lambda workload, _account: workload.placement is not None,
    "it is a Clarify job (model bias, explainability)": _clarify,
    INVOKES: _invokes,
    "an image comes from private Amazon ECR": _task_from_ecr,
}
"""What the conditions of the table mean. AgentCore runtimes are no facts of an account yet."""
