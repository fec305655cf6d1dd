"""Reading a secret.

| call | authorisations |
|---|---|
| GetSecretValue | `secretsmanager:GetSecretValue` on the secret |
| the same under a customer managed key | also `kms:Decrypt` on it, through Secrets Manager, for the secret |

Source: "Secret encryption and decryption in AWS Secrets Manager",
https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
"""

from __future__ import annotations

from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.account.secretsmanager import Secret

_MANAGED = "alias/aws/secretsmanager"


def read_secret(
    account: Account, principal: str, secret: Secret, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """GetSecretValue. The AWS managed key lets in whoever of the account comes through Secrets Manager."""
    first = complete(account, Request(principal, "secretsmanager:GetSecretValue", secret.arn, account.account_id), via)
    named = secret.kms_key
    if named is None or named.endswith(_MANAGED):
        return (first,)
    key = account.key(named)
    context = {
        "kms:viaservice": f"secretsmanager.{account.region}.amazonaws.com",
        "kms:encryptioncontext:secretarn": secret.arn,
    }
    decrypt = Request(principal, "kms:Decrypt", key.arn if key else named, None, context)
    return first, complete(account, decrypt)
