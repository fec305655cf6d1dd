from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::SageMaker::EndpointConfig",),
    remediation="Set InitialInstanceCount of each production variant to 2 or more.",
    controls=("SecurityHub/SageMaker.4", "Prowler/sagemaker_endpoint_config_prod_variant_instances"),
)
def endpoint_instance_count(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A production variant starts with two instances or more.

    SageMaker spreads them over Availability Zones, so that a variant of one instance falls silent with its zone. A
    serverless variant has no instances, and an endpoint for tests may well do with one.

    Source: "Best practices for deploying models on SageMaker AI Hosting Services",
    https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-best-practices.html
    """
    for config in account.endpoint_configs:
        for index, variant in enumerate(config.variants):
            if variant.serverless:
                continue
            at = prop(config, "ProductionVariants", index, "InitialInstanceCount")
            if variant.instance_count is None:
                yield unknown(
                    at, f"variant {variant.name} of {config.name} does not say with how many instances it starts"
                )
            elif variant.instance_count > 1:
                yield holds(at, f"variant {variant.name} starts with {variant.instance_count} instances")
            else:
                yield violated(at, f"variant {variant.name} of {config.name} starts with one instance")
