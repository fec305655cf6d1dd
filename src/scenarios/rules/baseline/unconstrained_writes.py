from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, Call, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_OBJECT = "arn:{partition}:s3:::any-bucket-at-all/any-object"
_TABLE = "arn:{partition}:dynamodb:{region}:{account}:table/any-table-at-all"
_CALLS: tuple[Call, ...] = (
    ("s3:PutObject", _OBJECT),
    ("s3:DeleteObject", _OBJECT),
    ("s3:DeleteObjectVersion", _OBJECT),
    ("s3:DeleteBucket", "arn:{partition}:s3:::any-bucket-at-all"),
    ("dynamodb:PutItem", _TABLE),
    ("dynamodb:UpdateItem", _TABLE),
    ("dynamodb:DeleteItem", _TABLE),
    ("dynamodb:BatchWriteItem", _TABLE),
    ("dynamodb:DeleteTable", _TABLE),
    ("kms:ScheduleKeyDeletion", "arn:{partition}:kms:{region}:{account}:key/any-key-at-all"),
    ("lambda:UpdateFunctionCode", "arn:{partition}:lambda:{region}:{account}:function:any-function-at-all"),
    ("ec2:TerminateInstances", "arn:{partition}:ec2:{region}:{account}:instance/any-instance-at-all"),
    ("logs:DeleteLogGroup", "arn:{partition}:logs:{region}:{account}:log-group:any-log-group-at-all"),
    ("cloudtrail:StopLogging", "arn:{partition}:cloudtrail:{region}:{account}:trail/any-trail-at-all"),
    ("secretsmanager:PutSecretValue", "arn:{partition}:secretsmanager:{region}:{account}:secret:any-secret-at-all"),
    ("sqs:DeleteQueue", "arn:{partition}:sqs:{region}:{account}:any-queue-at-all"),
    ("sns:DeleteTopic", "arn:{partition}:sns:{region}:{account}:any-topic-at-all"),
    ("ecr:PutImage", "arn:{partition}:ecr:{region}:{account}:repository/any-repository-at-all"),
    ("bedrock:DeleteGuardrail", "arn:{partition}:bedrock:{region}:{account}:guardrail/any-guardrail-at-all"),
    ("sagemaker:DeleteEndpoint", "arn:{partition}:sagemaker:{region}:{account}:endpoint/any-endpoint-at-all"),
)


@rule(
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    needs=POLICY_TYPES,
    remediation="Name the resources in Resource, or confine the statement by a condition.",
    controls=("CKV_AWS_111",),
)
def unconstrained_writes(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may overwrite or delete whatever it likes.

    Asked for a selection of writes and deletions that AWS offers for single resources, on ones that nobody names.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    yield from unscoped(account, _CALLS, "may overwrite or delete whatever it likes")
