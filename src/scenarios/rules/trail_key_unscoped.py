from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import deliver_trail_log
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.trails import DELIVERY_TYPES, for_foreign_trail


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=DELIVERY_TYPES,
    remediation="Add conditions: aws:SourceArn equals the trail's ARN, and "
    "kms:EncryptionContext:aws:cloudtrail:arn like the account's trails.",
    controls=("Prowler/iam_role_cross_service_confused_deputy_prevention",),
)
def trail_key_unscoped(account: Account, scope: Scope) -> Iterator[Judgement]:
    """CloudTrail may use the trail's key for this account's trails only.

    Asked with the request that CloudTrail would make to encrypt for a trail of an unknown account: neither
    `aws:SourceArn` nor the encryption context names a trail of this one. `kms:DescribeKey` is harmless and not asked.

    Source: "Configure AWS KMS key policies for CloudTrail",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    """
    for trail in scope.trails:
        key = account.key(trail.kms_key)
        if key is not None:
            requests = [
                request
                for request in deliver_trail_log(account, trail)
                if request.action.startswith("kms:") and request.action != "kms:DescribeKey"
            ]
            yield from for_foreign_trail(account, requests, key.policy.origin)
