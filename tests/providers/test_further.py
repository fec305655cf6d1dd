"""What is made by calls that a type's name does not tell: permissions, rotations, methods, destinations."""

from __future__ import annotations

import json

from providers.support import ACCOUNT, Maker, trusts

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
PUT = {"Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"}


def test_statements_of_a_bus_add_up(make: Maker) -> None:
    make("AWS::Events::EventBusPolicy", "One", StatementId="one", Statement=PUT)
    make("AWS::Events::EventBusPolicy", "Two", StatementId="two", Statement=PUT)
    shown = json.loads(make.client("events").describe_event_bus()["Policy"])["Statement"]
    assert [statement["Sid"] for statement in shown] == ["one", "two"]
    assert make.unmapped == ()


def test_a_bus_and_its_policy(make: Maker) -> None:
    policy = {"Version": "2012-10-17", "Statement": [{**PUT, "Sid": "all"}]}
    made = make("AWS::Events::EventBus", Name="own", KmsKeyIdentifier=KEY, Policy=policy)
    shown = make.client("events").describe_event_bus(Name="own")
    assert (json.loads(shown["Policy"])["Statement"][0]["Sid"], shown["KmsKeyIdentifier"]) == ("all", KEY)
    assert (made.physical_id, made.attributes["Arn"]) == ("own", shown["Arn"])


def test_rotation_of_a_secret(make: Maker) -> None:
    secret = make("AWS::SecretsManager::Secret", "Secret").physical_id
    function = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:turn"
    made = make(
        "AWS::SecretsManager::RotationSchedule",
        "Turn",
        SecretId=secret,
        RotationLambdaARN=function,
        RotationRules={"AutomaticallyAfterDays": "30"},
    )
    shown = make.client("secretsmanager").describe_secret(SecretId=secret)
    assert (shown["RotationEnabled"], shown["RotationLambdaARN"]) == (True, function)
    assert shown["RotationRules"] == {"AutomaticallyAfterDays": 30}
    assert (made.physical_id, make.unmapped) == (secret, ())


def test_endpoint_service_and_who_may_use_it(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16").physical_id
    subnet = make("AWS::EC2::Subnet", "Subnet", VpcId=vpc, CidrBlock="10.0.0.0/24").physical_id
    balancer = make.client("elbv2").create_load_balancer(Name="b", Type="network", Subnets=[subnet])["LoadBalancers"][0]
    arn = balancer["LoadBalancerArn"]
    made = make("AWS::EC2::VPCEndpointService", "Service", NetworkLoadBalancerArns=[arn])
    make("AWS::EC2::VPCEndpointServicePermissions", "Who", ServiceId=made.physical_id, AllowedPrincipals=["*"])
    client = make.client("ec2")
    (shown,) = client.describe_vpc_endpoint_service_configurations()["ServiceConfigurations"]
    assert (shown["ServiceId"], shown["AcceptanceRequired"]) == (made.physical_id, True)
    assert shown["ServiceName"] == made.attributes["ServiceName"]
    (allowed,) = client.describe_vpc_endpoint_service_permissions(ServiceId=made.physical_id)["AllowedPrincipals"]
    assert allowed["Principal"] == "*"


def test_method_and_its_integration(make: Maker) -> None:
    client = make.client("apigateway")
    api = client.create_rest_api(name="a")
    make(
        "AWS::ApiGateway::Method",
        RestApiId=api["id"],
        ResourceId=api["rootResourceId"],
        HttpMethod="POST",
        AuthorizationType="AWS_IAM",
        Integration={"Type": "MOCK", "Credentials": f"arn:aws:iam::{ACCOUNT}:role/r"},
    )
    shown = client.get_method(restApiId=api["id"], resourceId=api["rootResourceId"], httpMethod="POST")
    assert (shown["authorizationType"], shown["methodIntegration"]["type"]) == ("AWS_IAM", "MOCK")


def test_state_machine_with_substitutions(make: Maker) -> None:
    role = make("AWS::IAM::Role", "Role", AssumeRolePolicyDocument=trusts("states.amazonaws.com")).attributes["Arn"]
    definition = {"StartAt": "${First}", "States": {"${First}": {"Type": "Succeed"}}}
    made = make(
        "AWS::StepFunctions::StateMachine", RoleArn=role, Definition=definition, DefinitionSubstitutions={"First": "go"}
    )
    shown = make.client("stepfunctions").describe_state_machine(stateMachineArn=made.physical_id)
    assert json.loads(shown["definition"])["StartAt"] == "go"
    assert make.unmapped == ()
    make("AWS::StepFunctions::StateMachine", "Far", RoleArn=role, DefinitionS3Location={"Bucket": "b", "Key": "k"})
    assert make.unmapped == ("DefinitionS3Location",)


def test_delivery_destination(make: Maker) -> None:
    made = make("AWS::Logs::DeliveryDestination", Name="d", DestinationResourceArn="arn:aws:s3:::logs")
    shown = make.client("logs").get_delivery_destination(name="d")["deliveryDestination"]
    assert shown["deliveryDestinationConfiguration"] == {"destinationResourceArn": "arn:aws:s3:::logs"}
    assert (made.attributes["Arn"], make.unmapped) == (shown["arn"], ())


def test_what_an_operation_requires_by_another_name(make: Maker) -> None:
    make("AWS::S3::Bucket", "Fast", BucketName="fast", AccelerateConfiguration={"AccelerationStatus": "Enabled"})
    assert make.client("s3").get_bucket_accelerate_configuration(Bucket="fast")["Status"] == "Enabled"
    profile = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:guardrail-profile/us.guardrail.v1:0"
    guard = make(
        "AWS::Bedrock::Guardrail",
        "Guard",
        Name="g",
        BlockedInputMessaging="no",
        BlockedOutputsMessaging="no",
        CrossRegionConfig={"GuardrailProfileArn": profile},
    )
    shown = make.client("bedrock").get_guardrail(guardrailIdentifier=guard.physical_id)
    assert shown["crossRegionDetails"]["guardrailProfileArn"] == profile
    kept = {"ImageTagMutabilityExclusionFilterType": "WILDCARD", "ImageTagMutabilityExclusionFilterValue": "dev*"}
    make(
        "AWS::ECR::Repository",
        "Images",
        RepositoryName="images",
        ImageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        ImageTagMutabilityExclusionFilters=[kept],
    )
    assert make.unmapped == ()


def test_browser(make: Maker) -> None:
    made = make(
        "AWS::BedrockAgentCore::BrowserCustom",
        Name="b",
        ExecutionRoleArn="arn:aws:iam::123456789012:role/r",
        NetworkConfiguration={"NetworkMode": "PUBLIC"},
        RecordingConfig={"Enabled": True, "S3Location": {"Bucket": "b", "Prefix": "p"}},
    )
    shown = make.client("bedrock-agentcore-control").get_browser(browserId=made.physical_id)
    assert shown["recording"]["s3Location"] == {"bucket": "b", "prefix": "p"}
    assert make.unmapped == ()


def test_table_policy(make: Maker) -> None:
    policy = {"Version": "2012-10-17", "Statement": [{**PUT, "Action": "dynamodb:GetItem"}]}
    made = make(
        "AWS::DynamoDB::Table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ResourcePolicy={"PolicyDocument": policy},
    )
    shown = make.client("dynamodb").get_resource_policy(ResourceArn=made.attributes["Arn"])["Policy"]
    assert json.loads(shown) == policy
