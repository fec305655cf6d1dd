"""AWS::Lambda, AWS::ECS, AWS::SageMaker: what runs code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from providers.support import ACCOUNT, Maker, trusts

ROLE = f"arn:aws:iam::{ACCOUNT}:role/worker"
ELSEWHERE = f"arn:aws:iam::{ACCOUNT}:role/elsewhere"
KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
PLACE = {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
NETWORK = {
    "EnableNetworkIsolation": "true",
    "EnableInterContainerTrafficEncryption": True,
    "VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
}


def a_function(make: Maker, **properties: Any) -> Any:
    make("AWS::IAM::Role", "Worker", RoleName="worker", AssumeRolePolicyDocument=trusts("lambda.amazonaws.com"))
    given = {"FunctionName": "work", "Role": ROLE, "Runtime": "python3.12", "Handler": "index.handler"}
    return make("AWS::Lambda::Function", "Work", Code={"ZipFile": "raise SystemExit"}, **{**given, **properties})


def shown_function(make: Maker) -> dict[str, Any]:
    return make.client("lambda").get_function_configuration(FunctionName="work")


def test_function(make: Maker) -> None:
    made = a_function(
        make,
        Timeout="30",
        VpcConfig=PLACE,
        Environment={"Variables": {"BUCKET": "b", "COUNT": 3}},
        KmsKeyArn=KEY,
        DeadLetterConfig={"TargetArn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:dead"},
        ReservedConcurrentExecutions="5",
        Tags=[{"Key": "stage", "Value": "one"}],
    )
    shown = shown_function(make)
    assert (shown["Role"], shown["Timeout"], shown["KMSKeyArn"]) == (ROLE, 30, KEY)
    assert shown["Environment"]["Variables"] == {"BUCKET": "b", "COUNT": "3"}
    assert {key: shown["VpcConfig"][key] for key in PLACE} == PLACE
    assert shown["DeadLetterConfig"]["TargetArn"].endswith(":dead")
    client = make.client("lambda")
    assert client.get_function_concurrency(FunctionName="work")["ReservedConcurrentExecutions"] == 5
    assert client.list_tags(Resource=made.attributes["Arn"])["Tags"] == {"stage": "one"}
    assert made.physical_id == "work"
    assert made.identity == made.attributes["Arn"] == f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:work"
    assert make.unmapped == ()


def test_function_of_a_role_and_a_layer_of_the_account(make: Maker) -> None:
    a_function(make, Role=ELSEWHERE, Layers=["arn:aws:lambda:us-east-1:017000801446:layer:Tools:1"])
    assert shown_function(make)["Role"] == ELSEWHERE
    assert make.unmapped == ("Layers",)
    assert [role["RoleName"] for role in make.client("iam").list_roles()["Roles"]] == ["worker"]


def test_function_from_an_image(make: Maker) -> None:
    image = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/work:1"
    make("AWS::IAM::Role", "Worker", RoleName="worker", AssumeRolePolicyDocument=trusts("lambda.amazonaws.com"))
    make("AWS::Lambda::Function", "Work", FunctionName="work", Role=ROLE, PackageType="Image", Code={"ImageUri": image})
    assert make.client("lambda").get_function(FunctionName="work")["Code"]["ImageUri"] == image


def test_what_lambda_does_not_show_is_reported(make: Maker) -> None:
    a_function(make, LoggingConfig={"LogFormat": "JSON"})
    assert make.unmapped == ("LoggingConfig",)


@pytest.mark.parametrize("by_arn", [True, False])
def test_permission(make: Maker, by_arn: bool) -> None:
    function = a_function(make)
    made = make(
        "AWS::Lambda::Permission",
        "Allow",
        FunctionName=function.attributes["Arn"] if by_arn else "work",
        Action="lambda:InvokeFunction",
        Principal="bedrock.amazonaws.com",
        SourceAccount=ACCOUNT,
        SourceArn=f"arn:aws:bedrock:us-east-1:{ACCOUNT}:agent/*",
    )
    (statement,) = json.loads(make.client("lambda").get_policy(FunctionName="work")["Policy"])["Statement"]
    assert statement["Principal"] == {"Service": "bedrock.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"AWS:SourceAccount": ACCOUNT},
        "ArnLike": {"AWS:SourceArn": f"arn:aws:bedrock:us-east-1:{ACCOUNT}:agent/*"},
    }
    assert made.origins == {(function.attributes["Arn"], "policy", statement["Sid"]): ("Properties",)}


def test_url_version_alias_layer_and_mapping(make: Maker) -> None:
    function = a_function(make).attributes["Arn"]
    url = make("AWS::Lambda::Url", "Url", TargetFunctionArn=function, AuthType="NONE")
    client = make.client("lambda")
    assert client.get_function_url_config(FunctionName="work")["AuthType"] == "NONE"
    assert url.attributes["FunctionUrl"].startswith("https://")
    version = make("AWS::Lambda::Version", "Version", FunctionName="work")
    assert version.physical_id == f"{function}:1"
    alias = make("AWS::Lambda::Alias", "Alias", FunctionName="work", FunctionVersion="1", Name="live")
    assert alias.physical_id == f"{function}:live"
    layer = make("AWS::Lambda::LayerVersion", "Layer", LayerName="lib", Content={"S3Bucket": "b", "S3Key": "k"})
    assert layer.physical_id.endswith(":layer:lib:1")
    queue = make("AWS::SQS::Queue", "Queue")
    mapping = make(
        "AWS::Lambda::EventSourceMapping",
        "Map",
        FunctionName="work",
        EventSourceArn=queue.attributes["Arn"],
        BatchSize="5",
    )
    assert client.get_event_source_mapping(UUID=mapping.physical_id)["BatchSize"] == 5


def test_ecs(make: Maker) -> None:
    cluster = make("AWS::ECS::Cluster", "Cluster", ClusterSettings=[{"Name": "containerInsights", "Value": "enabled"}])
    task = make(
        "AWS::ECS::TaskDefinition",
        "Task",
        Family="app",
        NetworkMode="awsvpc",
        Cpu=256,
        Memory=512,
        RequiresCompatibilities=["FARGATE"],
        TaskRoleArn=ROLE,
        ExecutionRoleArn=ELSEWHERE,
        ContainerDefinitions=[
            {
                "Name": "app",
                "Image": "public.ecr.aws/app:1",
                "Essential": "true",
                "PortMappings": [{"ContainerPort": "8080"}],
                "Environment": [{"Name": "A", "Value": 1}],
                "LogConfiguration": {"LogDriver": "awslogs", "Options": {"awslogs-group": "app"}},
            }
        ],
    )
    ecs = make.client("ecs")
    shown = ecs.describe_task_definition(taskDefinition=task.physical_id)["taskDefinition"]
    assert (shown["networkMode"], shown["taskRoleArn"], shown["executionRoleArn"]) == ("awsvpc", ROLE, ELSEWHERE)
    container = shown["containerDefinitions"][0]
    assert (container["image"], container["essential"]) == ("public.ecr.aws/app:1", True)
    assert container["environment"] == [{"name": "A", "value": "1"}]
    assert task.physical_id == f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/app:1"
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16")
    subnet = make("AWS::EC2::Subnet", "Subnet", VpcId=vpc.physical_id, CidrBlock="10.0.0.0/24").physical_id
    group = vpc.attributes["DefaultSecurityGroup"]
    network = {"Subnets": [subnet], "SecurityGroups": [group], "AssignPublicIp": "ENABLED"}
    made = make(
        "AWS::ECS::Service",
        "Service",
        Cluster=cluster.physical_id,
        TaskDefinition=task.physical_id,
        LaunchType="FARGATE",
        NetworkConfiguration={"AwsvpcConfiguration": network},
    )
    service = ecs.describe_services(cluster=cluster.physical_id, services=[made.physical_id])["services"][0]
    assert service["networkConfiguration"]["awsvpcConfiguration"] == {
        "subnets": [subnet],
        "securityGroups": [group],
        "assignPublicIp": "ENABLED",
    }
    assert (service["launchType"], made.attributes["Name"]) == ("FARGATE", service["serviceName"])
    assert make.unmapped == ()


def test_notebook(make: Maker) -> None:
    script = make("AWS::SageMaker::NotebookInstanceLifecycleConfig", "Script", OnStart=[{"Content": "IyEvYmluL3No"}])
    made = make(
        "AWS::SageMaker::NotebookInstance",
        "Notebook",
        NotebookInstanceName="study",
        InstanceType="ml.t3.medium",
        RoleArn=ROLE,
        SubnetId="subnet-1",
        SecurityGroupIds=["sg-1"],
        DirectInternetAccess="Disabled",
        RootAccess="Disabled",
        KmsKeyId=KEY,
        VolumeSizeInGB="50",
        LifecycleConfigName=script.attributes["NotebookInstanceLifecycleConfigName"],
        InstanceMetadataServiceConfiguration={"MinimumInstanceMetadataServiceVersion": "2"},
        PlatformIdentifier="notebook-al2-v2",
    )
    shown = make.client("sagemaker").describe_notebook_instance(NotebookInstanceName="study")
    assert (shown["DirectInternetAccess"], shown["RootAccess"], shown["KmsKeyId"]) == ("Disabled", "Disabled", KEY)
    assert (shown["RoleArn"], shown["SubnetId"], shown["VolumeSizeInGB"]) == (ROLE, "subnet-1", 50)
    assert shown["InstanceMetadataServiceConfiguration"] == {"MinimumInstanceMetadataServiceVersion": "2"}
    assert made.physical_id == f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:notebook-instance/study"
    assert made.attributes["NotebookInstanceName"] == "study"
    assert make.unmapped == ()


def test_model_and_its_endpoint(make: Maker) -> None:
    model = make(
        "AWS::SageMaker::Model",
        "Model",
        ModelName="model",
        ExecutionRoleArn=ROLE,
        EnableNetworkIsolation="true",
        VpcConfig={"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]},
        PrimaryContainer={"Image": "image:1", "ModelDataUrl": "s3://models/m.tar.gz", "Environment": {"A": 1}},
    )
    client = make.client("sagemaker")
    shown = client.describe_model(ModelName="model")
    assert (shown["EnableNetworkIsolation"], shown["ExecutionRoleArn"]) == (True, ROLE)
    assert shown["VpcConfig"] == {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
    assert shown["PrimaryContainer"]["ModelDataUrl"] == "s3://models/m.tar.gz"
    variant = {
        "VariantName": "all",
        "ModelName": model.attributes["ModelName"],
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": "1",
        "InitialVariantWeight": "1.0",
    }
    config = make(
        "AWS::SageMaker::EndpointConfig",
        "Config",
        EndpointConfigName="config",
        KmsKeyId=KEY,
        ProductionVariants=[variant],
        DataCaptureConfig={
            "EnableCapture": "true",
            "InitialSamplingPercentage": "100",
            "DestinationS3Uri": "s3://captured",
            "CaptureOptions": [{"CaptureMode": "Input"}],
        },
    )
    shown = client.describe_endpoint_config(EndpointConfigName="config")
    assert (shown["KmsKeyId"], shown["DataCaptureConfig"]["DestinationS3Uri"]) == (KEY, "s3://captured")
    assert shown["ProductionVariants"][0]["InitialInstanceCount"] == 1
    make(
        "AWS::SageMaker::Endpoint",
        "Endpoint",
        EndpointConfigName=config.attributes["EndpointConfigName"],
        EndpointName="e",
    )
    assert client.describe_endpoint(EndpointName="e")["EndpointConfigName"] == "config"
    assert make.unmapped == ()


def test_domain_and_profile(make: Maker) -> None:
    settings = {"ExecutionRole": ROLE, "SecurityGroups": ["sg-1"]}
    made = make(
        "AWS::SageMaker::Domain",
        "Domain",
        DomainName="studio",
        AuthMode="IAM",
        VpcId="vpc-1",
        SubnetIds=["subnet-1"],
        AppNetworkAccessType="VpcOnly",
        KmsKeyId=KEY,
        DefaultUserSettings=settings,
    )
    client = make.client("sagemaker")
    shown = client.describe_domain(DomainId=made.physical_id)
    assert (shown["AppNetworkAccessType"], shown["KmsKeyId"], shown["VpcId"]) == ("VpcOnly", KEY, "vpc-1")
    assert shown["DefaultUserSettings"]["ExecutionRole"] == ROLE
    assert made.identity == shown["DomainArn"]
    profile = make(
        "AWS::SageMaker::UserProfile",
        "Profile",
        DomainId=made.physical_id,
        UserProfileName="ann",
        UserSettings={"ExecutionRole": ELSEWHERE},
    )
    shown = client.describe_user_profile(DomainId=made.physical_id, UserProfileName="ann")
    assert (profile.physical_id, shown["UserSettings"]["ExecutionRole"]) == ("ann", ELSEWHERE)


def test_monitoring(make: Maker) -> None:
    made = make(
        "AWS::SageMaker::DataQualityJobDefinition",
        "Watch",
        JobDefinitionName="watch",
        RoleArn=ROLE,
        DataQualityAppSpecification={"ImageUri": "image:1"},
        DataQualityJobInput={"EndpointInput": {"EndpointName": "e", "LocalPath": "/in"}},
        DataQualityJobOutputConfig={
            "KmsKeyId": KEY,
            "MonitoringOutputs": [{"S3Output": {"S3Uri": "s3://out", "LocalPath": "/out"}}],
        },
        JobResources={
            "ClusterConfig": {
                "InstanceCount": "1",
                "InstanceType": "ml.m5.large",
                "VolumeSizeInGB": "20",
                "VolumeKmsKeyId": KEY,
            }
        },
        NetworkConfig=NETWORK,
    )
    client = make.client("sagemaker")
    shown = client.describe_data_quality_job_definition(JobDefinitionName="watch")
    assert shown["NetworkConfig"]["EnableNetworkIsolation"] is True
    assert shown["NetworkConfig"]["EnableInterContainerTrafficEncryption"] is True
    assert shown["NetworkConfig"]["VpcConfig"] == NETWORK["VpcConfig"]
    assert shown["JobResources"]["ClusterConfig"]["VolumeKmsKeyId"] == KEY
    assert shown["DataQualityJobOutputConfig"]["KmsKeyId"] == KEY
    assert made.physical_id == f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:data-quality-job-definition/watch"
    make(
        "AWS::SageMaker::MonitoringSchedule",
        "Schedule",
        MonitoringScheduleName="hourly",
        MonitoringScheduleConfig={
            "ScheduleConfig": {"ScheduleExpression": "cron(0 * ? * * *)"},
            "MonitoringJobDefinitionName": "watch",
            "MonitoringType": "DataQuality",
        },
    )
    shown = client.describe_monitoring_schedule(MonitoringScheduleName="hourly")
    assert shown["MonitoringScheduleConfig"]["MonitoringJobDefinitionName"] == "watch"


def test_feature_group_package_group_and_pipeline(make: Maker) -> None:
    make(
        "AWS::SageMaker::FeatureGroup",
        "Features",
        FeatureGroupName="features",
        RecordIdentifierFeatureName="id",
        EventTimeFeatureName="at",
        FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}],
        RoleArn=ROLE,
        OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://features", "KmsKeyId": KEY}},
    )
    client = make.client("sagemaker")
    shown = client.describe_feature_group(FeatureGroupName="features")
    assert shown["OfflineStoreConfig"]["S3StorageConfig"]["KmsKeyId"] == KEY
    packages = make("AWS::SageMaker::ModelPackageGroup", "Packages", ModelPackageGroupName="packages")
    assert packages.physical_id.endswith(":model-package-group/packages")
    body = json.dumps({"Version": "2020-12-01", "Steps": []})
    make(
        "AWS::SageMaker::Pipeline",
        "P",
        PipelineName="p",
        RoleArn=ROLE,
        PipelineDefinition={"PipelineDefinitionBody": body},
    )
    assert client.describe_pipeline(PipelineName="p")["PipelineDefinition"] == body
