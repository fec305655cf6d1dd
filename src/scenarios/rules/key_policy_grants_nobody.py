from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.reads import (
    DATA_TYPES,
    Attempt,
    attempts,
    closed_key_policy,
    condition_stands_in_the_way,
    locked_out_by_endpoint,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Name the role in the key policy, or delegate to the account: Principal "
    "arn:aws:iam::ACCOUNT:root with the actions that IAM policies may grant.",
)
def key_policy_grants_nobody(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The key policy names the role or hands the decision to the account's IAM.

    A key policy is not optional: without a statement that names the role or delegates to the account root,
    `kms:Decrypt` in an identity policy does nothing.

    Source: "Key policies in AWS KMS", https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    """
    for attempt in attempts(account, scope):
        key = account.key(attempt.request.resource) if attempt.kms else None
        if key is None or locked_out_by_endpoint(account, attempt.decision):
            continue
        if attempt.decision.allowed:
            yield judgement(
                Verdict.HOLDS, key.policy.origin, f"{attempt.what}: the key policy admits it", attempt.decision
            )
        elif _closed(account, attempt):
            message = f"{attempt.what}: the key policy neither names the role nor delegates to the account"
            yield judgement(Verdict.VIOLATED, key.policy.origin, message, attempt.decision)


def _closed(account: Account, attempt: Attempt) -> bool:
    """Whether the key policy itself is what is missing, not a condition in it."""
    closed = attempt.decision.denied and closed_key_policy(attempt)
    return closed and not condition_stands_in_the_way(account, attempt)
