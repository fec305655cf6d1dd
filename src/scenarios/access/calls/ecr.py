"""Pulling an image from ECR.

| step | authorisation | in the name of |
|---|---|---|
| signing in | `ecr:GetAuthorizationToken` on `*` | the caller |
| the manifest | `ecr:BatchGetImage` on the repository | the caller |
| the layers' addresses | `ecr:BatchCheckLayerAvailability`, `ecr:GetDownloadUrlForLayer` on it | the caller |
| the layers | `s3:GetObject` on ECR's own bucket: only an endpoint's policy can be in the way | ECR |

Source: "Repository policies in Amazon ECR" and "Amazon ECR interface VPC endpoints",
https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
"""

from __future__ import annotations

from scenarios.access.arn import account_of
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.network import Endpoint

_ON_REPOSITORY = ("ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer")


def pull_image(
    account: Account, principal: str, repository: str, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """An image pull from a repository (ARN), as far as the caller's own permissions go."""
    asked = [Request(principal, "ecr:GetAuthorizationToken", "*", account.account_id)]
    asked += [Request(principal, action, repository, _owner(account, repository)) for action in _ON_REPOSITORY]
    return tuple(complete(account, one, via) for one in asked)


def layer_bucket(account: Account) -> str:
    """The ARN of the objects in which ECR keeps layers: AWS's own, in the account's region."""
    return f"arn:{account.partition}:s3:::prod-{account.region}-starport-layer-bucket/*"


def _owner(account: Account, arn: str) -> str:
    return account_of(arn) or account.account_id
