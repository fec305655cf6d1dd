from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.jobs import job_doubt, job_setting, own_jobs
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=(
        "AWS::SageMaker::DataQualityJobDefinition",
        "AWS::SageMaker::ModelBiasJobDefinition",
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "AWS::SageMaker::ModelQualityJobDefinition",
        "AWS::SageMaker::MonitoringSchedule",
        "AWS::SageMaker::Pipeline",
    ),
    remediation="Set NetworkConfig.EnableNetworkIsolation to true, unless the job has to call out.",
    controls=(
        "SecurityHub/SageMaker.11",
        "SecurityHub/SageMaker.12",
        "SecurityHub/SageMaker.14",
        "SecurityHub/SageMaker.20",
        "SecurityHub/SageMaker.25",
        "Prowler/sagemaker_training_jobs_network_isolation_enabled",
    ),
)
def job_network_isolation(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The containers of a job make no network calls of their own.

    With network isolation they cannot call out, not even to S3, and hold no credentials; SageMaker still moves the
    job's data for them. A job that has to call another service cannot be isolated, so that this is a hint. Transform
    jobs and models take it from their model.

    Source: "Run training and inference containers in internet-free mode",
    https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
    """
    for job in own_jobs(account):
        at = job_setting(job, "NetworkConfig", "EnableNetworkIsolation")
        if (doubt := job_doubt(job, "EnableNetworkIsolation")) is not None:
            yield unknown(at, f"whether {job.name} is isolated is not known: {doubt}")
        elif job.network_isolation:
            yield holds(at, f"the containers of {job.name} are isolated")
        else:
            yield violated(at, f"the containers of {job.name} may call out with the role's credentials")
