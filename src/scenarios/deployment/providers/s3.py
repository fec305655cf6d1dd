"""AWS::S3: buckets with all their settings, bucket policies, access points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from botocore import xform_name

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers import s3_settings as settings
from scenarios.deployment.providers.parts import part
from scenarios.deployment.shapes import call, convert, document, flag, member
from scenarios.finding import PropertyPath


class Setting(NamedTuple):
    """A property of a bucket that an operation of its own sets.

    `name` is the origin's key; `translate` turns CloudFormation's words into the API's, apart from case and kind.
    """

    property: str
    operation: str
    member: str
    name: str
    translate: Callable[[Any], Any] = lambda value: value


# Ownership comes before the ACL, versioning before replication.
_SETTINGS = (
    Setting("OwnershipControls", "PutBucketOwnershipControls", "OwnershipControls", "ownership"),
    Setting(
        "PublicAccessBlockConfiguration",
        "PutPublicAccessBlock",
        "PublicAccessBlockConfiguration",
        "public-access-block",
    ),
    Setting(
        "BucketEncryption",
        "PutBucketEncryption",
        "ServerSideEncryptionConfiguration",
        "encryption",
        settings.encryption,
    ),
    Setting("VersioningConfiguration", "PutBucketVersioning", "VersioningConfiguration", "versioning"),
    Setting(
        "LifecycleConfiguration",
        "PutBucketLifecycleConfiguration",
        "LifecycleConfiguration",
        "lifecycle",
        settings.lifecycle,
    ),
    Setting("CorsConfiguration", "PutBucketCors", "CORSConfiguration", "cors", settings.cors),
    Setting("WebsiteConfiguration", "PutBucketWebsite", "WebsiteConfiguration", "website", settings.website),
    Setting(
        "AccelerateConfiguration",
        "PutBucketAccelerateConfiguration",
        "AccelerateConfiguration",
        "accelerate",
        lambda value: settings.renamed(value, {"AccelerationStatus": "Status"}),
    ),
    Setting("ObjectLockConfiguration", "PutObjectLockConfiguration", "ObjectLockConfiguration", "object-lock"),
    Setting("ReplicationConfiguration", "PutBucketReplication", "ReplicationConfiguration", "replication"),
    Setting("Tags", "PutBucketTagging", "Tagging", "tags", lambda value: {"TagSet": value}),
    Setting(
        "NotificationConfiguration",
        "PutBucketNotificationConfiguration",
        "NotificationConfiguration",
        "notification",
        settings.notification,
    ),
)


@provider("AWS::S3::Bucket")
def bucket(request: Request) -> Created:
    """A bucket and its settings, each by the operation that has it."""
    properties, stack, client = request.properties, request.stack, request.client("s3")
    name = str(properties.get("BucketName") or request.name(max_length=63, lower=True))
    given: dict[str, Any] = {"Bucket": name, "ObjectLockEnabledForBucket": flag(properties.get("ObjectLockEnabled"))}
    if stack.region != "us-east-1":
        given["CreateBucketConfiguration"] = {"LocationConstraint": stack.region}
    if (refusal := settings.acl_refusal(properties.peek())) is not None:
        raise ValueError(refusal)
    client.create_bucket(**given)
    arn = f"arn:{stack.partition}:s3:::{name}"
    origins: dict[tuple[str, ...], PropertyPath] = {}
    for setting in _SETTINGS:
        if setting.property in properties:
            _set(request, name, setting)
            origins[(arn, setting.name)] = ("Properties", setting.property)
    if "AccessControl" in properties:
        client.put_bucket_acl(Bucket=name, ACL=settings.canned_acl(str(properties["AccessControl"])))
        origins[(arn, "acl")] = ("Properties", "AccessControl")
    if "LoggingConfiguration" in properties:
        _log(request, name)
        origins[(arn, "logging")] = ("Properties", "LoggingConfiguration")
    return Created(name, _attributes(request, name, arn), identity=arn, origins=origins)


def _set(request: Request, name: str, setting: Setting) -> None:
    properties, client = request.properties, request.client("s3")
    shape = member(client, setting.operation, setting.member)
    value = convert(shape, setting.translate(properties[setting.property]), properties.lose, setting.property)
    with part(properties, setting.property):
        getattr(client, xform_name(setting.operation))(Bucket=name, **{setting.member: value})


def _log(request: Request, name: str) -> None:
    """Server access logs; without a DestinationBucketName the bucket logs into itself.

    A target that is not there is refused, unless nobody knows which bucket it is.
    """
    value = request.properties["LoggingConfiguration"]
    enabled = {"TargetBucket": str(value.get("DestinationBucketName") or name), "TargetPrefix": ""}
    if "LogFilePrefix" in value:
        enabled["TargetPrefix"] = str(value["LogFilePrefix"])
    if "TargetObjectKeyFormat" in value:
        shape = member(request.client("s3"), "PutBucketLogging", "BucketLoggingStatus", "LoggingEnabled")
        enabled["TargetObjectKeyFormat"] = convert(
            shape.members["TargetObjectKeyFormat"], value["TargetObjectKeyFormat"]
        )
    try:
        request.client("s3").put_bucket_logging(Bucket=name, BucketLoggingStatus={"LoggingEnabled": enabled})
    except Exception:
        if request.doubt(("Properties", "LoggingConfiguration", "DestinationBucketName")) is None:
            raise
        request.properties.lose("LoggingConfiguration.DestinationBucketName")


def _attributes(request: Request, name: str, arn: str) -> dict[str, Any]:
    region, suffix = request.stack.region, request.stack.url_suffix
    return {
        "Arn": arn,
        "DomainName": f"{name}.s3.{suffix}",
        "DualStackDomainName": f"{name}.s3.dualstack.{region}.{suffix}",
        "RegionalDomainName": f"{name}.s3.{region}.{suffix}",
        "WebsiteURL": f"http://{name}.{settings.website_host(region)}.{suffix}",
    }


@provider("AWS::S3::BucketPolicy")
def bucket_policy(request: Request) -> Created:
    """A bucket's policy; it belongs to the bucket, and reports point here."""
    name = str(request.properties["Bucket"])
    request.client("s3").put_bucket_policy(Bucket=name, Policy=document(request.properties["PolicyDocument"]))
    arn = f"arn:{request.stack.partition}:s3:::{name}"
    return Created(name, {"Bucket": name}, origins={(arn, "policy"): ("Properties", "PolicyDocument")})


@provider("AWS::S3::AccessPoint")
def access_point(request: Request) -> Created:
    """An access point of a bucket, with its own policy and public-access block."""
    properties, stack, client = request.properties, request.stack, request.client("s3control")
    name = str(properties.get("Name") or request.name(max_length=50, lower=True))
    given: dict[str, Any] = {"AccountId": stack.account_id, "Name": name}
    made = call(client, "CreateAccessPoint", properties, skip=("Policy",), **given)
    arn = str(made["AccessPointArn"])
    if "Policy" in properties:
        client.put_access_point_policy(**given, Policy=document(properties["Policy"]))
    attributes = {
        "Arn": arn,
        "Alias": made.get("Alias", ""),
        "Name": name,
        "NetworkOrigin": "VPC" if properties.get("VpcConfiguration") else "Internet",
    }
    return Created(name, attributes, identity=arn, origins={(arn, "policy"): ("Properties", "Policy")})
