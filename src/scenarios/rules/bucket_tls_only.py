from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Outcome, Request, ask
from scenarios.account import Account
from scenarios.account.s3 import Bucket
from scenarios.finding import Judgement, Severity
from scenarios.rules.reads import DATA_TYPES
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope
from scenarios.rules.strangers import ANONYMOUS, foreign_role


@rule(
    severity=Severity.MEDIUM,
    needs=DATA_TYPES,
    remediation="Deny s3:* to Principal * on the bucket and its objects where aws:SecureTransport is false.",
    controls=(
        "SecurityHub/S3.5",
        "CKV_AWS_379",
        "cdk-nag/AwsSolutions-S10",
        "Prowler/s3_bucket_secure_transport_policy",
    ),
)
def bucket_tls_only(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody reads or writes the bucket without TLS.

    The bucket policy has to deny every call without TLS, to everybody, on the bucket and on its objects. Asked for
    several calls and callers with `aws:SecureTransport` false: each has to be denied explicitly, whichever way the
    Deny is written.

    Source: "Security best practices for Amazon S3",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
    """
    for bucket in scope.buckets:
        at = bucket.policy.origin if bucket.policy else bucket.origin
        open_calls = [
            (action, decision)
            for action, resource in _calls(bucket)
            for principal in _callers(account)
            if (decision := ask(account, _without_tls(account, principal, action, resource))).outcome
            is not Outcome.EXPLICIT_DENY
        ]
        undecided = next((decision for _, decision in open_calls if decision.outcome is Outcome.UNKNOWN), None)
        if not open_calls:
            yield holds(at, f"bucket {bucket.name} denies every call without TLS")
        elif undecided and all(decision.outcome is Outcome.UNKNOWN for _, decision in open_calls):
            yield unknown(at, f"whether bucket {bucket.name} denies calls without TLS: {undecided.why}")
        else:
            actions = sorted({action for action, _ in open_calls})
            yield violated(at, f"bucket {bucket.name} does not deny {', '.join(actions)} without TLS", calls=actions)


def _calls(bucket: Bucket) -> tuple[tuple[str, str], ...]:
    objects = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    return (*((action, f"{bucket.arn}/any-object") for action in objects), ("s3:ListBucket", bucket.arn))


def _callers(account: Account) -> tuple[str, ...]:
    own = f"arn:{account.partition}:iam::{account.account_id}:role/any-role"
    return ANONYMOUS, own, foreign_role(account)


def _without_tls(account: Account, principal: str, action: str, resource: str) -> Request:
    return Request(principal, action, resource, account.account_id, {"aws:securetransport": "false"})
