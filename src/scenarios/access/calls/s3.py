"""S3 calls as the authorisations that AWS makes for them.

| call | authorisations |
|---|---|
| GetObject of an SSE-KMS object | `s3:GetObject` on the object, `kms:Decrypt` on its key through S3 |
| PutObject with SSE-KMS | `s3:PutObject` on the object, `kms:GenerateDataKey` on the key through S3 |
| UploadPart with SSE-KMS | the same and `kms:Decrypt` |
| ListObjectsV2 | `s3:ListBucket` on the bucket |
| any of them through an access point | the same action on `ACCESS_POINT/object/KEY`, and on the bucket's object |

Through an access point the bucket's policy is asked besides: with an allow of its own for another account's caller,
else only for a Deny. Identity policies count once, for the access point.

The encryption context is the object's ARN, or the bucket's where the bucket key is on.

Sources: "Using server-side encryption with AWS KMS keys",
https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html; "Reducing the cost of SSE-KMS with Amazon
S3 Bucket Keys", https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html; "Configuring IAM policies for
using access points", https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
"""

from __future__ import annotations

from scenarios.access.access_point import access_point_keys
from scenarios.access.arn import account_of
from scenarios.access.caller import caller_of
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.network import Endpoint
from scenarios.account.s3 import AccessPoint, Bucket

_MANAGED = "alias/aws/s3"


def read_object(
    account: Account, principal: str, bucket: Bucket, key: str = "any-object", *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """GetObject of an object that the bucket's default encryption protects."""
    return _object_call(account, principal, bucket, key, ("s3:GetObject", "kms:Decrypt"), via)


def write_object(
    account: Account, principal: str, bucket: Bucket, key: str = "any-object", *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """PutObject under the bucket's default encryption, in one part (several parts also take `kms:Decrypt`)."""
    return _object_call(account, principal, bucket, key, ("s3:PutObject", "kms:GenerateDataKey"), via)


def upload_part(
    account: Account, principal: str, bucket: Bucket, key: str = "any-object", *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """UploadPart of a multipart upload: KMS also decrypts the parts' data key."""
    written = write_object(account, principal, bucket, key, via=via)
    if len(written) == 1:
        return written
    read = read_object(account, principal, bucket, key, via=via)
    return (*written, *read[1:])


def through_access_point(
    account: Account, point: AccessPoint, requests: tuple[Request, ...], via: Endpoint | None = None
) -> tuple[Request, ...]:
    """A call on the bucket's objects, made through an access point of the bucket."""
    first, *rest = requests
    key = first.resource.partition(":::")[2].partition("/")[2]
    named = f"{point.arn}/object/{key}" if key else point.arn
    asked = Request(first.principal, first.action, named, point.arn.split(":")[4])
    inner = access_point_keys(point)
    own = Request(first.principal, first.action, first.resource, first.resource_account, inner)
    return (complete(account, asked, via), complete(account, own, via), *rest)


def list_bucket(
    account: Account, principal: str, bucket: Bucket, prefix: str | None = None, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """ListObjectsV2; without `prefix` it is not known which one the caller asks for."""
    context = {} if prefix is None else {"s3:prefix": prefix}
    request = Request(principal, "s3:ListBucket", bucket.arn, _bucket_owner(account, bucket), context)
    return (complete(account, request, via),)


def _object_call(
    account: Account, principal: str, bucket: Bucket, key: str, actions: tuple[str, str], via: Endpoint | None
) -> tuple[Request, ...]:
    arn = f"{bucket.arn}/{key}"
    first = complete(account, Request(principal, actions[0], arn, _bucket_owner(account, bucket)), via)
    keyed = key_request(account, principal, bucket, key, actions[1])
    return (first, keyed) if keyed else (first,)


def key_request(account: Account, principal: str, bucket: Bucket, key: str, action: str) -> Request | None:
    """What KMS is asked through S3 for an object that the bucket's default encryption protects; nothing where no key's
    policy has a say."""
    key_arn = _key(account, bucket, principal)
    if key_arn is None:
        return None
    bucket_key = bucket.encryption is not None and bucket.encryption.bucket_key
    context = {
        "kms:viaservice": f"s3.{bucket.region}.amazonaws.com",
        "kms:encryptioncontext:aws:s3:arn": bucket.arn if bucket_key else f"{bucket.arn}/{key}",
    }
    return complete(account, Request(principal, action, key_arn, _owner(account, key_arn), context))


def _key(account: Account, bucket: Bucket, principal: str) -> str | None:
    """The key to be used, where its policy has a say.

    The AWS managed key admits every principal of the account that comes through S3: only a caller of another account
    has to be asked about it, and is refused.
    """
    encryption = bucket.encryption
    if encryption is None or not encryption.algorithm.startswith("aws:kms"):
        return None
    named = encryption.key
    if named is None or named.endswith(_MANAGED):
        own = caller_of(principal).account == account.account_id
        return None if own else f"arn:{account.partition}:kms:{bucket.region}:{account.account_id}:{_MANAGED}"
    key = account.key(named)
    if key is not None:
        return key.arn
    return named if named.startswith("arn:") else _arn(account, bucket, named)


def _arn(account: Account, bucket: Bucket, named: str) -> str:
    resource = named if named.startswith("alias/") else f"key/{named}"
    return f"arn:{account.partition}:kms:{bucket.region}:{account.account_id}:{resource}"


def _bucket_owner(account: Account, bucket: Bucket) -> str | None:
    """This account, or nobody that is known."""
    return account.account_id if account.bucket(bucket.name) else None


def _owner(account: Account, key_arn: str) -> str:
    return account_of(key_arn) or account.account_id
