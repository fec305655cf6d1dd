"""The table of what workloads need of AWS: which service each has to reach from its VPC, when, and who says so.

`docs/network-needs.md` is made from it. `required` is true only where the page says that the workload cannot do without
as long as its VPC has no other way out; besides for what the scenarios themselves ask: S3 for a notebook's data, and
Bedrock for what may invoke models.
"""

from __future__ import annotations

from dataclasses import dataclass, field

AWS = "https://docs.aws.amazon.com/"

CALLED = "(the services that it calls)"
"""In place of a service: each that an Allow statement of the role speaks of."""

PULLS = "(the services that the execution role calls)"
"""In place of a service: each that an Allow statement of the task execution role speaks of."""


@dataclass(frozen=True)
class Row:
    """One service that one kind of workload has to reach where a condition holds; `when` is the condition's name.

    `service` is the short name of a VPC endpoint service, as in `com.amazonaws.REGION.sagemaker.api`. `page` is the
    documentation page below `AWS`.
    """

    kind: str
    when: str
    service: str
    required: bool
    page: str
    why: str


@dataclass(frozen=True)
class _Kind:
    """The rows of one kind."""

    name: str
    rows: list[Row] = field(default_factory=list)

    def needs(self, services: str, when: str, page: str, why: str) -> _Kind:
        """Cannot do without these services."""
        return self._add(services.split(), when, page, why, required=True)

    def may_need(self, services: str, when: str, page: str, why: str) -> _Kind:
        """Needs these services for some of what it can do."""
        return self._add(services.split(), when, page, why, required=False)

    def calls(self, when: str, page: str, why: str, *, service: str = CALLED) -> _Kind:
        """Needs what its role is allowed to call."""
        return self._add([service], when, page, why, required=False)

    def _add(self, services: list[str], when: str, page: str, why: str, *, required: bool) -> _Kind:
        self.rows.extend(Row(self.name, when, service, required, page, why) for service in services)
        return self


ALWAYS = "always"
OWN_POLICIES = "policies of the account's own allow it"
ROLE = "its role allows it"
INVOKES = "its role may invoke models"

_SAGEMAKER = "sagemaker/latest/dg/"
_NOTEBOOK = _SAGEMAKER + "appendix-notebook-and-internet-access.html"
_STUDIO = _SAGEMAKER + "studio-updated-and-internet-access.html"
_HOST = _SAGEMAKER + "host-vpc.html"
_ECS = "AmazonECS/latest/developerguide/vpc-endpoints.html"
_FARGATE = "AmazonECS/latest/developerguide/platform-version-migration.html"
_BEDROCK = "bedrock/latest/userguide/vpc-interface-endpoints.html"
_LAMBDA = "lambda/latest/dg/configuration-vpc-internet.html"
_PRIVATELINK = "vpc/latest/privatelink/aws-services-privatelink-support.html"
_AGENTCORE = "bedrock-agentcore/latest/devguide/agentcore-vpc.html"
_S3_DATA = "its containers cannot connect to the S3 buckets that hold its data"

_KINDS = (
    _Kind("SageMaker notebook instance")
    .needs(
        "s3",
        "direct internet access is disabled",
        _NOTEBOOK,
        "its data lies there: demanded here, the page does not say that it cannot do without",
    )
    .needs("sagemaker.api", "direct internet access is disabled", _NOTEBOOK, "it cannot train or host models without")
    .may_need("sagemaker.runtime", ALWAYS, _NOTEBOOK, "it invokes the endpoints that it hosts")
    .may_need(
        "sagemaker.api",
        "direct internet access is enabled",
        _NOTEBOOK,
        "traffic to interface endpoints goes through the VPC all the same, traffic to gateway endpoints does not",
    )
    .calls(OWN_POLICIES, _NOTEBOOK, "its users call what its role allows"),
    _Kind("SageMaker Studio domain or user profile")
    .needs("sagemaker.api sagemaker.runtime", "VpcOnly", _STUDIO, "Studio cannot be run without")
    .needs("s3", "VpcOnly", _STUDIO, "named among the endpoints to create where there is no internet access")
    .may_need("studio", "VpcOnly", _STUDIO, "to open Studio from within the VPC")
    .may_need("servicecatalog", "VpcOnly", _STUDIO, "for SageMaker Projects")
    .may_need("sts logs", "VpcOnly", _STUDIO, "to run remote training jobs with the SageMaker Python SDK")
    .calls("VpcOnly, and " + OWN_POLICIES, _STUDIO, "its users call what the execution role allows"),
    _Kind("SageMaker model")
    .needs("s3", "it has model data", _HOST, _S3_DATA)
    .may_need("s3", "it has no model data", _HOST, "its code may read buckets")
    .may_need(
        "ecr.api ecr.dkr s3",
        "its image is pulled in the VPC from an Amazon ECR address",
        "sagemaker/latest/APIReference/API_ImageConfig.html",
        "mode Vpc is for a private registry in the VPC; SageMaker itself pulls images of mode Platform from ECR",
    ),
    _Kind("SageMaker endpoint configuration").needs("s3", "it has a VPC of its own", _HOST, _S3_DATA),
    _Kind("SageMaker training, tuning or AutoML job").needs("s3", ALWAYS, _SAGEMAKER + "train-vpc.html", _S3_DATA),
    _Kind("SageMaker compilation job").needs("s3", ALWAYS, _SAGEMAKER + "neo-vpc.html", "its models lie there"),
    _Kind("SageMaker transform job").needs("s3", ALWAYS, _SAGEMAKER + "batch-vpc.html", _S3_DATA),
    _Kind("SageMaker processing or monitoring job")
    .needs("s3", ALWAYS, _SAGEMAKER + "process-vpc.html", _S3_DATA)
    .may_need(
        "sagemaker.api sagemaker.runtime",
        "it is a Clarify job (model bias, explainability)",
        _SAGEMAKER + "clarify-vpc.html",
        "it makes a shadow endpoint where it needs inferences, and invokes it",
    ),
    _Kind("Bedrock customization job").needs(
        "s3", ALWAYS, "bedrock/latest/userguide/vpc-model-customization.html", "its training data and output lie there"
    ),
    _Kind("Bedrock custom model import job").needs(
        "s3", ALWAYS, "bedrock/latest/userguide/vpc-custom-model-import.html", "the model lies there"
    ),
    _Kind("Bedrock batch inference job").needs(
        "s3", ALWAYS, "bedrock/latest/userguide/batch-vpc.html", "its prompts and answers lie there"
    ),
    _Kind("Lambda function")
    .needs("bedrock-runtime", INVOKES, _BEDROCK, "invoking a model is a call of its own code through the VPC")
    .calls(
        ROLE + ", save what Lambda itself does (its logs, its network interfaces)",
        _LAMBDA,
        "a function in a VPC reaches AWS services through that VPC only",
    ),
    _Kind("ECS service on Fargate")
    .needs(
        "ecr.api ecr.dkr s3", "an image comes from private Amazon ECR", _FARGATE, "the task's own interface pulls it"
    )
    .calls(
        "its execution role allows it",
        _ECS,
        "logs of the awslogs driver and secrets are fetched through the task's own interface, where it has any",
        service=PULLS,
    ),
    _Kind("ECS service")
    .needs("bedrock-runtime", INVOKES, _BEDROCK, "invoking a model is a call of its own code through the VPC")
    .calls(ROLE, _ECS, "its containers call what the task role allows"),
    _Kind("EC2 instance")
    .needs("bedrock-runtime", INVOKES, _BEDROCK, "invoking a model is a call of its own code through the VPC")
    .calls(
        ROLE,
        _PRIVATELINK,
        "its programs call what the role allows: with AmazonSSMManagedInstanceCore ssm, ssmmessages and ec2messages",
    ),
    _Kind("Bedrock AgentCore runtime")
    .needs(
        "s3",
        "VPC mode",
        "bedrock-agentcore-control/latest/APIReference/API_VpcConfig.html",
        "it downloads its code or image from there when it starts",
    )
    .may_need("ecr.api ecr.dkr", "VPC mode, its image comes from Amazon ECR", _AGENTCORE, "it starts from the image")
    .may_need("logs", "VPC mode", _AGENTCORE, "it writes its logs through the VPC")
    .calls("VPC mode, and its role allows it", _AGENTCORE, "its code calls what the role allows"),
    _Kind("SageMaker HyperPod cluster").may_need(
        "s3",
        "it has a VPC of its own",
        "sagemaker/latest/APIReference/API_ClusterLifeCycleConfig.html",
        "its lifecycle scripts lie there",
    ),
)

ROWS = tuple(row for kind in _KINDS for row in kind.rows)

NOTHING = (
    ("Studio domain, PublicInternetOnly", "all but EFS goes through a network of SageMaker's own", _STUDIO),
    (
        "Bedrock agent, knowledge base, flow, guardrail, prompt",
        "they have no interface in a VPC: the Bedrock service works in a network of AWS's own",
        None,
    ),
    (
        "images of SageMaker's jobs and models",
        "SageMaker itself pulls them from Amazon ECR, save in mode Vpc",
        "sagemaker/latest/APIReference/API_ImageConfig.html",
    ),
    ("logs of SageMaker's jobs and models", "SageMaker itself delivers them to CloudWatch Logs", None),
    ("logs of a Lambda function", "Lambda itself delivers them, not through the function's interfaces", None),
)
"""What needs nothing of a VPC, why, and the page that says so, if AWS has one."""
