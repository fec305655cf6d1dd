"""What the rules about SageMaker's jobs share: where a job says something, and whether that is known."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.sagemaker import JobDefinition
from scenarios.finding import Origin
from scenarios.rules.rule import prop

_SCHEDULED = ("MonitoringScheduleConfig", "MonitoringJobDefinition")


def own_jobs(account: Account) -> Iterator[JobDefinition]:
    """The jobs with network settings of their own: transform jobs and models' steps take their model's."""
    yield from (job for job in account.job_definitions if job.kind not in ("transform", "model"))


def job_setting(job: JobDefinition, *path: str) -> Origin | None:
    """The origin of a job's setting; a pipeline's step, and a job that runs, have no properties of their own."""
    if job.origin is None or job.origin.path or job.kind[:1].islower():
        return job.origin
    return prop(job, *(_SCHEDULED if job.kind == "MonitoringSchedule" else ()), *path)


def job_doubt(job: JobDefinition, setting: str) -> str | None:
    """Why a setting is decided only when the job's pipeline runs, if it is."""
    return next((reason for path, reason in job.uncertain if path[-1:] == (setting,)), None)
