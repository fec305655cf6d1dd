from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.holders import POLICY_TYPES, Call, unscoped
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_OBJECT = "arn:{partition}:s3:::any-bucket-at-all/any-object"
_TABLE = "arn:{partition}:dynamodb:{region}:{account}:table/any-table-at-all"
_PARAMETER = "arn:{partition}:ssm:{region}:{account}:parameter/any-parameter-at-all"
_CALLS: tuple[Call, ...] = (
    ("s3:GetObject", _OBJECT),
    ("s3:GetObjectVersion", _OBJECT),
    ("secretsmanager:GetSecretValue", "arn:{partition}:secretsmanager:{region}:{account}:secret:any-secret-at-all"),
    ("ssm:GetParameter", _PARAMETER),
    ("ssm:GetParameters", _PARAMETER),
    ("ssm:GetParametersByPath", _PARAMETER),
    ("dynamodb:GetItem", _TABLE),
    ("dynamodb:BatchGetItem", _TABLE),
    ("dynamodb:Query", _TABLE),
    ("dynamodb:Scan", _TABLE),
    ("dynamodb:PartiQLSelect", _TABLE),
    ("bedrock:Retrieve", "arn:{partition}:bedrock:{region}:{account}:knowledge-base/ANYBASE"),
    ("ebs:GetSnapshotBlock", "arn:{partition}:ec2:{region}::snapshot/any-snapshot-at-all"),
)


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=POLICY_TYPES,
    remediation="Name the buckets, secrets, parameters or tables in Resource.",
    controls=("CKV_AWS_108",),
)
def data_exfiltration(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may read whatever data it likes.

    Asked for objects, secrets, parameters, tables, knowledge bases and snapshots that nobody names: a stolen credential
    with such a policy carries everything away.

    Source: "Security best practices in IAM", https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
    """
    yield from unscoped(account, _CALLS, "may read whatever data it likes")
