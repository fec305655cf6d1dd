from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.sagemaker import EndpointConfig, JobDefinition, Model
from scenarios.account.workload import Workload
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=(
        "AWS::SageMaker::NotebookInstance",
        "AWS::SageMaker::Model",
        "AWS::SageMaker::Domain",
        "AWS::SageMaker::EndpointConfig",
        "AWS::SageMaker::Pipeline",
        "AWS::SageMaker::Cluster",
        "AWS::Lambda::Function",
    ),
    remediation="Give the workload subnets and a security group of the VPC (SubnetId, VpcConfig).",
    controls=("SecurityHub/SageMaker.2", "CKV_AWS_117"),
)
def workload_outside_vpc(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Every workload of the scenario stands in a VPC of the account.

    Outside one it uses a network of the service's own: with internet, and past every endpoint policy, route and
    security group of the account. A model or job whose containers are isolated reaches no network at all.

    Source: "Give SageMaker AI hosted endpoints access to resources in your Amazon VPC",
    https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
    """
    invented = dict(account.invented)
    for workload in scope.workloads:
        places = workload.placement.subnet_ids if workload.placement else ()
        doubt = workload.doubt_of_place()
        if doubt is not None and not any(place in invented for place in places):
            yield unknown(workload.origin, f"where {workload.name} stands is not known: {doubt}")
        elif any(place in invented for place in places):
            yield unknown(workload.origin, f"{workload.name} stands in subnets outside the template")
        elif places:
            yield holds(workload.origin, f"{workload.name} stands in subnets of the account")
        elif isolated(workload):
            yield holds(
                workload.origin, f"the containers of {workload.name} are cut off from all networks", *_cut(workload)
            )
        else:
            yield violated(workload.origin, f"{workload.name} has no VPC: it runs in the service's own network")


def isolated(workload: Workload) -> bool:
    """Whether its containers make no network calls of their own."""
    return isinstance(workload, Model | EndpointConfig | JobDefinition) and workload.network_isolation


def _cut(workload: Workload) -> tuple[Origin | None, ...]:
    return (prop(workload, "EnableNetworkIsolation"), prop(workload, "NetworkConfig"))
