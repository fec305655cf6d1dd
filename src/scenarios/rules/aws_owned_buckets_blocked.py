from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.endpoint_policies import admits
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::EC2::VPCEndpoint", "AWS::SageMaker::Model", "AWS::SageMaker::NotebookInstance"),
    remediation="Admit s3:GetObject on prod-REGION-starport-layer-bucket/* (ECR layers) in the S3 endpoint policy.",
)
def aws_owned_buckets_blocked(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The S3 endpoint's policy admits the AWS-owned buckets that image pulls need.

    A container image that is pulled inside the VPC comes from ECR's layer bucket, which AWS owns: an endpoint policy
    that admits the account's own buckets only breaks every pull. Judged where a model's image comes through the VPC
    or the VPC has ECR endpoints.

    Source: "Amazon ECR interface VPC endpoints", section on the S3 gateway endpoint,
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    for endpoint in account.endpoints:
        if not endpoint.service.endswith(".s3") or not _pulls_images(account, endpoint.vpc_id):
            continue
        layers = f"arn:{account.partition}:s3:::prod-{account.region}-starport-layer-bucket/any-layer"
        outcome = admits(account, endpoint, "s3:GetObject", layers, resource_account=None)
        at = (endpoint.policy.origin if endpoint.policy else None) or endpoint.origin
        if outcome is True:
            yield holds(at, "the S3 endpoint policy admits ECR's layer bucket")
        elif outcome is None:
            yield unknown(at, "whether the S3 endpoint policy admits ECR's layer bucket is not decided")
        else:
            yield violated(at, "the S3 endpoint policy shuts out ECR's layer bucket: image pulls in this VPC fail")


def _pulls_images(account: Account, vpc_id: str) -> bool:
    ecr = any(e.vpc_id == vpc_id and e.service.endswith(".ecr.dkr") for e in account.endpoints)
    in_vpc = any(
        container.image_in_vpc
        for model in account.models
        if model.placement is not None and model.placement.vpc_id == vpc_id
        for container in model.containers
    )
    return ecr or in_vpc
