from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::InferenceExperiment",),
    remediation="Set KmsKey, and DataStorageConfig.KmsKey where the experiment stores data.",
    controls=("SecurityHub/SageMaker.23", "SecurityHub/SageMaker.24"),
)
def inference_experiment_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Inference experiments are encrypted with a customer managed key.

    Both the volumes of their instances and the requests and answers that they store.

    Source: "CreateInferenceExperiment", members KmsKey and DataStorageConfig,
    https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceExperiment.html
    """
    for experiment in account.inference_experiments:
        kept = [("volumes", True, experiment.volume_kms_key, ("KmsKey",))]
        kept.append(("data", experiment.captures, experiment.storage_kms_key, ("DataStorageConfig",)))
        for what, there, key, path in kept:
            at = prop(experiment, *path)
            if there and customer_key(key):
                yield holds(at, f"the {what} of experiment {experiment.name}: encrypted with {key}")
            elif there:
                yield violated(at, f"the {what} of experiment {experiment.name}: no customer managed key")
