from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=(
        "AWS::SageMaker::DataQualityJobDefinition",
        "AWS::SageMaker::ModelBiasJobDefinition",
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "AWS::SageMaker::ModelQualityJobDefinition",
        "AWS::SageMaker::MonitoringSchedule",
    ),
    remediation="Set NetworkConfig.EnableInterContainerTrafficEncryption to true.",
    controls=("SecurityHub/SageMaker.9", "CKV_AWS_369"),
)
def inter_container_encryption(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Traffic between a job's containers is encrypted.

    Jobs on several instances exchange the data that they work on.

    Source: "Protect communications between ML compute instances in a distributed training job",
    https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html
    """
    for job in account.job_definitions:
        at = prop(job, "NetworkConfig", "EnableInterContainerTrafficEncryption")
        if job.encrypt_inter_container:
            yield holds(at, f"{job.name} encrypts traffic between its containers")
        else:
            yield violated(at, f"{job.name} sends data between its containers in the clear")
