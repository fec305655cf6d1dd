"""What moto lacks or loses, answered at the botocore boundary from a record of what was requested.

Everything above speaks boto3 alone and cannot tell: botocore still validates parameters, answers have the shapes of its
models, and errors are raised as their exceptions. `missing` serves whole kinds of things by a table, `remembered` puts
lost members back into answers, both declared in the module of their service, which also holds what is special in it.

Each supplement has a case in tests/emulator/losses.py that fails once moto no longer needs it.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements import (
    autoscaling,
    bedrock,
    bedrock_agent,
    bedrock_agentcore,
    cloudtrail,
    codebuild,
    config,
    ec2,
    ec2_addresses,
    ec2_launch,
    ec2_public_access,
    ec2_transit,
    ec2_volumes,
    ecs,
    elbv2,
    iam,
    iam_groups,
    iam_inline,
    kms,
    lambda_,
    macie,
    opensearchserverless,
    rds,
    s3,
    s3_logging,
    sagemaker,
    sagemaker_tags,
    secretsmanager,
    tags,
)
from scenarios.emulator.supplements.missing import Missing
from scenarios.emulator.supplements.record import Record, listen
from scenarios.emulator.supplements.remembered import Remembered

_KINDS = (
    *bedrock.KINDS,
    *bedrock_agent.KINDS,
    *bedrock_agentcore.KINDS,
    *opensearchserverless.KINDS,
    *sagemaker.KINDS,
    *cloudtrail.KINDS,
    *config.KINDS,
    *ec2_public_access.KINDS,
)
_LOST = (*sagemaker.LOST, *ecs.LOST)
_SPECIAL = (
    autoscaling,
    bedrock_agent,
    cloudtrail,
    codebuild,
    config,
    ec2,
    ec2_addresses,
    ec2_launch,
    ec2_public_access,
    ec2_transit,
    ec2_volumes,
    ecs,
    elbv2,
    iam,
    iam_groups,
    iam_inline,
    kms,
    lambda_,
    macie,
    opensearchserverless,
    rds,
    s3,
    s3_logging,
    sagemaker_tags,
    secretsmanager,
    tags,
)


def register(emitter: Any, account_id: str, region: str) -> None:
    """Register every supplement with a session's event system; the record lives as long as the session."""
    record = Record(account_id, region)
    listen(emitter)
    for kind in _KINDS:
        Missing(kind, record).register(emitter)
    for lost in _LOST:
        Remembered(lost, record).register(emitter)
    for module in _SPECIAL:
        module.register(emitter, record)
