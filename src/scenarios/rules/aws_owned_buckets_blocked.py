from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import layer_bucket
from scenarios.access.written import covers, matches, statements
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.finding import Judgement, Origin, Severity
from scenarios.network import short_name
from scenarios.rules.endpoint_policies import admits
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPCEndpoint", "AWS::SageMaker::Model", "AWS::SageMaker::NotebookInstance"),
    remediation="Admit s3:GetObject on prod-REGION-starport-layer-bucket/* (ECR layers) in the S3 endpoint policy, for "
    "every principal.",
)
def aws_owned_buckets_blocked(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The S3 endpoint's policy admits the AWS-owned buckets that image pulls need.

    A container image that is pulled inside the VPC comes from ECR's layer bucket, which AWS owns: an endpoint policy
    that admits the account's own buckets only breaks every pull. So does one that admits the account's own principals
    only: the layers are fetched from addresses that ECR has signed, with a principal of its own. Judged where a
    model's image comes through the VPC or the VPC has ECR endpoints.

    Source: "Amazon ECR interface VPC endpoints", section on the S3 gateway endpoint,
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    for endpoint in account.endpoints:
        if short_name(endpoint, account.region) != "s3" or not _pulls_images(account, endpoint.vpc_id):
            continue
        layers = layer_bucket(account).replace("*", "any-layer")
        at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
        outcome = admits(account, endpoint, "s3:GetObject", layers, resource_account=None, stranger=True)
        if outcome is True:
            yield holds(at, "the S3 endpoint policy admits ECR's layer bucket")
        elif outcome is None:
            yield unknown(at, "whether the S3 endpoint policy admits ECR's layer bucket is not decided")
        else:
            meant = _meant(endpoint, layers)
            why = ", whose statement admits other callers than ECR, which signs the requests" if meant else ""
            message = f"the S3 endpoint policy shuts out ECR's layer bucket{why}: image pulls in this VPC fail"
            yield violated(meant or at, message, at)


def _meant(endpoint: Endpoint, layers: str) -> Origin | None:
    """The statement that names the layers, for callers who do not fetch them."""
    naming = (
        s for s in statements(endpoint.policy) if s.allow and covers(s, "s3:GetObject") and "*" not in s.resources
    )
    return next((s.origin for s in naming if any(matches(layers, pattern) for pattern in s.resources)), None)


def _pulls_images(account: Account, vpc_id: str) -> bool:
    ecr = any(e.vpc_id == vpc_id and short_name(e, account.region) == "ecr.dkr" for e in account.endpoints)
    in_vpc = any(
        container.image_in_vpc
        for model in account.models
        if model.placement is not None and model.placement.vpc_id == vpc_id
        for container in model.containers
    )
    return ecr or in_vpc
