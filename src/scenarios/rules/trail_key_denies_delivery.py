from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import deliver_trail_log, may
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import failing_statement, must_be_allowed
from scenarios.rules.rule import prop, rule, unknown
from scenarios.rules.scope import Scope
from scenarios.rules.trails import DELIVERY_TYPES


@rule(
    severity=Severity.HIGH,
    needs=DELIVERY_TYPES,
    remediation="Let cloudtrail.amazonaws.com call kms:GenerateDataKey* and kms:DescribeKey in the key policy, with "
    "aws:SourceArn the trail and kms:EncryptionContext:aws:cloudtrail:arn like the account's trails.",
)
def trail_key_denies_delivery(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trail's key really lets CloudTrail encrypt.

    CloudTrail asks for a data key as the service `cloudtrail.amazonaws.com`, with the trail's ARN both as
    `aws:SourceArn` and in the encryption context. IAM policies of the account do not help it: only the key policy
    does.

    Source: "Configure AWS KMS key policies for CloudTrail",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    """
    for trail in scope.trails:
        if not trail.kms_key:
            continue
        key = account.key(trail.kms_key)
        if key is None:
            yield unknown(prop(trail, "KMSKeyId"), f"key {trail.kms_key} is not in this account")
            continue
        requests = [request for request in deliver_trail_log(account, trail) if request.action.startswith("kms:")]
        for request, decision in zip(requests, may(account, requests), strict=True):
            yield must_be_allowed(
                decision,
                failing_statement(decision) or key.policy.origin,
                f"CloudTrail's {request.action} for trail {trail.name}",
            )
