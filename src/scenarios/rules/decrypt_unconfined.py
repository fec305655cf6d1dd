from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=DATA_TYPES,
    remediation="Add a condition StringEquals kms:ViaService s3.REGION.amazonaws.com to the role's KMS statement.",
)
def decrypt_unconfined(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role decrypts through S3 only.

    With `kms:ViaService` the role's grant is worth nothing outside S3: a ciphertext that leaked elsewhere stays
    closed. Asked for a call of `kms:Decrypt` that the role makes itself.

    Source: "kms:ViaService", https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    """
    for path in scope.data_paths:
        if path.key is None:
            continue
        request = Request(path.role.arn, "kms:Decrypt", path.key.arn, account.account_id)
        decision = ask(account, request)
        what = f"role {path.role.name}: kms:Decrypt on its own, not through S3"
        yield must_be_denied(decision, path.role.origin, what)
