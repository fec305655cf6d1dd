from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.jobs import job_doubt, job_setting, own_jobs
from scenarios.rules.rule import holds, rule, unknown, violated
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
    controls=(
        "SecurityHub/SageMaker.9",
        "SecurityHub/SageMaker.10",
        "SecurityHub/SageMaker.13",
        "SecurityHub/SageMaker.15",
        "SecurityHub/SageMaker.22",
        "CKV_AWS_369",
        "Prowler/sagemaker_training_jobs_intercontainer_encryption_enabled",
    ),
)
def inter_container_encryption(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Traffic between a job's containers is encrypted.

    Jobs on several instances exchange the data that they work on. Transform jobs and models have no such traffic.

    Source: "Protect communications between ML compute instances in a distributed training job",
    https://docs.aws.amazon.com/sagemaker/latest/dg/train-encrypt.html
    """
    for job in own_jobs(account):
        at = job_setting(job, "NetworkConfig", "EnableInterContainerTrafficEncryption")
        if (doubt := job_doubt(job, "EnableInterContainerTrafficEncryption")) is not None:
            yield unknown(at, f"whether {job.name} encrypts traffic between its containers is not known: {doubt}")
        elif job.encrypt_inter_container:
            yield holds(at, f"{job.name} encrypts traffic between its containers")
        else:
            yield violated(at, f"{job.name} sends data between its containers in the clear")
