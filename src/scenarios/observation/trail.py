"""CloudTrail and log groups."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import trail
from scenarios.observation.reader import Reader


def read_cloudtrail(reader: Reader) -> dict[str, Any]:
    """Trails with their selectors, and event data stores."""
    listed = reader.call("cloudtrail.trails", "cloudtrail", "describe_trails").get("trailList", [])
    stores = reader.pages("cloudtrail.event_data_stores", "cloudtrail", "list_event_data_stores", "EventDataStores")
    return {
        "trails": reader.each("cloudtrail.trails", listed, partial(_trail, reader)),
        "event_data_stores": reader.each("cloudtrail.event_data_stores", stores, partial(_store, reader)),
    }


def _trail(reader: Reader, item: dict[str, Any]) -> trail.Trail:
    """A trail; one of another region or of the organisation is found by its ARN only.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
    """
    name, arn = item["Name"], item["TrailARN"]
    status = reader.call("cloudtrail.trail.status", "cloudtrail", "get_trail_status", name, Name=arn)
    found = reader.call("cloudtrail.trail.selectors", "cloudtrail", "get_event_selectors", name, TrailName=arn)
    return trail.Trail(
        name=name,
        arn=arn,
        bucket=item.get("S3BucketName", ""),
        prefix=item.get("S3KeyPrefix") or None,
        home_region=item.get("HomeRegion"),
        multi_region=bool(item.get("IsMultiRegionTrail")),
        global_events=bool(item.get("IncludeGlobalServiceEvents", True)),
        organization=bool(item.get("IsOrganizationTrail")),
        validation=bool(item.get("LogFileValidationEnabled")),
        logging=status.get("IsLogging"),
        kms_key=item.get("KmsKeyId") or None,
        log_group_arn=item.get("CloudWatchLogsLogGroupArn") or None,
        log_group_role=item.get("CloudWatchLogsRoleArn") or None,
        topic=item.get("SnsTopicARN") or item.get("SnsTopicName") or None,
        basic_selectors=basic_selectors(found),
        advanced_selectors=advanced_selectors(found),
        origin=reader.origin(arn),
    )


def basic_selectors(found: dict[str, Any]) -> tuple[trail.BasicSelector, ...]:
    """The basic selectors that GetEventSelectors returns or PutEventSelectors takes."""
    return tuple(_basic(selector) for selector in found.get("EventSelectors") or ())


def advanced_selectors(found: dict[str, Any]) -> tuple[trail.AdvancedSelector, ...]:
    """The advanced selectors that GetEventSelectors returns or PutEventSelectors takes."""
    return tuple(_advanced(selector) for selector in found.get("AdvancedEventSelectors") or ())


def _basic(item: dict[str, Any]) -> trail.BasicSelector:
    resources = item.get("DataResources", [])
    return trail.BasicSelector(
        read_write=item.get("ReadWriteType", "All"),
        management=bool(item.get("IncludeManagementEvents", True)),
        data_resources=tuple((each.get("Type", ""), tuple(each.get("Values", []))) for each in resources),
        excluded_sources=tuple(item.get("ExcludeManagementEventSources", [])),
    )


def _advanced(item: dict[str, Any]) -> trail.AdvancedSelector:
    return trail.AdvancedSelector(
        name=item.get("Name"), fields=tuple(_field(field) for field in item.get("FieldSelectors", []))
    )


def _field(item: dict[str, Any]) -> trail.FieldSelector:
    return trail.FieldSelector(
        field=item["Field"],
        equals=tuple(map(str, item.get("Equals", []))),
        not_equals=tuple(map(str, item.get("NotEquals", []))),
        starts_with=tuple(map(str, item.get("StartsWith", []))),
        not_starts_with=tuple(map(str, item.get("NotStartsWith", []))),
        ends_with=tuple(map(str, item.get("EndsWith", []))),
        not_ends_with=tuple(map(str, item.get("NotEndsWith", []))),
    )


def _store(reader: Reader, item: dict[str, Any]) -> trail.EventDataStore:
    arn = item["EventDataStoreArn"]
    key = {"EventDataStore": arn}
    full = reader.call("cloudtrail.event_data_store", "cloudtrail", "get_event_data_store", arn, **key) or item
    return trail.EventDataStore(
        name=full.get("Name", ""),
        arn=arn,
        multi_region=bool(full.get("MultiRegionEnabled", True)),
        retention_days=full.get("RetentionPeriod"),
        kms_key=full.get("KmsKeyId"),
        advanced_selectors=tuple(_advanced(selector) for selector in full.get("AdvancedEventSelectors", [])),
        origin=reader.origin(arn),
    )


def read_logs(reader: Reader) -> dict[str, Any]:
    """Log groups, their metric filters, and resource policies."""
    groups = reader.pages("logs.groups", "logs", "describe_log_groups", "logGroups")
    filters = reader.pages("logs.metric_filters", "logs", "describe_metric_filters", "metricFilters")
    policies = reader.pages("logs.resource_policies", "logs", "describe_resource_policies", "resourcePolicies")
    return {
        "log_groups": reader.each("logs.groups", groups, partial(_group, reader)),
        "metric_filters": reader.each("logs.metric_filters", filters, _metric_filter),
        "log_resource_policies": reader.each("logs.resource_policies", policies, partial(_resource_policy, reader)),
    }


def _group(reader: Reader, item: dict[str, Any]) -> trail.LogGroup:
    arn = item["arn"].removesuffix(":*")
    return trail.LogGroup(
        name=item["logGroupName"],
        arn=arn,
        retention_days=item.get("retentionInDays"),
        kms_key=item.get("kmsKeyId"),
        origin=reader.origin(arn),
    )


def _metric_filter(item: dict[str, Any]) -> trail.MetricFilter:
    return trail.MetricFilter(
        name=item["filterName"], log_group=item.get("logGroupName", ""), pattern=item.get("filterPattern", "")
    )


def _resource_policy(reader: Reader, item: dict[str, Any]) -> trail.LogResourcePolicy:
    identity = f"logs:resource-policy:{item['policyName']}"
    policy = reader.policy(item["policyName"], item.get("policyDocument", "{}"), identity, "policy")
    return trail.LogResourcePolicy(name=item["policyName"], policy=policy, origin=reader.origin(identity))
