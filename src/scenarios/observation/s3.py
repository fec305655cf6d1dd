"""Buckets."""

from __future__ import annotations

from typing import Any

from scenarios.account import s3
from scenarios.finding import Origin
from scenarios.observation.reader import Reader, tags


def read(reader: Reader) -> dict[str, Any]:
    """All buckets of the account."""
    listed = reader.pages("s3.buckets", "s3", "list_buckets", "Buckets")
    return {"buckets": reader.each("s3.buckets", listed, lambda item: _bucket(reader, item["Name"]))}


def read_access_points(reader: Reader) -> dict[str, Any]:
    """All access points of the account in the region."""
    whose = {"AccountId": reader.account_id}
    listed = reader.pages("s3.access_points", "s3control", "list_access_points", "AccessPointList", **whose)
    return {"access_points": reader.each("s3.access_points", listed, lambda item: _access_point(reader, item))}


def _access_point(reader: Reader, item: dict[str, Any]) -> s3.AccessPoint:
    name, whose = item["Name"], {"AccountId": reader.account_id, "Name": item["Name"]}
    full = reader.call("s3.access_point", "s3control", "get_access_point", name, **whose) or item
    arn = full.get("AccessPointArn") or (
        f"arn:{reader.partition}:s3:{reader.region}:{reader.account_id}:accesspoint/{name}"
    )
    policy = reader.call(
        "s3.access_point.policy", "s3control", "get_access_point_policy", name, ("NoSuchAccessPointPolicy",), **whose
    ).get("Policy")
    block = full.get("PublicAccessBlockConfiguration")
    return s3.AccessPoint(
        name=name,
        arn=arn,
        bucket=full["Bucket"],
        bucket_account=full.get("BucketAccountId"),
        alias=full.get("Alias"),
        vpc_id=(full.get("VpcConfiguration") or {}).get("VpcId"),
        policy=reader.policy("access point policy", policy, arn, "policy") if policy else None,
        public_access_block=_settings(block) if block else None,
        origin=reader.origin(arn),
    )


def _bucket(reader: Reader, name: str) -> s3.Bucket:
    arn = f"arn:{reader.partition}:s3:::{name}"
    policy = _get(reader, "policy", name, "get_bucket_policy", "NoSuchBucketPolicy").get("Policy")
    versioning = _get(reader, "versioning", name, "get_bucket_versioning")
    logging = _get(reader, "logging", name, "get_bucket_logging").get("LoggingEnabled", {})
    lock = _get(reader, "object-lock", name, "get_object_lock_configuration", "ObjectLockConfigurationNotFoundError")
    lifecycle = _get(
        reader, "lifecycle", name, "get_bucket_lifecycle_configuration", "NoSuchLifecycleConfiguration"
    ).get("Rules", [])
    grants = _get(reader, "acl", name, "get_bucket_acl").get("Grants", [])
    notification = _get(reader, "notification", name, "get_bucket_notification_configuration")
    location = _get(reader, "location", name, "get_bucket_location").get("LocationConstraint")
    return s3.Bucket(
        name=name,
        arn=arn,
        region=location or "us-east-1",
        policy=reader.policy("bucket policy", policy, arn, "policy") if policy else None,
        encryption=_encryption(reader, name, arn),
        public_access_block=_block(reader, name, arn),
        object_ownership=_ownership(reader, name),
        acl_grants=tuple(_grantee(grant) for grant in grants),
        versioning=versioning.get("Status"),
        mfa_delete=versioning.get("MFADelete") == "Enabled",
        object_lock=lock.get("ObjectLockConfiguration", {}).get("ObjectLockEnabled") == "Enabled",
        log_bucket=logging.get("TargetBucket"),
        log_prefix=logging.get("TargetPrefix") or "",
        lifecycle=tuple(_rule(rule) for rule in lifecycle),
        event_bridge="EventBridgeConfiguration" in notification,
        tags=tags(_get(reader, "tags", name, "get_bucket_tagging", "NoSuchTagSet").get("TagSet")),
        origin=reader.origin(arn),
    )


def _get(reader: Reader, part: str, name: str, operation: str, *absent: str) -> dict[str, Any]:
    return reader.call(f"s3.bucket.{part}", "s3", operation, name, absent, Bucket=name)


def _encryption(reader: Reader, name: str, arn: str) -> s3.BucketEncryption | None:
    absent = "ServerSideEncryptionConfigurationNotFoundError"
    found = _get(reader, "encryption", name, "get_bucket_encryption", absent)
    rules = found.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
    for rule in rules:
        default = rule.get("ApplyServerSideEncryptionByDefault", {})
        return s3.BucketEncryption(
            algorithm=default.get("SSEAlgorithm", "AES256"),
            key=default.get("KMSMasterKeyID") or None,
            bucket_key=bool(rule.get("BucketKeyEnabled")),
            origin=reader.origin(arn, "encryption"),
        )
    return None


def _block(reader: Reader, name: str, arn: str) -> s3.PublicAccessBlock | None:
    found = _get(reader, "public-access-block", name, "get_public_access_block", "NoSuchPublicAccessBlockConfiguration")
    block = found.get("PublicAccessBlockConfiguration")
    if block is None:
        return None
    return _settings(block, reader.origin(arn, "public-access-block"))


def _settings(block: dict[str, Any], origin: Origin | None = None) -> s3.PublicAccessBlock:
    return s3.PublicAccessBlock(
        block_public_acls=bool(block.get("BlockPublicAcls")),
        ignore_public_acls=bool(block.get("IgnorePublicAcls")),
        block_public_policy=bool(block.get("BlockPublicPolicy")),
        restrict_public_buckets=bool(block.get("RestrictPublicBuckets")),
        origin=origin,
    )


def _ownership(reader: Reader, name: str) -> str | None:
    found = _get(reader, "ownership", name, "get_bucket_ownership_controls", "OwnershipControlsNotFoundError")
    rules = found.get("OwnershipControls", {}).get("Rules", [])
    return rules[0].get("ObjectOwnership") if rules else None


def _grantee(grant: dict[str, Any]) -> str:
    grantee = grant.get("Grantee", {})
    return f"{grantee.get('URI') or grantee.get('ID') or grantee.get('EmailAddress')} {grant.get('Permission')}"


def _rule(rule: dict[str, Any]) -> s3.LifecycleRule:
    where = rule.get("Filter", {})
    expiration = rule.get("Expiration", {})
    return s3.LifecycleRule(
        enabled=rule.get("Status") == "Enabled",
        prefix=rule.get("Prefix") or where.get("Prefix") or "",
        expiration_days=expiration.get("Days"),
        noncurrent_expiration_days=rule.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays"),
        current=bool(expiration.get("Days") or expiration.get("Date") or rule.get("Transitions")),
        noncurrent=bool(rule.get("NoncurrentVersionExpiration") or rule.get("NoncurrentVersionTransitions")),
        filtered=bool({"Tag", "And", "ObjectSizeGreaterThan", "ObjectSizeLessThan"} & set(where)),
    )
