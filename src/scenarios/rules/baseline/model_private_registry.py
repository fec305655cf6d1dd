from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=("AWS::SageMaker::Model",),
    remediation="Set ImageConfig.RepositoryAccessMode of each container to Vpc.",
    controls=("SecurityHub/SageMaker.16", "SecurityHub/SageMaker.19"),
)
def model_private_registry(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A model's images come from a private registry in the VPC.

    Such an image passes no public network, and comes from where the account decides. An image in the account's own
    ECR is private without this setting, so that this is a weak hint: it is for registries other than ECR.

    Source: "Use a Private Docker Registry for Real-Time Inference Containers",
    https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
    """
    for model in account.models:
        images = [container for container in model.containers if container.image]
        if not images:
            continue
        open_ones = [container.image for container in images if not container.image_in_vpc]
        at = prop(model, "Containers" if len(model.containers) > 1 else "PrimaryContainer")
        if open_ones:
            yield violated(at, f"model {model.name} pulls {open_ones[0]} through the platform, not in its VPC")
        else:
            yield holds(at, f"model {model.name} pulls its images in its VPC")
