"""A bucket's settings in the S3 API's words, where CloudFormation has others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.deployment.shapes import flag

_DASHED_WEBSITES = frozenset(
    (
        "us-east-1 us-west-1 us-west-2 eu-west-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 sa-east-1 us-gov-west-1"
    ).split()
)


def website_host(region: str) -> str:
    """The host of website endpoints: older regions have a dash before their name, newer ones a dot.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
    """
    return f"s3-website{'-' if region in _DASHED_WEBSITES else '.'}{region}"


def canned_acl(name: str) -> str:
    """`BucketOwnerFullControl` -> `bucket-owner-full-control`."""
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")


_OWNERS_ALONE = ("Private", "BucketOwnerFullControl")
_PUBLIC = ("PublicRead", "PublicReadWrite", "AuthenticatedRead")


def acl_refusal(properties: Mapping[str, Any]) -> str | None:
    """Why AWS refuses the bucket's AccessControl, if it does.

    ACLs are off unless OwnershipControls says otherwise, and public ones blocked unless the bucket says otherwise
    (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-ownership-error-responses.html,
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html).
    """
    named = properties.get("AccessControl")
    if named is None or named in _OWNERS_ALONE:
        return None
    rules = (properties.get("OwnershipControls") or {}).get("Rules") or [{}]
    if rules[0].get("ObjectOwnership", "BucketOwnerEnforced") == "BucketOwnerEnforced":
        ownership = "ObjectOwnership's BucketOwnerEnforced setting"
        return f"InvalidBucketAclWithObjectOwnership: Bucket cannot have ACLs set with {ownership}"
    block = properties.get("PublicAccessBlockConfiguration", {"BlockPublicAcls": True}) or {}
    if named in _PUBLIC and flag(block.get("BlockPublicAcls")):
        return "InvalidBucketAclWithBlockPublicAccessError: Bucket cannot have public ACLs set with BlockPublicAcls"
    return None


def renamed(value: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """A mapping with some of its keys called otherwise."""
    return {names.get(key, key): item for key, item in value.items()}


def encryption(value: Any) -> dict[str, Any]:
    """BucketEncryption."""
    names = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}
    return {"Rules": [renamed(rule, names) for rule in value.get("ServerSideEncryptionConfiguration") or []]}


def cors(value: Any) -> dict[str, Any]:
    """CorsConfiguration."""
    names = {"ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}
    return {"CORSRules": [renamed(rule, names) for rule in value.get("CorsRules") or []]}


def website(value: Any) -> dict[str, Any]:
    """WebsiteConfiguration."""
    made = {key: value[key] for key in ("RedirectAllRequestsTo",) if key in value}
    if "IndexDocument" in value:
        made["IndexDocument"] = {"Suffix": value["IndexDocument"]}
    if "ErrorDocument" in value:
        made["ErrorDocument"] = {"Key": value["ErrorDocument"]}
    if value.get("RoutingRules"):
        names = {"RedirectRule": "Redirect", "RoutingRuleCondition": "Condition"}
        made["RoutingRules"] = [renamed(rule, names) for rule in value["RoutingRules"]]
    return made


def notification(value: Any) -> dict[str, Any]:
    """NotificationConfiguration."""
    made: dict[str, Any] = {}
    events = value.get("EventBridgeConfiguration")
    if events is not None and str(events.get("EventBridgeEnabled", True)).lower() == "true":
        made["EventBridgeConfiguration"] = {}
    for key, api_key, target, arn in (
        ("LambdaConfigurations", "LambdaFunctionConfigurations", "Function", "LambdaFunctionArn"),
        ("QueueConfigurations", "QueueConfigurations", "Queue", "QueueArn"),
        ("TopicConfigurations", "TopicConfigurations", "Topic", "TopicArn"),
    ):
        if value.get(key):
            made[api_key] = [_configuration(item, target, arn) for item in value[key]]
    return made


def _configuration(item: Mapping[str, Any], target: str, arn: str) -> dict[str, Any]:
    made: dict[str, Any] = {arn: item.get(target), "Events": [item.get("Event")]}
    rules = item.get("Filter", {}).get("S3Key", {}).get("Rules")
    if rules:
        made["Filter"] = {"Key": {"FilterRules": rules}}
    return made


def lifecycle(value: Any) -> dict[str, Any]:
    """LifecycleConfiguration."""
    made = {key: item for key, item in value.items() if key != "Rules"}
    return {**made, "Rules": [_lifecycle_rule(rule) for rule in value.get("Rules") or []]}


_RULE_PARTS = ("Status", "AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration")


def _lifecycle_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    made = {key: rule[key] for key in _RULE_PARTS if key in rule}
    made["Filter"] = _filter(rule)
    if "Id" in rule:
        made["ID"] = rule["Id"]
    names = {
        "ExpirationInDays": "Days",
        "ExpirationDate": "Date",
        "ExpiredObjectDeleteMarker": "ExpiredObjectDeleteMarker",
    }
    expiration = {api: rule[key] for key, api in names.items() if key in rule}
    if expiration:
        made["Expiration"] = expiration
    if "NoncurrentVersionExpirationInDays" in rule:
        made["NoncurrentVersionExpiration"] = {"NoncurrentDays": rule["NoncurrentVersionExpirationInDays"]}
    if moves := _either(rule, "Transition"):
        words = {"TransitionInDays": "Days", "TransitionDate": "Date"}
        made["Transitions"] = [renamed(move, words) for move in moves]
    if moves := _either(rule, "NoncurrentVersionTransition"):
        words = {"TransitionInDays": "NoncurrentDays"}
        made["NoncurrentVersionTransitions"] = [renamed(move, words) for move in moves]
    return made


def _either(rule: Mapping[str, Any], key: str) -> list[Any]:
    """A list property, or its older form for one item."""
    return list(rule.get(f"{key}s") or ([rule[key]] if key in rule else []))


def _filter(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The filter: one condition by itself, several under And."""
    sizes = {key: rule[key] for key in ("ObjectSizeGreaterThan", "ObjectSizeLessThan") if key in rule}
    prefix = {"Prefix": rule["Prefix"]} if rule.get("Prefix") else {}
    tags = rule.get("TagFilters") or []
    if len(sizes) + len(prefix) + len(tags) > 1:
        return {"And": {**prefix, **sizes, **({"Tags": tags} if tags else {})}}
    if tags:
        return {"Tag": tags[0]}
    return {**prefix, **sizes} or {"Prefix": ""}
