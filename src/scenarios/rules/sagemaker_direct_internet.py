from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::SageMaker::NotebookInstance", "AWS::SageMaker::Domain"),
    remediation="Set DirectInternetAccess to Disabled (notebook) or AppNetworkAccessType to VpcOnly (domain).",
    controls=("SecurityHub/SageMaker.1", "CKV_AWS_122"),
)
def sagemaker_direct_internet(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No notebook or Studio domain has SageMaker's own way to the internet.

    With `DirectInternetAccess: Enabled` (the default) or `AppNetworkAccessType: PublicInternetOnly` (the default)
    SageMaker adds a network interface of its own beside those in the VPC, and internet traffic leaves there, past
    route tables and security groups.

    Source: "Connect a notebook instance in a VPC to external resources",
    https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html, and "Connect Studio
    notebooks in a VPC to external resources",
    https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
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
            yield violated(at, f"domain {domain.name} sends its apps' traffic through SageMaker's own network")
        else:
            yield holds(at, f"domain {domain.name} sends its apps' traffic through its VPC only")
