from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::NotebookInstance",),
    remediation="Set RootAccess to Disabled.",
    controls=("SecurityHub/SageMaker.3", "CKV_AWS_307", "Prowler/sagemaker_notebook_instance_root_access_disabled"),
)
def notebook_root_access(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Users of a notebook are not root on it.

    Root can change the lifecycle configuration's work, read every file and switch agents off.

    Source: "Control root access to a SageMaker notebook instance",
    https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html
    """
    for notebook in account.notebooks:
        at = prop(notebook, "RootAccess")
        if notebook.root_access:
            yield violated(at, f"users of notebook {notebook.name} are root")
        else:
            yield holds(at, f"users of notebook {notebook.name} are not root")
