from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::SageMaker::EndpointConfig",),
    remediation="Set DataCaptureConfig.KmsKeyId to a customer managed key.",
)
def data_capture_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Captured requests and answers are encrypted with a customer managed key.

    Data capture writes what users asked, and what the model said, to S3.

    Source: "Capture data from real-time endpoint",
    https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
    """
    for config in account.endpoint_configs:
        if not config.capture_uri:
            continue
        at = prop(config, "DataCaptureConfig")
        if not config.captures:
            yield holds(at, f"{config.name} captures nothing")
        elif customer_key(config.capture_kms_key):
            yield holds(at, f"{config.name} captures data encrypted with {config.capture_kms_key}")
        else:
            yield violated(at, f"{config.name} captures data without a customer managed key")
