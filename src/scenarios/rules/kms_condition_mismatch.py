from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.written import covers, statements
from scenarios.account import Account
from scenarios.finding import Judgement, Origin, Severity, Verdict
from scenarios.rules.decisions import culprit, judgement
from scenarios.rules.reads import (
    DATA_TYPES,
    Attempt,
    attempts,
    closed_key_policy,
    condition_stands_in_the_way,
    locked_out_by_endpoint,
    place_to_grant,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Make the condition fit the request: kms:ViaService s3.REGION.amazonaws.com; encryption context "
    "the bucket's ARN where the bucket key is on, else the object's.",
)
def kms_condition_mismatch(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No condition on the key shuts out the very request that it was written for.

    S3 asks KMS with `kms:ViaService` = `s3.REGION.amazonaws.com` and with `kms:EncryptionContext:aws:s3:arn` = the
    object's ARN, or the bucket's where the bucket key is on. A condition for another service, region or form of the
    ARN never matches. Found by asking again with the conditions taken away.

    Source: "AWS KMS condition keys", https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html, and
    "Reducing the cost of SSE-KMS with Amazon S3 Bucket Keys",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
    """
    for attempt in attempts(account, scope):
        decision = attempt.decision
        if not attempt.kms or locked_out_by_endpoint(account, decision):
            continue
        if decision.allowed:
            yield judgement(Verdict.HOLDS, attempt.path.role.origin, f"{attempt.what}: the conditions fit", decision)
        elif decision.denied and condition_stands_in_the_way(account, attempt):
            at = culprit(decision, _conditioned(account, attempt) or place_to_grant(attempt.path.role))
            message = f"{attempt.what}: a condition never matches this request: {decision.why}"
            yield judgement(Verdict.VIOLATED, at, message, decision)


def _conditioned(account: Account, attempt: Attempt) -> Origin | None:
    """The conditioned statement about KMS that a person would mend: of the key policy where that is what fails."""
    key = account.key(attempt.request.resource)
    policies = (key.policy,) if key and closed_key_policy(attempt) else attempt.path.role.policies
    for policy in policies:
        for statement in statements(policy):
            if statement.conditions and covers(statement, attempt.request.action):
                return statement.origin
    return None
