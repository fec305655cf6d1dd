"""Which AWS services a declared workload has to reach.

| workload | services | page below https://docs.aws.amazon.com/sagemaker/latest/dg/ |
|---|---|---|
| notebook | S3, SageMaker API | appendix-notebook-and-internet-access.html |
| Studio, VpcOnly | S3, SageMaker API and runtime | studio-notebooks-and-internet-access.html |
| model | S3 for its data; ECR where its image is pulled in the VPC | host-vpc.html |
| monitoring job | S3 | process-vpc.html |
"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.sagemaker import Domain, EndpointConfig, JobDefinition, Model, Notebook, UserProfile
from scenarios.account.workload import Workload

Need = tuple[str, str, bool]
"""A service, why it is needed, and whether the workload cannot do without."""

_STUDIO = "studio-notebooks-and-internet-access"
_NOTEBOOK = "appendix-notebook-and-internet-access"


def needs(workload: Workload, account: Account) -> tuple[Need, ...]:
    """The services that the workload has to reach from its VPC; the documentation page is the reason."""
    if isinstance(workload, Notebook):
        return (("s3", _NOTEBOOK, True), ("sagemaker.api", _NOTEBOOK, True), ("sagemaker.runtime", _NOTEBOOK, False))
    if isinstance(workload, Domain | UserProfile):
        return _studio(workload, account)
    if isinstance(workload, Model):
        pulls = any(container.image_in_vpc for container in workload.containers)
        images = (("ecr.api", "host-vpc", pulls), ("ecr.dkr", "host-vpc", pulls)) if pulls else ()
        return (("s3", "host-vpc", True), *images)
    if isinstance(workload, JobDefinition | EndpointConfig):
        return (("s3", "process-vpc", True),)
    return ()


def _studio(workload: Domain | UserProfile, account: Account) -> tuple[Need, ...]:
    domain = next((domain for domain in account.domains if domain.domain_id == workload.domain_id), None)
    only = domain is not None and not domain.internet_access
    return (
        ("s3", _STUDIO, only),
        ("sagemaker.api", _STUDIO, only),
        ("sagemaker.runtime", _STUDIO, only),
        ("studio", _STUDIO, False),
    )
