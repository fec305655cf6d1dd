from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.reads import (
    DATA_TYPES,
    attempts,
    locked_out_by_endpoint,
    only_endpoint_in_the_way,
    place_to_grant,
)
from scenarios.rules.rule import rule, unknown
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=DATA_TYPES,
    remediation="Grant the role s3:GetObject on the bucket's objects and s3:ListBucket on the bucket, and take "
    "out what denies them.",
)
def s3_read_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The role can read (or write) the bucket that it is meant for, as far as S3 decides.

    Decided through the role's policies, its boundary, the bucket policy and what else takes part. Bedrock acts with
    the role's own credentials: not from a VPC, and not as an AWS service; a SageMaker workload in a VPC comes through
    its S3 endpoint. A data source that names prefixes is asked for an object below each.

    Source: "Create a service role for Amazon Bedrock Knowledge Bases",
    https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html
    """
    for unseen in scope.unseen_roles:
        yield unknown(unseen.user.origin, unseen.reason)
    for attempt in attempts(account, scope):
        decision = attempt.decision
        elsewhere = locked_out_by_endpoint(account, decision) or only_endpoint_in_the_way(decision)
        if not attempt.kms and not elsewhere:
            yield must_be_allowed(attempt.decision, place_to_grant(attempt.path.role), attempt.what)
