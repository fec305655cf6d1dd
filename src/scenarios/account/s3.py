"""S3 buckets."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy, Tags


class BucketEncryption(Fact):
    """Default encryption of new objects.

    `algorithm`: `AES256`, `aws:kms` or `aws:kms:dsse`. `key`: the key's id, ARN or alias as set on the bucket;
    absent with `aws:kms` it is the AWS managed key `alias/aws/s3`.
    """

    algorithm: str
    key: str | None = None
    bucket_key: bool = False


class PublicAccessBlock(Fact):
    """S3 Block Public Access, each setting by itself."""

    block_public_acls: bool = False
    ignore_public_acls: bool = False
    block_public_policy: bool = False
    restrict_public_buckets: bool = False

    @property
    def complete(self) -> bool:
        """All four settings are on."""
        return (
            self.block_public_acls
            and self.ignore_public_acls
            and self.block_public_policy
            and self.restrict_public_buckets
        )


class LifecycleRule(Fact):
    """One lifecycle rule; days are absent where the action is.

    `current` says that it expires objects or moves them to another class, `noncurrent` the same of noncurrent versions;
    one that only aborts uploads or clears delete markers does neither.
    """

    enabled: bool
    prefix: str = ""
    expiration_days: int | None = None
    noncurrent_expiration_days: int | None = None
    filtered: bool = False
    current: bool = False
    noncurrent: bool = False


class Bucket(Fact):
    """A bucket with what decides who reads it and how it is encrypted."""

    name: str
    arn: str
    region: str
    policy: Policy | None = None
    encryption: BucketEncryption | None = None
    public_access_block: PublicAccessBlock | None = None
    object_ownership: str | None = None
    acl_grants: tuple[str, ...] = ()
    versioning: str | None = None
    mfa_delete: bool = False
    object_lock: bool = False
    log_bucket: str | None = None
    log_prefix: str = ""
    lifecycle: tuple[LifecycleRule, ...] = ()
    event_bridge: bool = False
    tags: Tags = ()


class AccessPoint(Fact):
    """An access point of a bucket; one with `vpc_id` takes requests from that VPC only.

    `alias` can stand in a bucket name's place.
    """

    name: str
    arn: str
    bucket: str
    bucket_account: str | None = None
    alias: str | None = None
    vpc_id: str | None = None
    policy: Policy | None = None
    public_access_block: PublicAccessBlock | None = None
