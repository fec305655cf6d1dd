from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.base import Fact
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::NotebookInstance", "AWS::SageMaker::EndpointConfig", "AWS::SageMaker::Domain"),
    remediation="Set KmsKeyId to a customer managed key.",
    controls=(
        "SecurityHub/SageMaker.21",
        "CKV_AWS_22",
        "CKV_AWS_98",
        "CKV_AWS_187",
        "cdk-nag/AwsSolutions-SM2",
        "Prowler/sagemaker_endpoint_config_kms_encryption_enabled",
        "Prowler/sagemaker_notebook_instance_encryption_enabled",
    ),
)
def sagemaker_volume_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Volumes of notebooks, endpoints and domains are encrypted with a customer managed key.

    Without one SageMaker uses a key of its own, whose use nobody in the account can see, restrict or stop. Serverless
    variants and instances with local NVMe storage take no key and are not judged.

    Source: "Protect data at rest using encryption",
    https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html
    """
    for notebook in account.notebooks:
        yield _judged(notebook, notebook.kms_key, f"notebook {notebook.name}")
    for domain in account.domains:
        yield _judged(domain, domain.kms_key, f"domain {domain.name}")
    for config in account.endpoint_configs:
        if any(not variant.serverless and not _has_nvme(variant.instance_type) for variant in config.variants):
            yield _judged(config, config.kms_key, f"endpoint configuration {config.name}")


def _judged(fact: Fact, key: str | None, what: str) -> Judgement:
    at = prop(fact, "KmsKeyId")
    if customer_key(key):
        return holds(at, f"the volumes of {what} are encrypted with {key}")
    return violated(at, f"the volumes of {what} have no customer managed key")


def _has_nvme(instance_type: str | None) -> bool:
    """Families with a `d` after the generation, and the accelerated ones, have local NVMe storage."""
    family = (instance_type or "").split(".")[1:2]
    return bool(family) and (family[0].endswith("d") or family[0].startswith(("g4", "g5", "g6", "p4", "p5", "trn1")))
