"""What builds and delivers: projects, APIs by their definition, and names with limits of their own."""

from __future__ import annotations

from typing import Any

import pytest

from providers.support import ACCOUNT, Maker

ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
MACHINE = {"Type": "LINUX_CONTAINER", "ComputeType": "BUILD_GENERAL1_SMALL", "Image": "aws/codebuild/standard:7.0"}


@pytest.mark.parametrize(
    ("source", "artifacts", "machine"),
    [
        ({"Type": "CODEPIPELINE"}, {"Type": "CODEPIPELINE"}, MACHINE),
        ({"Type": "NO_SOURCE", "BuildSpec": "version: 0.2"}, {"Type": "NO_ARTIFACTS"}, MACHINE),
        (
            {"Type": "CODEPIPELINE"},
            {"Type": "CODEPIPELINE"},
            {**MACHINE, "Type": "ARM_LAMBDA_CONTAINER", "ComputeType": "BUILD_LAMBDA_1GB"},
        ),
    ],
)
def test_a_project_without_a_place(make: Maker, source: Any, artifacts: Any, machine: Any) -> None:
    made = make("AWS::CodeBuild::Project", ServiceRole=ROLE, Source=source, Artifacts=artifacts, Environment=machine)
    (shown,) = make.client("codebuild").batch_get_projects(names=[made.physical_id])["projects"]
    assert (shown["source"]["type"], shown["source"].get("location")) == (source["Type"], None)
    assert (shown["artifacts"]["type"], shown["artifacts"].get("location")) == (artifacts["Type"], None)
    assert (shown["environment"]["type"], shown["environment"]["computeType"]) == (
        machine["Type"],
        machine["ComputeType"],
    )


FUNCTION = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f"
INVOKE = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
LEADS = {"x-amazon-apigateway-integration": {"type": "aws_proxy", "httpMethod": "POST", "uri": INVOKE}}


@pytest.mark.parametrize(
    ("body", "methods"),
    [
        ({"swagger": "2.0", "paths": {"/a/{id}": {"get": LEADS, "parameters": []}}}, {"/a/{id}": ["GET"]}),
        ({"openapi": "3.0.1", "paths": {"/": {"x-amazon-apigateway-any-method": LEADS}}}, {"/": ["ANY"]}),
        ({"openapi": "3.0.1", "paths": {"/a": {"options": {"responses": {}}, "x-other": {}}}}, {"/a": ["OPTIONS"]}),
        (
            {"paths": {"/a": {"get": {"x-amazon-apigateway-integration": {"type": "mock"}}, "post": LEADS}}},
            {"/a": ["GET", "POST"]},
        ),
    ],
)
def test_an_api_by_its_definition(make: Maker, body: Any, methods: dict[str, list[str]]) -> None:
    api = make("AWS::ApiGateway::RestApi", "Api", Name="a", Body=body).physical_id
    assert make.unmapped == ("Body",)
    made = make("AWS::ApiGateway::Deployment", "Now", RestApiId=api)
    assert not made.recorded
    items = make.client("apigateway").get_resources(restApiId=api)["items"]
    assert {item["path"]: sorted(item["resourceMethods"]) for item in items if "resourceMethods" in item} == methods


@pytest.mark.parametrize(
    "definition", [{"BodyS3Location": {"Bucket": "b", "Key": "k"}}, {"Body": {"Fn::Transform": {}}}, {"Body": "text"}]
)
def test_an_api_whose_definition_is_not_read(make: Maker, definition: dict[str, Any]) -> None:
    api = make("AWS::ApiGateway::RestApi", "Api", Name="a", **definition).physical_id
    made = make("AWS::ApiGateway::Deployment", "Now", RestApiId=api)
    assert (made.recorded, made.reason) == (True, "the API's definition is not read here")


def test_an_api_without_methods_is_refused(make: Maker) -> None:
    api = make("AWS::ApiGateway::RestApi", "Api", Name="a").physical_id
    with pytest.raises(Exception, match="doesn't contain any methods"):
        make("AWS::ApiGateway::Deployment", "Now", RestApiId=api)


def test_a_database_s_secret_goes_by_its_arn(make: Maker) -> None:
    secret = make("AWS::SecretsManager::Secret", "Secret").physical_id
    made = make(
        "AWS::SecretsManager::SecretTargetAttachment",
        "Attached",
        SecretId=secret,
        TargetId="db",
        TargetType="AWS::RDS::DBInstance",
    )
    assert (made.physical_id, made.recorded) == (secret, True)


def test_generated_names_have_the_service_s_limit(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16").physical_id
    name = "AnExtraordinarilyLongLogicalNameOfATargetGroup"
    made = make("AWS::ElasticLoadBalancingV2::TargetGroup", name, Port=80, Protocol="HTTP", VpcId=vpc)
    (shown,) = make.client("elbv2").describe_target_groups(TargetGroupArns=[made.physical_id])["TargetGroups"]
    assert len(shown["TargetGroupName"]) == 32


def test_a_job_definition_goes_by_its_arn(make: Maker) -> None:
    made = make(
        "AWS::Batch::JobDefinition",
        Type="container",
        ContainerProperties={"Image": "i", "Vcpus": 1, "Memory": 128},
    )
    assert made.physical_id.startswith("arn:aws:batch:")
