from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.jobs import job_doubt, job_setting
from scenarios.rules.keys import customer_key
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
        "AWS::SageMaker::Pipeline",
    ),
    remediation="Set VolumeKmsKeyId of the job's cluster and KmsKeyId of its output to a customer managed key.",
    controls=("CKV_AWS_367", "CKV_AWS_368", "Prowler/sagemaker_training_jobs_volume_and_output_encryption_enabled"),
)
def job_storage_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A job's volumes and output are encrypted with a customer managed key.

    Without one SageMaker uses a key of its own for the volumes, and the bucket's default for the output: nobody in
    the account can see, restrict or stop the use of the former.

    Source: "Protect data at rest using encryption",
    https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html
    """
    for job in account.job_definitions:
        if job.kind == "model":
            continue
        for what, key, setting in (
            ("volumes", job.volume_kms_key, "VolumeKmsKeyId"),
            ("output", job.output_kms_key, "OutputKmsKeyId"),
        ):
            at = job_setting(job, *_path(job.kind, setting))
            if (doubt := job_doubt(job, setting)) is not None:
                yield unknown(at, f"with which key the {what} of {job.name} are encrypted is not known: {doubt}")
            elif customer_key(key):
                yield holds(at, f"{job.name}: {what} encrypted with {key}")
            else:
                yield violated(at, f"{job.name}: {what} without a customer managed key")


def _path(kind: str, setting: str) -> tuple[str, ...]:
    """Where a definition of a kind has the setting."""
    scheduled = kind == "MonitoringSchedule"
    if setting == "VolumeKmsKeyId":
        return ("MonitoringResources" if scheduled else "JobResources", "ClusterConfig")
    return ("MonitoringOutputConfig" if scheduled else f"{kind}JobOutputConfig",)
