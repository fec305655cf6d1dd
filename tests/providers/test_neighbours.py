"""The services beside: topics, queues, rules, secrets, parameters, alarms, tables, images, groups of instances."""

from __future__ import annotations

import json
from typing import Any

import pytest

from providers.support import ACCOUNT, Maker, allow

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"


def topic_attributes(make: Maker, arn: str) -> dict[str, Any]:
    return make.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]


def test_topic(make: Maker) -> None:
    queue = make("AWS::SQS::Queue", "Queue").attributes["Arn"]
    subscriptions = [
        {"Protocol": "sqs", "Endpoint": queue},
        {"Protocol": "https", "Endpoint": "https://example.com/hook"},
    ]
    made = make("AWS::SNS::Topic", "Topic", TopicName="told", KmsMasterKeyId=KEY, Subscription=subscriptions)
    assert topic_attributes(make, made.physical_id)["KmsMasterKeyId"] == KEY
    assert made.physical_id == f"arn:aws:sns:us-east-1:{ACCOUNT}:told"
    assert made.attributes == {"TopicArn": made.physical_id, "TopicName": "told"}
    shown = make.client("sns").list_subscriptions_by_topic(TopicArn=made.physical_id)["Subscriptions"]
    assert [item["Endpoint"] for item in shown] == [queue]
    assert make.unmapped == ("Subscription.1",)


def test_web_subscription_is_recorded_and_never_called(make: Maker) -> None:
    topic = make("AWS::SNS::Topic", "Topic").physical_id
    made = make("AWS::SNS::Subscription", TopicArn=topic, Protocol="http", Endpoint="http://example.com/hook")
    assert made.recorded
    assert make.client("sns").list_subscriptions()["Subscriptions"] == []


@pytest.mark.parametrize("kind", ["TopicPolicy", "TopicInlinePolicy"])
def test_topic_policy(make: Maker, kind: str) -> None:
    topic = make("AWS::SNS::Topic", "Topic").physical_id
    holder: dict[str, Any] = {"Topics": [topic]} if kind == "TopicPolicy" else {"TopicArn": topic}
    made = make(f"AWS::SNS::{kind}", "Policy", PolicyDocument=allow("sns:Publish", topic), **holder)
    assert json.loads(topic_attributes(make, topic)["Policy"]) == allow("sns:Publish", topic)
    assert made.origins == {(topic, "policy"): ("Properties", "PolicyDocument")}


@pytest.mark.parametrize("kind", ["QueuePolicy", "QueueInlinePolicy"])
def test_queue_and_its_policy(make: Maker, kind: str) -> None:
    redrive = {"redrivePermission": "denyAll"}
    made = make("AWS::SQS::Queue", "Queue", KmsMasterKeyId=KEY, VisibilityTimeout=60, RedriveAllowPolicy=redrive)
    assert make.unmapped == ()
    url, arn = made.physical_id, made.attributes["Arn"]
    holder: dict[str, Any] = {"Queues": [url]} if kind == "QueuePolicy" else {"Queue": url}
    policy = make(f"AWS::SQS::{kind}", "Policy", PolicyDocument=allow("sqs:SendMessage", arn), **holder)
    shown = make.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert (shown["KmsMasterKeyId"], shown["VisibilityTimeout"], shown["QueueArn"]) == (KEY, "60", arn)
    assert json.loads(shown["Policy"]) == allow("sqs:SendMessage", arn)
    assert policy.origins == {(arn, "policy"): ("Properties", "PolicyDocument")}


def test_fifo_queue(make: Maker) -> None:
    made = make("AWS::SQS::Queue", FifoQueue="true")
    assert made.attributes["QueueName"].endswith(".fifo")


def test_rule(make: Maker) -> None:
    target = {
        "Id": "one",
        "Arn": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:work",
        "RetryPolicy": {"MaximumRetryAttempts": "2"},
    }
    pattern = {"source": ["aws.bedrock"]}
    made = make("AWS::Events::Rule", Name="watch", EventPattern=pattern, State="ENABLED", Targets=[target])
    events = make.client("events")
    assert json.loads(events.describe_rule(Name="watch")["EventPattern"]) == pattern
    (shown,) = events.list_targets_by_rule(Rule="watch")["Targets"]
    assert (shown["Arn"], shown["RetryPolicy"]["MaximumRetryAttempts"]) == (target["Arn"], 2)
    assert (made.physical_id, made.attributes["Arn"]) == ("watch", f"arn:aws:events:us-east-1:{ACCOUNT}:rule/watch")


def test_secret_without_its_value(make: Maker) -> None:
    made = make("AWS::SecretsManager::Secret", "Secret", Name="password", KmsKeyId=KEY, SecretString="hidden-value")
    client = make.client("secretsmanager")
    assert client.describe_secret(SecretId="password")["KmsKeyId"] == KEY
    assert client.get_secret_value(SecretId="password")["SecretString"] != "hidden-value"
    assert (made.identity, make.unmapped) == (made.physical_id, ())
    policy = make(
        "AWS::SecretsManager::ResourcePolicy",
        "Policy",
        SecretId=made.physical_id,
        ResourcePolicy=allow("secretsmanager:GetSecretValue"),
    )
    shown = json.loads(client.get_resource_policy(SecretId="password")["ResourcePolicy"])
    assert shown == allow("secretsmanager:GetSecretValue")
    assert policy.origins == {(made.physical_id, "policy"): ("Properties", "ResourcePolicy")}


def test_parameter(make: Maker) -> None:
    made = make("AWS::SSM::Parameter", Name="/app/bucket", Type="String", Value="b", Tags={"stage": "one"})
    shown = make.client("ssm").get_parameter(Name="/app/bucket")["Parameter"]
    assert (shown["Value"], shown["ARN"]) == ("b", made.identity)
    assert (made.physical_id, made.attributes["Value"], make.unmapped) == ("/app/bucket", "b", ())


def test_alarm(make: Maker) -> None:
    made = make(
        "AWS::CloudWatch::Alarm",
        AlarmName="alarm",
        MetricName="m",
        Namespace="n",
        Statistic="Sum",
        Period="60",
        EvaluationPeriods="1",
        Threshold="1",
        ComparisonOperator="GreaterThanThreshold",
    )
    (shown,) = make.client("cloudwatch").describe_alarms(AlarmNames=["alarm"])["MetricAlarms"]
    assert (shown["AlarmArn"], shown["Threshold"]) == (made.attributes["Arn"], 1.0)


def test_table(make: Maker) -> None:
    made = make(
        "AWS::DynamoDB::Table",
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        SSESpecification={"SSEEnabled": "true", "SSEType": "KMS", "KMSMasterKeyId": KEY},
        StreamSpecification={"StreamViewType": "NEW_IMAGE"},
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": "true"},
        TimeToLiveSpecification={"AttributeName": "ttl", "Enabled": True},
    )
    client = make.client("dynamodb")
    shown = client.describe_table(TableName="table")["Table"]
    assert (shown["SSEDescription"]["KMSMasterKeyArn"], shown["LatestStreamArn"]) == (KEY, made.attributes["StreamArn"])
    backups = client.describe_continuous_backups(TableName="table")["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    assert client.describe_time_to_live(TableName="table")["TimeToLiveDescription"]["AttributeName"] == "ttl"
    assert make.unmapped == ()


def test_repository(make: Maker) -> None:
    made = make(
        "AWS::ECR::Repository",
        RepositoryName="images",
        ImageTagMutability="IMMUTABLE",
        ImageScanningConfiguration={"ScanOnPush": "true"},
        EncryptionConfiguration={"EncryptionType": "KMS", "KmsKey": KEY},
        RepositoryPolicyText={
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}],
        },
    )
    client = make.client("ecr")
    (shown,) = client.describe_repositories(repositoryNames=["images"])["repositories"]
    assert (shown["imageTagMutability"], shown["encryptionConfiguration"]["kmsKey"]) == ("IMMUTABLE", KEY)
    assert shown["imageScanningConfiguration"] == {"scanOnPush": True}
    policy = json.loads(client.get_repository_policy(repositoryName="images")["policyText"])
    assert policy["Statement"][0]["Action"] == "ecr:BatchGetImage"
    assert made.origins == {(str(made.identity), "policy"): ("Properties", "RepositoryPolicyText")}


def test_instances_of_a_group_come_from_it(make: Maker) -> None:
    vpc = make("AWS::EC2::VPC", "Vpc", CidrBlock="10.0.0.0/16").physical_id
    subnet = make("AWS::EC2::Subnet", "Subnet", VpcId=vpc, CidrBlock="10.0.0.0/24").physical_id
    template = make(
        "AWS::EC2::LaunchTemplate",
        "Template",
        LaunchTemplateData={"ImageId": "ami-12345678", "InstanceType": "t3.micro"},
    )
    made = make(
        "AWS::AutoScaling::AutoScalingGroup",
        "Group",
        MinSize="1",
        MaxSize="2",
        VPCZoneIdentifier=[subnet],
        LaunchTemplate={"LaunchTemplateId": template.physical_id, "Version": "1"},
    )
    (reservation,) = make.client("ec2").describe_instances()["Reservations"]
    (instance,) = reservation["Instances"]
    assert instance["SubnetId"] == subnet
    assert made.origins == {(instance["InstanceId"],): ()}
