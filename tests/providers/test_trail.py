"""AWS::CloudTrail and AWS::Logs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from providers.support import ACCOUNT, Maker, allow

KEY = f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1"
TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/audit"
BASIC = [{"ReadWriteType": "All", "IncludeManagementEvents": "true"}]
ADVANCED = [
    {
        "Name": "agents",
        "FieldSelectors": [
            {"Field": "eventCategory", "Equals": ["Data"]},
            {"Field": "resources.type", "Equals": ["AWS::Bedrock::AgentAlias"]},
        ],
    }
]


def a_trail(make: Maker, **properties: Any) -> Any:
    make("AWS::S3::Bucket", "Bucket", BucketName="audited")
    given = {"TrailName": "audit", "S3BucketName": "audited", "IsLogging": True}
    return make("AWS::CloudTrail::Trail", "Trail", **{**given, **properties})


def test_trail(make: Maker) -> None:
    topic = make("AWS::SNS::Topic", "Topic", TopicName="told")
    made = a_trail(
        make,
        S3KeyPrefix="p",
        IsMultiRegionTrail="true",
        EnableLogFileValidation="true",
        KMSKeyId=KEY,
        SnsTopicName=topic.physical_id,
        CloudWatchLogsLogGroupArn=f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:audit:*",
        CloudWatchLogsRoleArn=f"arn:aws:iam::{ACCOUNT}:role/audit",
        Tags=[{"Key": "stage", "Value": "one"}],
    )
    client = make.client("cloudtrail")
    shown = client.describe_trails()["trailList"][0]
    assert (shown["S3BucketName"], shown["S3KeyPrefix"], shown["KmsKeyId"]) == ("audited", "p", KEY)
    assert (shown["IsMultiRegionTrail"], shown["LogFileValidationEnabled"]) == (True, True)
    assert shown["CloudWatchLogsRoleArn"].endswith(":role/audit")
    assert made.attributes == {"Arn": TRAIL, "SnsTopicArn": topic.physical_id}
    assert (made.physical_id, made.identity, make.unmapped) == ("audit", TRAIL, ())


@pytest.mark.parametrize(("value", "expected"), [(True, True), ("true", True), ("false", False), (False, False)])
def test_logging(make: Maker, value: Any, expected: bool) -> None:
    a_trail(make, IsLogging=value)
    assert make.client("cloudtrail").get_trail_status(Name="audit")["IsLogging"] is expected


@pytest.mark.parametrize(("key", "value"), [("EventSelectors", BASIC), ("AdvancedEventSelectors", ADVANCED)])
def test_selectors(make: Maker, key: str, value: Any) -> None:
    made = a_trail(make, **{key: value}, InsightSelectors=[{"InsightType": "ApiCallRateInsight"}])
    client = make.client("cloudtrail")
    (shown,) = client.get_event_selectors(TrailName="audit")[key]
    if key == "EventSelectors":
        assert (shown["ReadWriteType"], shown["IncludeManagementEvents"]) == ("All", True)
    else:
        assert shown == ADVANCED[0]
    assert client.get_insight_selectors(TrailName="audit")["InsightSelectors"][0]["InsightType"] == "ApiCallRateInsight"
    assert made.origins == {
        (TRAIL, "selectors"): ("Properties", key),
        (TRAIL, "insights"): ("Properties", "InsightSelectors"),
    }


def test_trail_to_a_bucket_and_a_topic_elsewhere(make: Maker) -> None:
    made = a_trail(make, S3BucketName="central-archive", SnsTopicName="elsewhere")
    shown = make.client("cloudtrail").describe_trails()["trailList"][0]
    assert shown["S3BucketName"] == "central-archive"
    assert [bucket["Name"] for bucket in make.client("s3").list_buckets()["Buckets"]] == ["audited"]
    assert (made.physical_id, make.unmapped) == ("audit", ("SnsTopicName",))


def test_events_of_global_services_can_be_left_out(make: Maker) -> None:
    a_trail(make, IncludeGlobalServiceEvents="false")
    assert make.client("cloudtrail").describe_trails()["trailList"][0]["IncludeGlobalServiceEvents"] is False


def test_event_data_store(make: Maker) -> None:
    made = make(
        "AWS::CloudTrail::EventDataStore",
        Name="lake",
        RetentionPeriod="90",
        MultiRegionEnabled="true",
        KmsKeyId=KEY,
        AdvancedEventSelectors=ADVANCED,
    )
    shown = make.client("cloudtrail").get_event_data_store(EventDataStore=made.physical_id)
    assert (shown["RetentionPeriod"], shown["MultiRegionEnabled"], shown["KmsKeyId"]) == (90, True, KEY)
    assert shown["AdvancedEventSelectors"] == ADVANCED
    assert made.attributes["EventDataStoreArn"] == made.physical_id


def test_log_group(make: Maker) -> None:
    made = make("AWS::Logs::LogGroup", "Group", LogGroupName="/app", RetentionInDays="30", KmsKeyId=KEY)
    (shown,) = make.client("logs").describe_log_groups()["logGroups"]
    assert (shown["retentionInDays"], shown["kmsKeyId"]) == (30, KEY)
    assert (made.physical_id, made.attributes["Arn"]) == ("/app", shown["arn"])
    assert made.identity == shown["arn"].removesuffix(":*")
    assert make.unmapped == ()


def test_log_group_without_retention_keeps_events(make: Maker) -> None:
    made = make("AWS::Logs::LogGroup", "Group")
    (shown,) = make.client("logs").describe_log_groups(logGroupNamePrefix=made.physical_id)["logGroups"]
    assert "retentionInDays" not in shown


def test_filters_streams_and_policies(make: Maker) -> None:
    make("AWS::Logs::LogGroup", "Group", LogGroupName="/app")
    transformation = {"MetricName": "m", "MetricNamespace": "n", "MetricValue": 1}
    made = make(
        "AWS::Logs::MetricFilter",
        "Filter",
        LogGroupName="/app",
        FilterPattern="{ $.x }",
        MetricTransformations=[transformation],
    )
    logs = make.client("logs")
    (shown,) = logs.describe_metric_filters(logGroupName="/app")["metricFilters"]
    assert (shown["filterName"], shown["filterPattern"]) == (made.physical_id, "{ $.x }")
    assert shown["metricTransformations"][0]["metricValue"] == "1"
    stream = make("AWS::Logs::LogStream", "Stream", LogGroupName="/app", LogStreamName="one")
    assert stream.physical_id == "one"
    policy = make("AWS::Logs::ResourcePolicy", "Policy", PolicyName="own", PolicyDocument=allow("logs:PutLogEvents"))
    (shown,) = logs.describe_resource_policies()["resourcePolicies"]
    assert json.loads(shown["policyDocument"]) == allow("logs:PutLogEvents")
    assert policy.origins == {("logs:resource-policy:own", "policy"): ("Properties", "PolicyDocument")}
