from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope

_SUPPORTED = "notebook-al2023-v1"
_UNSUPPORTED = ("notebook-al1-", "notebook-al2-")


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::SageMaker::NotebookInstance",),
    remediation="Set PlatformIdentifier to notebook-al2023-v1, or a newer platform.",
    controls=("SecurityHub/SageMaker.8",),
)
def notebook_platform(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A notebook runs on a platform that AWS supports.

    A platform past its end gets no more patches. Security Hub takes `notebook-al2023-v1` alone for supported; without
    a platform identifier the notebook gets the default of the day on which it is made.

    Source: "Security Hub CSPM controls for Amazon SageMaker AI", SageMaker.8,
    https://docs.aws.amazon.com/securityhub/latest/userguide/sagemaker-controls.html
    """
    for notebook in account.notebooks:
        at = prop(notebook, "PlatformIdentifier")
        if notebook.platform is None:
            yield unknown(at, f"notebook {notebook.name} names no platform: it gets AWS's default of the day")
        elif notebook.platform.startswith(_UNSUPPORTED):
            yield violated(at, f"notebook {notebook.name} runs on {notebook.platform}, which is no longer supported")
        elif notebook.platform != _SUPPORTED:
            yield unknown(at, f"whether platform {notebook.platform} of notebook {notebook.name} is supported")
        else:
            yield holds(at, f"notebook {notebook.name} runs on {notebook.platform}")
