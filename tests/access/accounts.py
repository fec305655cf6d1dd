"""A small account built by hand, for questions to accounts."""

from __future__ import annotations

import json
from typing import Any

from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.iam import Role, User
from scenarios.account.kms import Key
from scenarios.account.network import Endpoint
from scenarios.account.s3 import Bucket, BucketEncryption
from scenarios.finding import Origin, PropertyPath

ACCOUNT = "111122223333"
REGION = "eu-west-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/reader"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/k1"
BUCKET = "arn:aws:s3:::docs"
OBJECT = f"{BUCKET}/any-object"
VIA_S3 = {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}
ENDPOINT = Endpoint(
    endpoint_id="vpce-1",
    vpc_id="vpc-1",
    service=f"com.amazonaws.{REGION}.s3",
    kind="Gateway",
    route_table_ids=("rtb-1",),
)


def policy(
    *statements: dict[str, Any],
    name: str = "policy",
    origin: Origin | None = None,
    uncertain: tuple[tuple[PropertyPath, str], ...] = (),
) -> Policy:
    """A policy of these statements."""
    text = json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, sort_keys=True)
    return Policy(name=name, text=text, origin=origin, uncertain=uncertain)


def allow(action: str, resource: str | list[str] | None = "*", **more: Any) -> dict[str, Any]:
    """An Allow statement."""
    return {"Effect": "Allow", "Action": action, **({"Resource": resource} if resource else {}), **more}


def deny(action: str, resource: str = "*", **more: Any) -> dict[str, Any]:
    """A Deny statement."""
    return allow(action, resource, **more) | {"Effect": "Deny"}


def role(*statements: dict[str, Any], trust: Policy | None = None, name: str = "reader", **more: Any) -> Role:
    """A role with one inline policy."""
    bedrock = allow("sts:AssumeRole", None, Principal={"Service": "bedrock.amazonaws.com"})
    return Role(
        name=name,
        arn=f"arn:aws:iam::{ACCOUNT}:role/{name}",
        trust=trust or policy(bedrock, name="trust"),
        inline=(policy(*statements, name="inline", origin=Origin("Reader", ("Properties", "Policies", 0))),),
        **more,
    )


def key(*statements: dict[str, Any], **more: Any) -> Key:
    """A key; without statements its policy delegates to the account."""
    root = allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    key_policy = policy(*(statements or (root,)), name="key policy", origin=Origin("Key", ("Properties", "KeyPolicy")))
    return Key(key_id="k1", arn=KEY, policy=key_policy, aliases=("alias/docs",), **more)


def bucket(*statements: dict[str, Any], encryption: BucketEncryption | None = None, **more: Any) -> Bucket:
    """A bucket that is encrypted with the key, bucket key on, unless told otherwise."""
    return Bucket(
        name="docs",
        arn=BUCKET,
        region=REGION,
        policy=policy(*statements, name="bucket policy") if statements else None,
        encryption=encryption or BucketEncryption(algorithm="aws:kms", key=KEY, bucket_key=True),
        **more,
    )


def account(*facts: Role | User | Key | Bucket, **more: Any) -> Account:
    """An account of these facts."""
    return Account(
        account_id=ACCOUNT,
        region=REGION,
        roles=tuple(fact for fact in facts if isinstance(fact, Role)),
        users=tuple(fact for fact in facts if isinstance(fact, User)),
        keys=tuple(fact for fact in facts if isinstance(fact, Key)),
        buckets=tuple(fact for fact in facts if isinstance(fact, Bucket)),
        **more,
    )
