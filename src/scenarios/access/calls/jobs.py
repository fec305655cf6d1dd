"""Batch inference jobs.

| step | authorisation | in the name of |
|---|---|---|
| the call | `bedrock:CreateModelInvocationJob` on the model and on the new job | the caller |
| it names a role | `iam:PassRole` to `bedrock.amazonaws.com` | the caller |
| the job starts | `sts:AssumeRole`, for this account's job | bedrock.amazonaws.com |
| input | `s3:ListBucket`, `s3:GetObject`, and the key | the role |
| output | `s3:PutObject`, and the key | the role |
| inference | `bedrock:InvokeModel` on the model (profile and models behind it) | the role |

Sources: "Required permissions for batch inference",
https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html; "Create a custom service role for
batch inference", https://docs.aws.amazon.com/bedrock/latest/userguide/batch-iam-sr.html
"""

from __future__ import annotations

from scenarios.access.calls.bedrock import invoke_model, model_arn
from scenarios.access.calls.roles import assume_role, pass_role
from scenarios.access.calls.s3 import list_bucket, read_object, write_object
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.iam import Role
from scenarios.account.network import Endpoint
from scenarios.account.s3 import Bucket

_BEDROCK = "bedrock.amazonaws.com"


def create_batch_job(
    account: Account,
    principal: str,
    role: Role,
    model: str,
    source: Bucket,
    target: Bucket,
    *,
    via: Endpoint | None = None,
) -> tuple[Request, ...]:
    """CreateModelInvocationJob with `role`, from objects of `source` to objects of `target`, and the job itself."""
    job = f"arn:{account.partition}:bedrock:{account.region}:{account.account_id}:model-invocation-job/any"
    call = "bedrock:CreateModelInvocationJob"
    asked = [Request(principal, call, resource, account.account_id) for resource in (model_arn(account, model), job)]
    return (
        *(complete(account, one, via) for one in asked),
        *pass_role(account, principal, role, _BEDROCK),
        *assume_role(account, _BEDROCK, role, job),
        *list_bucket(account, role.arn, source),
        *read_object(account, role.arn, source),
        *write_object(account, role.arn, target),
        *invoke_model(account, role.arn, model),
    )
