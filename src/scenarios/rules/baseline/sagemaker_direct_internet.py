from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::SageMaker::NotebookInstance", "AWS::SageMaker::Domain"),
    remediation="Set DirectInternetAccess of the notebook to Disabled, AppNetworkAccessType of the domain to VpcOnly.",
    controls=(
        "SecurityHub/SageMaker.1",
        "CKV_AWS_122",
        "cdk-nag/AwsSolutions-SM3",
        "Prowler/sagemaker_notebook_instance_without_direct_internet_access_configured",
    ),
)
def sagemaker_direct_internet(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Notebooks and Studio domains have no internet but through the VPC.

    With direct internet access AWS gives them a way out beside the VPC, past its routes, endpoints and logs: for what
    users install, and for data.

    Source: "Connect a Notebook Instance in a VPC to External Resources",
    https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
    """
    for notebook in account.notebooks:
        at = prop(notebook, "DirectInternetAccess")
        if notebook.direct_internet:
            yield violated(at, f"notebook {notebook.name} has direct internet access")
        else:
            yield holds(at, f"notebook {notebook.name} has no direct internet access")
    for domain in account.domains:
        at = prop(domain, "AppNetworkAccessType")
        if domain.internet_access:
            yield violated(at, f"domain {domain.name} has internet access outside its VPC")
        else:
            yield holds(at, f"domain {domain.name} has its VPC only")
