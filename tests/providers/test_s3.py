"""AWS::S3: what a template says of a bucket is what S3 answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from providers.support import ACCOUNT, Maker, allow

KEY = "arn:aws:kms:us-east-1:123456789012:key/1"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:topic"
Read = Callable[[Any], Any]

SETTINGS: tuple[tuple[str, dict[str, Any], Read, Any], ...] = (
    (
        "kms encryption with texts for booleans",
        {
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {
                        "BucketKeyEnabled": "true",
                        "ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY},
                    }
                ]
            }
        },
        lambda s3: s3.get_bucket_encryption(Bucket="thing")["ServerSideEncryptionConfiguration"]["Rules"],
        [
            {
                "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY},
                "BucketKeyEnabled": True,
            }
        ],
    ),
    (
        "no encryption is S3's own",
        {},
        lambda s3: s3.get_bucket_encryption(Bucket="thing")["ServerSideEncryptionConfiguration"]["Rules"][0][
            "ApplyServerSideEncryptionByDefault"
        ],
        {"SSEAlgorithm": "AES256"},
    ),
    (
        "a partial public-access block leaves the rest off",
        {"PublicAccessBlockConfiguration": {"BlockPublicAcls": "true", "RestrictPublicBuckets": False}},
        lambda s3: {
            name
            for name, value in s3.get_public_access_block(Bucket="thing")["PublicAccessBlockConfiguration"].items()
            if value
        },
        {"BlockPublicAcls"},
    ),
    (
        "no public-access block is a complete one",
        {},
        lambda s3: set(s3.get_public_access_block(Bucket="thing")["PublicAccessBlockConfiguration"].values()),
        {True},
    ),
    (
        "versioning",
        {"VersioningConfiguration": {"Status": "Enabled"}},
        lambda s3: s3.get_bucket_versioning(Bucket="thing")["Status"],
        "Enabled",
    ),
    (
        "ownership",
        {"OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}},
        lambda s3: s3.get_bucket_ownership_controls(Bucket="thing")["OwnershipControls"]["Rules"],
        [{"ObjectOwnership": "ObjectWriter"}],
    ),
    (
        "acl",
        {
            "AccessControl": "PublicRead",
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
            "PublicAccessBlockConfiguration": {"BlockPublicAcls": "false"},
        },
        lambda s3: [
            (grant["Grantee"].get("URI", "").rpartition("/")[2], grant["Permission"])
            for grant in s3.get_bucket_acl(Bucket="thing")["Grants"]
            if "URI" in grant["Grantee"]
        ],
        [("AllUsers", "READ")],
    ),
    (
        "lifecycle of two rules",
        {
            "LifecycleConfiguration": {
                "Rules": [
                    {"Id": "old", "Status": "Enabled", "Prefix": "logs/", "ExpirationInDays": "30"},
                    {
                        "Status": "Disabled",
                        "NoncurrentVersionExpiration": {"NoncurrentDays": 7},
                        "Transitions": [{"TransitionInDays": "90", "StorageClass": "GLACIER"}],
                    },
                ]
            }
        },
        lambda s3: [
            (
                rule["Status"],
                rule["Filter"].get("Prefix"),
                rule.get("Expiration", {}).get("Days"),
                rule.get("NoncurrentVersionExpiration", {}).get("NoncurrentDays"),
                rule.get("Transitions", [{}])[0].get("Days"),
            )
            for rule in s3.get_bucket_lifecycle_configuration(Bucket="thing")["Rules"]
        ],
        [("Enabled", "logs/", 30, None, None), ("Disabled", "", None, 7, 90)],
    ),
    (
        "lifecycle with tags and sizes",
        {
            "LifecycleConfiguration": {
                "Rules": [
                    {
                        "Status": "Enabled",
                        "ExpirationInDays": 1,
                        "Prefix": "tmp/",
                        "TagFilters": [{"Key": "a", "Value": "b"}],
                    }
                ]
            }
        },
        lambda s3: s3.get_bucket_lifecycle_configuration(Bucket="thing")["Rules"][0]["Filter"]["And"],
        {"Prefix": "tmp/", "Tags": [{"Key": "a", "Value": "b"}]},
    ),
    (
        "server access logs into the bucket itself",
        {"LoggingConfiguration": {"LogFilePrefix": "access/"}},
        lambda s3: {
            key: s3.get_bucket_logging(Bucket="thing")["LoggingEnabled"][key]
            for key in ("TargetBucket", "TargetPrefix")
        },
        {"TargetBucket": "thing", "TargetPrefix": "access/"},
    ),
    (
        "object lock",
        {"ObjectLockEnabled": "true"},
        lambda s3: s3.get_object_lock_configuration(Bucket="thing")["ObjectLockConfiguration"]["ObjectLockEnabled"],
        "Enabled",
    ),
    (
        "EventBridge",
        {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}},
        lambda s3: "EventBridgeConfiguration" in s3.get_bucket_notification_configuration(Bucket="thing"),
        True,
    ),
    (
        "EventBridge switched off",
        {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": "false"}}},
        lambda s3: "EventBridgeConfiguration" in s3.get_bucket_notification_configuration(Bucket="thing"),
        False,
    ),
    (
        "tags",
        {"Tags": [{"Key": "stage", "Value": 1}]},
        lambda s3: s3.get_bucket_tagging(Bucket="thing")["TagSet"],
        [{"Key": "stage", "Value": "1"}],
    ),
    (
        "cors",
        {"CorsConfiguration": {"CorsRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAge": "5"}]}},
        lambda s3: s3.get_bucket_cors(Bucket="thing")["CORSRules"][0]["MaxAgeSeconds"],
        5,
    ),
    (
        "website",
        {"WebsiteConfiguration": {"IndexDocument": "index.html"}},
        lambda s3: s3.get_bucket_website(Bucket="thing")["IndexDocument"],
        {"Suffix": "index.html"},
    ),
)


@pytest.mark.parametrize(
    ("properties", "read", "expected"), [row[1:] for row in SETTINGS], ids=[r[0] for r in SETTINGS]
)
def test_settings(make: Maker, properties: dict[str, Any], read: Read, expected: Any) -> None:
    make("AWS::S3::Bucket", BucketName="thing", **properties)
    assert read(make.client("s3")) == expected
    assert make.unmapped == ()


def test_ref_and_attributes(make: Maker) -> None:
    made = make("AWS::S3::Bucket")
    name = made.physical_id
    assert name.startswith("stack-thing-")
    assert name == name.lower()
    assert made.attributes == {
        "Arn": f"arn:aws:s3:::{name}",
        "DomainName": f"{name}.s3.amazonaws.com",
        "DualStackDomainName": f"{name}.s3.dualstack.us-east-1.amazonaws.com",
        "RegionalDomainName": f"{name}.s3.us-east-1.amazonaws.com",
        "WebsiteURL": f"http://{name}.s3-website-us-east-1.amazonaws.com",
    }
    assert made.identity == made.attributes["Arn"]


ENABLED = {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}}
OPEN = {"PublicAccessBlockConfiguration": {"BlockPublicPolicy": True}}
REFUSED, BLOCKED = "InvalidBucketAclWithObjectOwnership", "InvalidBucketAclWithBlockPublicAccessError"


@pytest.mark.parametrize(
    ("acl", "more", "refusal"),
    [
        ("Private", {}, None),
        ("BucketOwnerFullControl", {}, None),
        *((acl, {}, REFUSED) for acl in ("PublicRead", "PublicReadWrite", "AuthenticatedRead")),
        *((acl, {}, REFUSED) for acl in ("LogDeliveryWrite", "AwsExecRead", "BucketOwnerRead")),
        ("LogDeliveryWrite", {"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}}, REFUSED),
        ("LogDeliveryWrite", ENABLED, None),
        ("PublicRead", ENABLED, BLOCKED),
        ("PublicRead", {**ENABLED, "PublicAccessBlockConfiguration": {"BlockPublicAcls": "true"}}, BLOCKED),
        ("PublicRead", {**ENABLED, **OPEN}, None),
    ],
)
def test_acls_are_off_and_public_ones_blocked_until_the_bucket_says_otherwise(
    make: Maker, acl: str, more: dict[str, Any], refusal: str | None
) -> None:
    if refusal is None:
        make("AWS::S3::Bucket", BucketName="thing", AccessControl=acl, **more)
    else:
        with pytest.raises(ValueError, match=refusal):
            make("AWS::S3::Bucket", BucketName="thing", AccessControl=acl, **more)
    assert bool(make.client("s3").list_buckets()["Buckets"]) is (refusal is None)


def test_logs_into_a_bucket_that_is_not_there(make: Maker) -> None:
    with pytest.raises(ClientError, match="InvalidTargetBucketForLogging"):
        make("AWS::S3::Bucket", LoggingConfiguration={"DestinationBucketName": "elsewhere"})


def test_origins_are_the_properties_that_were_set(make: Maker) -> None:
    made = make("AWS::S3::Bucket", BucketName="thing", VersioningConfiguration={"Status": "Enabled"})
    assert made.origins == {("arn:aws:s3:::thing", "versioning"): ("Properties", "VersioningConfiguration")}


def test_what_nothing_shows_is_unmapped(make: Maker) -> None:
    make(
        "AWS::S3::Bucket",
        MetricsConfigurations=[{"Id": "all"}],
        VersioningConfiguration={"Status": "Enabled", "Novelty": 1},
    )
    assert set(make.unmapped) == {"MetricsConfigurations", "VersioningConfiguration.Novelty"}


@pytest.mark.parametrize("document", [allow("s3:GetObject"), json.dumps(allow("s3:GetObject"))])
def test_bucket_policy_is_one_document_however_written(make: Maker, document: Any) -> None:
    make("AWS::S3::Bucket", BucketName="thing")
    made = make("AWS::S3::BucketPolicy", "Policy", Bucket="thing", PolicyDocument=document)
    assert json.loads(make.client("s3").get_bucket_policy(Bucket="thing")["Policy"]) == allow("s3:GetObject")
    assert made.origins == {("arn:aws:s3:::thing", "policy"): ("Properties", "PolicyDocument")}


def test_policy_of_a_bucket_that_is_not_there_fails(make: Maker) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        make("AWS::S3::BucketPolicy", Bucket="absent", PolicyDocument=allow("s3:GetObject"))


def test_access_point(make: Maker) -> None:
    make("AWS::S3::Bucket", BucketName="thing")
    arn = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/door"
    made = make(
        "AWS::S3::AccessPoint",
        "Door",
        Bucket="thing",
        Name="door",
        VpcConfiguration={"VpcId": "vpc-1"},
        Policy=allow("s3:GetObject", f"{arn}/object/*"),
    )
    assert (made.physical_id, made.attributes["Arn"], made.attributes["NetworkOrigin"]) == ("door", arn, "VPC")
    control = make.client("s3control")
    assert control.get_access_point(AccountId=ACCOUNT, Name="door")["VpcConfiguration"] == {"VpcId": "vpc-1"}
    policy = control.get_access_point_policy(AccountId=ACCOUNT, Name="door")["Policy"]
    assert json.loads(policy)["Statement"][0]["Action"] == "s3:GetObject"
