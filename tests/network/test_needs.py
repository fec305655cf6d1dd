"""What each kind of workload needs, and which endpoint serves a call."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import botocore.loaders
import pytest

from scenarios.account import Account, Policy
from scenarios.account.bedrock import Job
from scenarios.account.iam import Role
from scenarios.account.network import Placement
from scenarios.account.sagemaker import Container, Domain, JobDefinition, Model, Notebook, UserProfile
from scenarios.account.workload import EcsService, Instance, LambdaFunction, LaunchTemplate, TaskDefinition
from scenarios.network.needed.calls import COLLECTION, SPLIT, covers, service_of, services_of
from scenarios.network.needed.needs import _CLASSES, _CONDITIONS, _JOBS, needs
from scenarios.network.needed.table import NOTHING, ROWS

sys.path.insert(0, str(Path(__file__).parent))
from page import PAGE, render

ROLE = "arn:aws:iam::111122223333:role/worker"
PLACE = Placement(subnet_ids=("subnet-1",), security_group_ids=("sg-1",), vpc_id="vpc-1")
ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1"


def policy(*actions, effect="Allow", managed=False, **more):
    statement = {"Effect": effect, "Action": list(actions), "Resource": "*", **more}
    return Policy(name="policy", text=json.dumps({"Statement": [statement]}), aws_managed=managed)


def account(*policies, **facts):
    trust = Policy(name="trust", text="{}")
    role = Role(name="worker", arn=ROLE, trust=trust, inline=policies)
    return Account(account_id="111122223333", region="eu-west-1", roles=(role,), **facts)


def named(cls, **more):
    return cls(name="one", arn="arn:one", role=ROLE, placement=PLACE, **more)


def needed(workload, where):
    """Required services and possible ones."""
    found = needs(workload, where)
    return {n.service for n in found if n.required}, {n.service for n in found if not n.required}


def test_a_notebook():
    private = named(Notebook, direct_internet=False)
    assert needed(private, account()) == ({"s3", "sagemaker.api"}, {"sagemaker.runtime"})
    assert needed(named(Notebook), account()) == (set(), {"sagemaker.api", "sagemaker.runtime"})
    own = policy("kms:Decrypt", "ec2:CreateNetworkInterface", "s3:GetObject")
    assert needed(private, account(own))[1] == {"sagemaker.runtime", "kms"}
    assert needed(private, account(policy("kms:Decrypt", managed=True)))[1] == {"sagemaker.runtime"}


@pytest.mark.parametrize("cls", [Domain, UserProfile])
def test_studio(cls):
    workload = named(cls, domain_id="d-1")
    domain = named(Domain, domain_id="d-1", internet_access=False)
    required = {"s3", "sagemaker.api", "sagemaker.runtime"}
    possible = {"studio", "servicecatalog", "sts", "logs"}
    assert needed(workload, account(domains=(domain,))) == (required, possible)
    assert needed(workload, account(domains=(named(Domain, domain_id="d-1"),))) == (set(), set())


def test_a_model():
    def model(**container):
        return named(Model, containers=(Container(**container),))

    assert needed(model(image=ECR, model_data=("s3://models/one.tar.gz",)), account()) == ({"s3"}, set())
    assert needed(model(image=ECR), account()) == (set(), {"s3"})
    assert needed(model(image="registry.example.com/one", image_in_vpc=True), account()) == (set(), {"s3"})
    assert needed(model(image=ECR, image_in_vpc=True), account()) == (set(), {"s3", "ecr.api", "ecr.dkr"})


@pytest.mark.parametrize("kind", [*_JOBS, "Training", "AutoML", "DataQuality", "MonitoringSchedule", "processing"])
def test_a_job(kind):
    cls = Job if kind in ("customization", "import", "invocation") else JobDefinition
    wanted = (set(), {"s3"}) if kind == "model" else ({"s3"}, set())  # whether a step's model has data is not seen
    assert needed(named(cls, kind=kind), account()) == wanted


@pytest.mark.parametrize("kind", ["ModelBias", "ModelExplainability"])
def test_a_clarify_job(kind):
    assert needed(named(JobDefinition, kind=kind), account()) == ({"s3"}, {"sagemaker.api", "sagemaker.runtime"})


def test_a_function():
    function = named(LambdaFunction)
    own = policy("logs:PutLogEvents", "ec2:CreateNetworkInterface", "xray:PutTraceSegments")
    assert needed(function, account(own, policy("bedrock:InvokeModel*"))) == ({"bedrock-runtime"}, {"xray"})
    assert needed(function, account(policy("bedrock:Retrieve"))) == (set(), {"bedrock-agent-runtime"})
    assert needed(function, account(policy("*"))) == (set(), set())
    assert needed(function, account(policy("s3:GetObject", effect="Deny"))) == (set(), set())
    assert needed(function, account(policy("logs:FilterLogEvents", managed=True))) == (set(), {"logs"})
    assert needed(named(LambdaFunction).model_copy(update={"role": None}), account()) == (set(), set())


def test_instances():
    managed = policy("ssm:UpdateInstanceInformation", "ssmmessages:*", "ec2messages:GetMessages", managed=True)
    for workload in (named(Instance, instance_id="i-1"), named(LaunchTemplate, launch_template_id="lt-1")):
        assert needed(workload, account(managed)) == (set(), {"ssm", "ssmmessages", "ec2messages"})


@pytest.mark.parametrize(
    ("launch_type", "launch_types", "image", "required"),
    [
        ("FARGATE", ("FARGATE",), ECR, {"ecr.api", "ecr.dkr", "s3"}),
        (None, ("FARGATE",), ECR, {"ecr.api", "ecr.dkr", "s3"}),
        (None, ("EC2", "FARGATE"), ECR, set()),
        ("EC2", ("EC2",), ECR, set()),
        ("FARGATE", ("FARGATE",), "public.ecr.aws/nginx/nginx:1", set()),
    ],
)
def test_an_ecs_service(launch_type, launch_types, image, required):
    task = TaskDefinition(
        arn="task:1", family="task", network_mode="awsvpc", images=(image,), launch_types=launch_types
    )
    service = named(
        EcsService, cluster="c", task_definition="task:1", launch_type=launch_type, execution_role="execution"
    )
    found = account(policy("dynamodb:GetItem"), task_definitions=(task,))
    trust = Policy(name="trust", text="{}")
    pulls = Role(name="execution", arn="execution", trust=trust, inline=(policy("logs:PutLogEvents"),))
    found = found.model_copy(update={"roles": (*found.roles, pulls)})
    fargate = "FARGATE" in (launch_type, *launch_types) and launch_types != ("EC2", "FARGATE")
    assert needed(service, found) == (required, {"dynamodb", *(("logs",) if fargate else ())})


def test_every_row_can_be_asked_for():
    kinds = {*_CLASSES.values(), *_JOBS.values(), "SageMaker processing or monitoring job"}
    kinds |= {"ECS service", "ECS service on Fargate"}
    later = {"Bedrock AgentCore runtime", "SageMaker HyperPod cluster"}
    assert {row.kind for row in ROWS} == kinds | later
    assert {row.when for row in ROWS if row.kind not in later} <= set(_CONDITIONS)
    assert all(len(one) == 3 for one in NOTHING)


def test_a_service_is_needed_once():
    function = named(LambdaFunction)
    assert len(needs(function, account(policy("s3:*", "bedrock:*", "s3:GetObject")))) == 7


OPERATIONS = {
    "bedrock": ("bedrock", "bedrock"),
    "bedrock-runtime": ("bedrock", "bedrock-runtime"),
    "bedrock-agent": ("bedrock", "bedrock-agent"),
    "bedrock-agent-runtime": ("bedrock", "bedrock-agent-runtime"),
    "bedrock-data-automation": ("bedrock", "bedrock-data-automation"),
    "bedrock-data-automation-runtime": ("bedrock", "bedrock-data-automation-runtime"),
    "bedrock-agentcore": ("bedrock-agentcore", "bedrock-agentcore"),
    "bedrock-agentcore-control": ("bedrock-agentcore", "bedrock-agentcore-control"),
    "sagemaker": ("sagemaker", "sagemaker.api"),
    "sagemaker-runtime": ("sagemaker", "sagemaker.runtime"),
    "sagemaker-featurestore-runtime": ("sagemaker", "sagemaker.featurestore-runtime"),
    "sagemaker-metrics": ("sagemaker", "sagemaker.metrics"),
    "opensearchserverless": ("aoss", "aoss"),
    "dynamodb": ("dynamodb", "dynamodb"),
    "dynamodbstreams": ("dynamodb", "dynamodb-streams"),
    "personalize-runtime": ("personalize", "personalize-runtime"),
    "personalize-events": ("personalize", "personalize-events"),
    "lexv2-runtime": ("lex", "runtime-v2-lex"),
    "lexv2-models": ("lex", "models-v2-lex"),
    "appconfigdata": ("appconfig", "appconfigdata"),
}
SHARED = {"TagResource", "UntagResource", "ListTagsForResource"}
SHARED |= {"PutResourcePolicy", "GetResourcePolicy", "DeleteResourcePolicy"}
"""Operations that several of the services have under one name."""


@pytest.mark.parametrize(("model", "prefix", "service"), [(m, p, s) for m, (p, s) in OPERATIONS.items()])
def test_every_operation_has_its_endpoint(model, prefix, service):
    operations = botocore.loaders.Loader().load_service_model(model, "service-2")["operations"]
    wrong = {name for name in operations if name not in SHARED and service_of(f"{prefix}:{name}") != service}
    assert wrong == set()


def test_no_operation_has_two_endpoints():
    for prefix, split in SPLIT.items():
        names = [name for operations in split.operations.values() for name in operations]
        assert len(names) == len(set(names)), prefix


@pytest.mark.parametrize(
    ("action", "service"),
    [
        ("bedrock:InvokeModel", "bedrock-runtime"),
        ("Bedrock:invokemodel", "bedrock-runtime"),
        ("bedrock:Converse", "bedrock-runtime"),
        ("bedrock:CallWithBearerToken", None),
        ("bedrock-mantle:CreateInference", "bedrock-mantle"),
        ("bedrock-agentcore:InvokeGateway", "bedrock-agentcore.gateway"),
        ("aoss:APIAccessAll", COLLECTION),
        ("cloudwatch:PutMetricData", "monitoring"),
        ("kinesis:PutRecord", "kinesis-streams"),
        ("states:StartExecution", "states"),
        ("states:StartSyncExecution", "sync-states"),
        ("ecr:GetAuthorizationToken", "ecr.api"),
        ("sagemaker-mlflow:LogMetric", "experiments"),
        ("iam:PassRole", None),
        ("appsync:CreateApi", None),
        ("nonsense", None),
        ("*", None),
    ],
)
def test_the_endpoint_of_an_action(action, service):
    assert service_of(action) == service
    assert services_of(action) == ((service,) if service else ())


@pytest.mark.parametrize(
    ("pattern", "services"),
    [
        ("s3:Get*", {"s3"}),
        ("bedrock:InvokeModel*", {"bedrock-runtime"}),
        ("bedrock:Retrieve*", {"bedrock-agent-runtime"}),
        ("bedrock:ListFoundation*", {"bedrock"}),
        ("bedrock:Create*Job", {"bedrock"}),
        ("sagemaker:Invoke*", {"sagemaker.runtime"}),
        ("ecr:*", {"ecr.api", "ecr.dkr"}),
        ("iam:*", set()),
        ("*:*", set()),
    ],
)
def test_the_endpoints_of_a_pattern(pattern, services):
    assert set(services_of(pattern)) == services


def test_covering():
    assert covers(["s3:GetObject", "bedrock:invoke*"], "bedrock:InvokeModel")
    assert not covers(["*", "bedrock:Get[IM]*", "s3:*"], "bedrock:InvokeModel")


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == render(), "the table has changed: run .venv/bin/python tests/network/page.py"
