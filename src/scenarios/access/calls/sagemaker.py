"""SageMaker's create calls.

| step | authorisation | in the name of |
|---|---|---|
| the call | `sagemaker:Create...` on the new resource | the caller |
| it names a role | `iam:PassRole` to `sagemaker.amazonaws.com` | the caller |
| a key for its volumes | `kms:CreateGrant` (for an AWS resource) and `kms:DescribeKey` on it | the caller |

SageMaker then uses the volume's key by that grant, and everything else by the role.

Sources: "Amazon SageMaker AI API permissions: actions, permissions, and resources reference",
https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html; "Encrypt output data, model artifacts,
and storage volumes", https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
"""

from __future__ import annotations

from scenarios.access.calls.roles import pass_role
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.network import Endpoint

SAGEMAKER = "sagemaker.amazonaws.com"


def create(
    account: Account,
    principal: str,
    action: str,
    resource: str,
    *,
    role: str | None = None,
    volume_key: str | None = None,
    via: Endpoint | None = None,
) -> tuple[Request, ...]:
    """A create call (`sagemaker:CreateTrainingJob` and the like) that passes `role` and names `volume_key`."""
    asked = [complete(account, Request(principal, action, resource, account.account_id), via)]
    passed = account.role(role)
    if passed is not None:
        asked += pass_role(account, principal, passed, SAGEMAKER)
    if volume_key is not None:
        asked += _volume(account, principal, volume_key)
    return tuple(asked)


def _volume(account: Account, principal: str, named: str) -> tuple[Request, ...]:
    key = account.key(named)
    arn = key.arn if key else named
    grant = {"kms:viaservice": f"sagemaker.{account.region}.amazonaws.com", "kms:grantisforawsresource": "true"}
    return tuple(
        complete(account, Request(principal, action, arn, None, context))
        for action, context in (("kms:CreateGrant", grant), ("kms:DescribeKey", {}))
    )
