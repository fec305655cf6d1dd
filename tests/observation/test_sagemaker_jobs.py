"""SageMaker's jobs, spaces and clusters, read back as facts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observation.support import NO_VALUE, by_origin, observed
from scenarios.account import Account
from scenarios.account.origins import Origins
from scenarios.account.sagemaker import JobDefinition
from scenarios.observation import observe

ROLE = "arn:aws:iam::123456789012:role/r"
OWN = "arn:aws:iam::123456789012:role/own"
KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
PLACE = {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
LATER = {"Get": "Parameters.Later"}
RUN = "it is known only at run time: Parameters.Later"


def pipeline(*steps: dict[str, Any], body: str = "") -> str:
    text = body or json.dumps(json.dumps({"Version": "2020-12-01", "Steps": steps}))
    return f"""
  Pipe:
    Type: AWS::SageMaker::Pipeline
    Properties: {{PipelineName: p, RoleArn: '{ROLE}', PipelineDefinition: {{PipelineDefinitionBody: {text}}}}}
"""


def step(kind: str, arguments: dict[str, Any], name: str = "s") -> dict[str, Any]:
    return {"Name": name, "Type": kind, "Arguments": arguments}


def place(job: JobDefinition) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    return (job.placement.subnet_ids, job.placement.security_group_ids) if job.placement else None


THERE = (("subnet-1",), ("sg-1",))


@pytest.mark.parametrize(
    ("given", "kind", "expected"),
    [
        (
            step(
                "Training",
                {
                    "RoleArn": OWN,
                    "VpcConfig": PLACE,
                    "EnableNetworkIsolation": True,
                    "EnableInterContainerTrafficEncryption": "true",
                    "ResourceConfig": {"VolumeKmsKeyId": KEY},
                    "OutputDataConfig": {"S3OutputPath": "s3://out", "KmsKeyId": KEY},
                },
            ),
            "training",
            (OWN, THERE, True, True, KEY, KEY, "s3://out"),
        ),
        (step("Training", {}), "training", (ROLE, None, False, False, None, None, None)),
        (
            step(
                "Processing",
                {
                    "RoleArn": OWN,
                    "NetworkConfig": {"VpcConfig": PLACE, "EnableNetworkIsolation": True},
                    "ProcessingResources": {"ClusterConfig": {"VolumeKmsKeyId": KEY}},
                    "ProcessingOutputConfig": {"KmsKeyId": KEY, "Outputs": [{"S3Output": {"S3Uri": "s3://out"}}]},
                },
            ),
            "processing",
            (OWN, THERE, True, False, KEY, KEY, "s3://out"),
        ),
        (
            step("Tuning", {"TrainingJobDefinition": {"RoleArn": OWN, "VpcConfig": PLACE}}),
            "tuning",
            (OWN, THERE, False, False, None, None, None),
        ),
        (
            step(
                "AutoML",
                {
                    "RoleArn": OWN,
                    "AutoMLJobConfig": {"SecurityConfig": {"VpcConfig": PLACE, "VolumeKmsKeyId": KEY}},
                    "OutputDataConfig": {"S3OutputPath": "s3://out"},
                },
            ),
            "automl",
            (OWN, THERE, False, False, KEY, None, "s3://out"),
        ),
        (
            step("Model", {"ExecutionRoleArn": OWN, "VpcConfig": PLACE, "EnableNetworkIsolation": True}),
            "model",
            (OWN, THERE, True, False, None, None, None),
        ),
        (
            step("QualityCheck", {"NetworkConfig": {"VpcConfig": PLACE}}),
            "qualitycheck",
            (ROLE, THERE, False, False, None, None, None),
        ),
        (
            step("Condition", {"Conditions": [], "IfSteps": [step("Training", {"VpcConfig": PLACE})], "ElseSteps": []}),
            "training",
            (ROLE, THERE, False, False, None, None, None),
        ),
    ],
)
def test_a_step_is_a_job(given: dict[str, Any], kind: str, expected: object) -> None:
    (job,) = observed(pipeline(given)).job_definitions
    assert (job.name, job.kind, job.uncertain) == ("p/s", kind, ())
    assert (
        job.role,
        place(job),
        job.network_isolation,
        job.encrypt_inter_container,
        job.volume_kms_key,
        job.output_kms_key,
        job.output_uri,
    ) == expected
    assert job.origin is not None
    assert (job.origin.logical_id, job.origin.path[-1]) == ("Pipe", "PipelineDefinitionBody")


@pytest.mark.parametrize(
    "given", [step("Lambda", {}), step("Fail", {}), {"Name": "s", "Type": "Callback"}, {}, step("Condition", {})]
)
def test_a_step_that_starts_no_job(given: dict[str, Any]) -> None:
    account = observed(pipeline(given))
    assert (account.job_definitions, account.unread) == ((), ())


@pytest.mark.parametrize(
    ("arguments", "unknown", "known_place"),
    [
        ({"VpcConfig": {"Subnets": LATER, "SecurityGroupIds": ["sg-1"]}}, "VpcConfig", None),
        ({"VpcConfig": {"Subnets": ["subnet-1", LATER], "SecurityGroupIds": ["sg-1"]}}, "VpcConfig", THERE),
        ({"VpcConfig": LATER}, "VpcConfig", None),
        ({"RoleArn": LATER}, "RoleArn", None),
        ({"EnableNetworkIsolation": LATER}, "EnableNetworkIsolation", None),
        ({"ResourceConfig": {"VolumeKmsKeyId": LATER}}, "VolumeKmsKeyId", None),
        ({"OutputDataConfig": LATER}, "OutputUri", None),
        ({"OutputDataConfig": {"S3OutputPath": {"Std:Join": {"On": "/", "Values": ["s3:/", "b"]}}}}, "OutputUri", None),
    ],
)
def test_what_a_pipeline_decides_when_it_runs(arguments: dict[str, Any], unknown: str, known_place: object) -> None:
    (job,) = observed(pipeline(step("Training", arguments))).job_definitions
    assert ("Properties", unknown) in [path for path, _ in job.uncertain]
    assert (job.doubt_of_place() is not None) is (unknown == "VpcConfig")
    assert (job.doubt_of_role() is not None) is (unknown == "RoleArn")
    assert place(job) == known_place
    assert job.role == (None if unknown == "RoleArn" else ROLE)
    if job.doubt_of_place():
        assert job.doubt_of_place() == RUN


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"Get": "Steps.create.ModelName"}, (OWN, THERE, None)),
        ("m", (OWN, THERE, None)),
        (LATER, (None, None, RUN)),
        ("elsewhere", (None, None, "it is known only at run time: model elsewhere, which is not in this account")),
    ],
)
def test_a_transform_step_stands_where_its_model_does(named: Any, expected: object) -> None:
    create = step("Model", {"ExecutionRoleArn": OWN, "VpcConfig": PLACE}, "create")
    model = f"""
  M:
    Type: AWS::SageMaker::Model
    Properties:
      ModelName: m
      ExecutionRoleArn: {OWN}
      VpcConfig: {json.dumps(PLACE)}
      PrimaryContainer: {{Image: 'image:1'}}
"""
    account = observed(pipeline(create, step("Transform", {"ModelName": named})) + model)
    job = next(job for job in account.job_definitions if job.name == "p/s")
    assert (job.role, place(job), job.doubt_of_place()) == expected


def test_several_training_jobs_of_a_tuning_step() -> None:
    given = step("Tuning", {"TrainingJobDefinitions": [{"VpcConfig": PLACE}, {"RoleArn": OWN}]})
    found = observed(pipeline(given)).job_definitions
    assert [(job.name, place(job), job.role) for job in found] == [("p/s", THERE, ROLE), ("p/s/2", None, OWN)]


def test_steps_of_a_definition_that_is_a_mapping() -> None:
    body = "{Version: v, Steps: [{Name: a, Type: Fail}, {Name: s, Type: Training, Arguments: {RoleArn: !Ref P}}]}"
    (job,) = observed(pipeline(body=body)).job_definitions
    assert job.origin is not None
    assert job.origin.path == ("Properties", "PipelineDefinition", "PipelineDefinitionBody", "Steps", 1)
    assert (job.doubt_of_role(), job.doubt_of_place()) == (NO_VALUE, None)


def test_a_text_with_an_unknown_part_is_in_doubt_as_a_whole() -> None:
    text = json.dumps({"Version": "v", "Steps": [step("Training", {"RoleArn": "${P}"})]})
    (job,) = observed(pipeline(body=f"!Sub '{text}'")).job_definitions
    assert (job.doubt_of_role(), job.doubt_of_place()) == (NO_VALUE, NO_VALUE)


@pytest.mark.parametrize(
    "definition", ["PipelineDefinitionS3Location: {Bucket: b, Key: k}", "PipelineDefinitionBody: !Ref P"]
)
def test_a_definition_that_cannot_be_seen(definition: str) -> None:
    account = observed(f"""
  Pipe:
    Type: AWS::SageMaker::Pipeline
    Properties: {{PipelineName: p, RoleArn: '{ROLE}', PipelineDefinition: {{{definition}}}}}
""")
    assert account.unreadable("sagemaker.pipelines", "p") is not None


DOMAIN = f"""
  Vpc: {{Type: AWS::EC2::VPC, Properties: {{CidrBlock: 10.0.0.0/16}}}}
  Subnet: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}}}
  Users: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: g, VpcId: !Ref Vpc}}}}
  Spaces: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: g, VpcId: !Ref Vpc}}}}
  Studio:
    Type: AWS::SageMaker::Domain
    Properties:
      DomainName: studio
      AuthMode: IAM
      VpcId: !Ref Vpc
      SubnetIds: [!Ref Subnet]
      AppNetworkAccessType: VpcOnly
      DefaultUserSettings: {{ExecutionRole: '{ROLE}', SecurityGroups: [!Ref Users]}}
      DefaultSpaceSettings: {{ExecutionRole: '{OWN}', SecurityGroups: [!Ref Spaces]}}
  Ann: {{Type: AWS::SageMaker::UserProfile, Properties: {{DomainId: !Ref Studio, UserProfileName: ann}}}}
  Space:
    Type: AWS::SageMaker::Space
    DependsOn: Ann
    Properties:
      DomainId: !Ref Studio
      SpaceName: s
      OwnershipSettings: {{OwnerUserProfileName: ann}}
      SpaceSharingSettings: {{SharingType: %s}}
"""


def groups(account: Account, workload: Any) -> list[str]:
    names = {group.group_id: name for name, group in by_origin(account.security_groups).items()}
    return [names[group] for group in workload.placement.security_group_ids]


@pytest.mark.parametrize(("sharing", "expected"), [("Private", (ROLE, ["Users"])), ("Shared", (OWN, ["Spaces"]))])
def test_a_space_of_a_domain(sharing: str, expected: object) -> None:
    account = observed(DOMAIN % sharing)
    (domain,), (space,) = account.domains, account.spaces
    assert (space.role, groups(account, space)) == expected
    assert space.placement is not None
    assert space.placement.vpc_id == account.vpcs[0].vpc_id
    assert (domain.role, groups(account, domain), domain.space_role) == (ROLE, ["Users"], OWN)


@pytest.mark.parametrize(
    ("said", "of_place", "of_role"),
    [
        ("SecurityGroups: [!If [Maybe, !Ref Users, !Ref Spaces]]", NO_VALUE, None),
        ("ExecutionRole: !Sub 'arn:aws:iam::123456789012:role/${P}'", None, NO_VALUE),
    ],
)
def test_what_a_profile_has_of_its_domain(said: str, of_place: str | None, of_role: str | None) -> None:
    account = observed(
        DOMAIN.replace("ExecutionRole: 'arn:aws:iam::123456789012:role/r', SecurityGroups: [!Ref Users]", said)
        % "Private"
    )
    for workload in (*account.domains, *account.user_profiles, *account.spaces):
        assert (workload.doubt_of_place(), workload.doubt_of_role()) == (of_place, of_role)


def test_instance_groups_of_a_cluster() -> None:
    group = (
        "{InstanceGroupName: %s, InstanceType: ml.m5.large, InstanceCount: 1, ExecutionRole: '" + ROLE + "', "
        "LifeCycleConfig: {SourceS3Uri: 's3://sagemaker-b', OnCreate: o.sh}%s}"
    )
    other = ", OverrideVpcConfig: {Subnets: [subnet-2], SecurityGroupIds: [sg-2]}"
    account = observed(f"""
  Cluster:
    Type: AWS::SageMaker::Cluster
    Properties:
      ClusterName: c
      VpcConfig: {json.dumps(PLACE)}
      InstanceGroups: [{group % ("a", "")}, {group % ("b", other)}]
""")
    found = [(each.name, each.role, each.placement.subnet_ids) for each in account.clusters if each.placement]
    assert found == [("c/a", ROLE, ("subnet-1",)), ("c/b", ROLE, ("subnet-2",))]
    assert {each.origin.logical_id for each in account.clusters if each.origin} == {"Cluster"}


@pytest.mark.parametrize("kind", ["DataQuality", "ModelBias", "ModelQuality", "ModelExplainability"])
def test_place_of_a_monitoring_job(kind: str) -> None:
    inputs = "EndpointInput: {EndpointName: e, LocalPath: /in}"
    more = {
        "ModelBias": ", GroundTruthS3Input: {S3Uri: 's3://b'}",
        "ModelQuality": ", GroundTruthS3Input: {S3Uri: 's3://b'}",
    }.get(kind, "")
    specification = {
        "DataQuality": "{ImageUri: i}",
        "ModelQuality": "{ImageUri: i, ProblemType: Regression}",
    }.get(kind, "{ImageUri: i, ConfigUri: 's3://c'}")
    account = observed(f"""
  Watch:
    Type: AWS::SageMaker::{kind}JobDefinition
    Properties:
      RoleArn: {ROLE}
      {kind}AppSpecification: {specification}
      {kind}JobInput: {{{inputs}{more}}}
      {kind}JobOutputConfig: {{MonitoringOutputs: [{{S3Output: {{S3Uri: 's3://out', LocalPath: /out}}}}]}}
      JobResources: {{ClusterConfig: {{InstanceCount: 1, InstanceType: ml.m5.large, VolumeSizeInGB: 20}}}}
      NetworkConfig: {{EnableNetworkIsolation: true, VpcConfig: {json.dumps(PLACE)}}}
""")
    (job,) = account.job_definitions
    assert (job.kind, place(job), job.network_isolation, job.output_uri) == (kind, THERE, True, "s3://out")


class Running:
    """A session in whose account one job of each kind runs, and nothing else answers."""

    answers = {
        "list_training_jobs": {"TrainingJobSummaries": [{"TrainingJobName": "t"}]},
        "describe_training_job": {"TrainingJobArn": "arn:t", "RoleArn": OWN, "VpcConfig": PLACE},
        "list_processing_jobs": {"ProcessingJobSummaries": [{"ProcessingJobName": "p"}]},
        "describe_processing_job": {"ProcessingJobArn": "arn:p", "NetworkConfig": {"VpcConfig": PLACE}},
        "list_hyper_parameter_tuning_jobs": {
            "HyperParameterTuningJobSummaries": [{"HyperParameterTuningJobName": "h"}]
        },
        "describe_hyper_parameter_tuning_job": {
            "HyperParameterTuningJobArn": "arn:h",
            "TrainingJobDefinition": {"VpcConfig": PLACE},
        },
        "list_auto_ml_jobs": {"AutoMLJobSummaries": [{"AutoMLJobName": "a"}]},
        "describe_auto_ml_job_v2": {"AutoMLJobArn": "arn:a", "SecurityConfig": {"VpcConfig": PLACE}},
        "list_transform_jobs": {"TransformJobSummaries": [{"TransformJobName": "b"}]},
        "describe_transform_job": {"TransformJobArn": "arn:b", "ModelName": "m"},
        "list_models": {"Models": [{"ModelName": "m"}]},
        "describe_model": {"ModelName": "m", "ModelArn": "arn:m", "VpcConfig": PLACE},
    }

    def client(self, service_name: str) -> Any:
        return self

    def can_paginate(self, operation: str) -> bool:
        return False

    def __getattr__(self, operation: str) -> Any:
        return lambda **given: self.answers.get(operation, {})


def test_jobs_that_run() -> None:
    services = ("sagemaker", "sagemaker-jobs")
    account = observe(Running(), account_id="123456789012", region="us-east-1", origins=Origins(), services=services)
    found = [(job.name, job.kind, job.arn, place(job)) for job in account.job_definitions]
    assert found == [
        ("t", "training", "arn:t", THERE),
        ("p", "processing", "arn:p", THERE),
        ("h", "hyperparametertuning", "arn:h", THERE),
        ("a", "automl", "arn:a", THERE),
        ("b", "transform", "arn:b", THERE),
    ]
    assert account.unread == ()
