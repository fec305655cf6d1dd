from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.sagemaker import Cluster, Domain, JobDefinition, Model, Notebook
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.workload_outside_vpc import isolated, workload_outside_vpc


@rule(
    severity=Severity.HIGH,
    needs=(
        "AWS::SageMaker::NotebookInstance",
        "AWS::SageMaker::Model",
        "AWS::SageMaker::Domain",
        "AWS::SageMaker::Pipeline",
        "AWS::SageMaker::Cluster",
    ),
    remediation="Give the notebook, model, domain or job subnets and security groups of the VPC (SubnetId, VpcConfig).",
    controls=(
        "SecurityHub/SageMaker.2",
        "CKV_AWS_306",
        "cdk-nag/AwsSolutions-SM1",
        "Prowler/sagemaker_notebook_instance_vpc_settings_configured",
        "Prowler/sagemaker_models_vpc_settings_configured",
        "Prowler/sagemaker_training_jobs_vpc_settings_configured",
    ),
)
def sagemaker_outside_vpc(account: Account, scope: Scope) -> Iterator[Judgement]:
    """SageMaker's notebooks, models, domains, clusters and jobs stand in a VPC of the account.

    Outside one they use a network of the service's own, which no route, endpoint policy, security group or flow log
    of the account sees. That goes for isolated containers too: they call nobody, but SageMaker fetches the model and
    the data for them, and it does so through the VPC only where there is one.

    Source: "Configure security in Amazon SageMaker AI", section on VPCs,
    https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-give-access.html, and "Run training and inference
    containers in internet-free mode", https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
    """
    own = [each for each in scope.workloads if isinstance(each, Cluster | Domain | JobDefinition | Model | Notebook)]
    alone = [each for each in own if isolated(each) and each.placement is None and each.doubt_of_place() is None]
    for workload in alone:
        said = (
            f"{workload.name} has no VPC: its containers are isolated, but SageMaker fetches for them past the account"
        )
        yield violated(workload.origin, f"{said}'s networks", prop(workload, "VpcConfig"))
    rest = tuple(each for each in own if each not in alone)
    yield from workload_outside_vpc.check(account, replace(scope, workloads=rest))
