from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::SageMaker::Model",),
    remediation="Set EnableNetworkIsolation to true, unless the container has to call out.",
    controls=("SecurityHub/SageMaker.5", "CKV_AWS_370", "Prowler/sagemaker_models_network_isolation_enabled"),
)
def model_network_isolation(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A model's containers make no network calls of their own.

    With network isolation the container cannot call out, not even to S3, and holds no credentials; SageMaker still
    moves the model's data for it. A container that has to call another service cannot be isolated, so that this is a
    hint.

    Source: "Run training and inference containers in internet-free mode",
    https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
    """
    for model in account.models:
        at = prop(model, "EnableNetworkIsolation")
        if model.network_isolation:
            yield holds(at, f"the containers of model {model.name} are isolated")
        else:
            yield violated(at, f"the containers of model {model.name} may call out with the role's credentials")
