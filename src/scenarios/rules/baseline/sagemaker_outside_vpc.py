from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.sagemaker import Cluster, Domain, JobDefinition, Model, Notebook
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.workload_outside_vpc import workload_outside_vpc


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
    of the account sees.

    Source: "Configure security in Amazon SageMaker AI", section on VPCs,
    https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-give-access.html
    """
    own = (each for each in scope.workloads if isinstance(each, Cluster | Domain | JobDefinition | Model | Notebook))
    yield from workload_outside_vpc.check(account, replace(scope, workloads=tuple(own)))
