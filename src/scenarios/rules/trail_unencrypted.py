from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import DELIVERY_TYPES


@rule(
    severity=Severity.MEDIUM,
    needs=DELIVERY_TYPES,
    remediation="Set KMSKeyId to a customer managed key whose policy lets CloudTrail encrypt.",
    controls=("SecurityHub/CloudTrail.2", "CKV_AWS_35", "Prowler/cloudtrail_kms_encryption_enabled"),
)
def trail_unencrypted(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Log files are encrypted with a customer managed key.

    Then reading the log takes `kms:Decrypt` as well as S3, and the key policy names who may. The trail's own setting
    is judged, not the bucket's default encryption.

    Source: "Encrypting CloudTrail log files with AWS KMS keys",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
    """
    for trail in scope.trails:
        at = prop(trail, "KMSKeyId")
        if customer_key(trail.kms_key):
            yield holds(at, f"trail {trail.name} encrypts with {trail.kms_key}")
        else:
            yield violated(at, f"trail {trail.name} has no key of its own: whoever reads the bucket reads the log")
