from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::NotebookInstance",),
    remediation="Set InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion to 2.",
    controls=("CKV_AWS_371",),
)
def notebook_imds(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A notebook's metadata service answers version 2 only.

    Version 1 gives the role's credentials to anybody who makes the notebook fetch a URL; version 2 asks for a token
    first.

    Source: AWS::SageMaker::NotebookInstance InstanceMetadataServiceConfiguration,
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-notebookinstance.html
    """
    for notebook in account.notebooks:
        at = prop(notebook, "InstanceMetadataServiceConfiguration")
        if notebook.minimum_imds_version == "2":
            yield holds(at, f"notebook {notebook.name} answers IMDSv2 only")
        else:
            yield violated(at, f"notebook {notebook.name} answers IMDSv1: no minimum version 2 is set")
