from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import closed_to_strangers

_CALLS = (
    *("kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt", "kms:ReEncryptFrom", "kms:CreateGrant"),
    *("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"),
)
"""Uses of the key, and what makes a use possible: a grant is a permission to decrypt."""


@rule(
    severity=Severity.CRITICAL,
    needs=DATA_TYPES,
    remediation="Take the statement out, or name the principals that need it.",
    controls=(
        "SecurityHub/KMS.5",
        "CKV_AWS_33",
        "Prowler/kms_key_not_publicly_accessible",
    ),
)
def key_usable_by_others(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody outside the account uses the key.

    Asked for an anonymous caller, for a principal of an unknown account, and for whomever the policy names outside the
    account, through the key policy. A statement for every principal is safe only with a condition that ties it to the
    account, such as `kms:CallerAccount`.

    Source: "Allowing users in other accounts to use a KMS key",
    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
    """
    for key in scope.keys:
        calls = tuple((action, key.arn) for action in _CALLS)
        yield from closed_to_strangers(account, key, key.policy, calls, f"key {key.key_id}")
