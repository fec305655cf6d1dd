from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_KEY = "arn:{partition}:kms:{region}:{account}:key/any-key-at-all"


@rule(
    severity=Severity.MEDIUM,
    needs=POLICY_TYPES,
    remediation="Name the keys in Resource.",
    controls=("SecurityHub/KMS.1", "SecurityHub/KMS.2"),
)
def decrypt_on_every_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may decrypt with every key.

    Where a key policy hands the decision to IAM (the default), such a policy opens whatever is encrypted in the
    account. Asked for a key that nobody names and a call that the holder makes itself: a statement that is confined by
    a condition (`kms:ViaService`, a tag, an encryption context) does not grant it.

    Source: "Best practices for IAM policies",
    https://docs.aws.amazon.com/kms/latest/developerguide/iam-policies-best-practices.html
    """
    yield from unscoped(account, (("kms:Decrypt", _KEY), ("kms:ReEncryptFrom", _KEY)), "may decrypt with every key")
