from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.reads import (
    DATA_TYPES,
    attempts,
    closed_key_policy,
    condition_stands_in_the_way,
    locked_out_by_endpoint,
    place_to_grant,
)
from scenarios.rules.rule import rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Grant the role kms:Decrypt (to write: kms:GenerateDataKey) on the key, with kms:ViaService the "
    "bucket's S3 endpoint.",
)
def kms_decrypt_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role may use the key that encrypts the bucket.

    Reading an object under SSE-KMS takes `kms:Decrypt` besides `s3:GetObject`, asked by S3 in the role's name;
    writing takes `kms:GenerateDataKey`. Without it every read fails with AccessDenied although S3 alone would allow
    it. A key that is disabled, or about to be deleted, decrypts nothing for anybody. What the key policy lacks, or a
    condition stops, belongs to key-policy-grants-nobody and kms-condition-mismatch.

    Source: "Using server-side encryption with AWS KMS keys", section on permissions,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    """
    for attempt in attempts(account, scope):
        if not attempt.kms or locked_out_by_endpoint(account, attempt.decision):
            continue
        key = account.key(attempt.request.resource)
        if key is not None and (not key.enabled or key.pending_deletion):
            yield violated(key.origin, f"{attempt.what}: the key is disabled or about to be deleted", key.origin)
            continue
        elsewhere = attempt.decision.denied and (
            closed_key_policy(attempt) or condition_stands_in_the_way(account, attempt)
        )
        if not elsewhere:
            yield must_be_allowed(attempt.decision, place_to_grant(attempt.path.role), attempt.what)
