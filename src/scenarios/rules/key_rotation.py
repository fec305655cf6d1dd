from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    needs=("AWS::KMS::Key",),
    remediation="Set EnableKeyRotation to true.",
    controls=("SecurityHub/KMS.4", "CKV_AWS_7", "cdk-nag/AwsSolutions-KMS5", "Prowler/kms_cmk_rotation_enabled"),
)
def key_rotation(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Customer managed keys rotate.

    Judged for symmetric encryption keys: KMS rotates no others.

    Source: "Rotate AWS KMS keys", https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
    """
    for key in scope.keys:
        if key.spec != "SYMMETRIC_DEFAULT" or key.usage != "ENCRYPT_DECRYPT":
            continue
        at = prop(key, "EnableKeyRotation")
        if key.rotation is None:
            yield unknown(at, f"whether key {key.key_id} rotates could not be read")
        elif key.rotation:
            yield holds(at, f"key {key.key_id} rotates")
        else:
            # A replica rotates as its primary does, which stands in another Region.
            yield violated(at, f"key {key.key_id} never rotates", prop(key, "PrimaryKeyArn"))
