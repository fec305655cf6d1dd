"""AWS::KMS."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.shapes import flag


@provider("AWS::KMS::Key")
def key(request: Request) -> Created:
    """A customer managed key; without a KeyPolicy it has AWS's default one, which delegates to the account."""
    properties, client = request.properties, request.client("kms")
    policy = properties.get("KeyPolicy") or _default_policy(request)
    given: dict[str, Any] = {
        "Policy": policy if isinstance(policy, str) else json.dumps(policy),
        "Description": str(properties.get("Description", "")),
        "KeySpec": properties.get("KeySpec", "SYMMETRIC_DEFAULT"),
        "KeyUsage": properties.get("KeyUsage", "ENCRYPT_DECRYPT"),
        "MultiRegion": flag(properties.get("MultiRegion")),
        "Tags": [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in properties.get("Tags", [])],
        "BypassPolicyLockoutSafetyCheck": flag(properties.get("BypassPolicyLockoutSafetyCheck")),
    }
    metadata = client.create_key(**given)["KeyMetadata"]
    identifier, arn = metadata["KeyId"], metadata["Arn"]
    if flag(properties.get("EnableKeyRotation")):
        days = properties.get("RotationPeriodInDays")
        period = {"RotationPeriodInDays": int(days)} if days is not None else {}
        client.enable_key_rotation(KeyId=identifier, **period)
    if not flag(properties.get("Enabled"), default=True):
        client.disable_key(KeyId=identifier)
    properties.ignore("PendingWindowInDays", "Origin")
    origins = {
        (arn, "policy"): ("Properties", "KeyPolicy"),
        (arn, "rotation"): ("Properties", "EnableKeyRotation"),
    }
    return Created(identifier, {"Arn": arn, "KeyId": identifier}, identity=arn, origins=origins)


def _default_policy(request: Request) -> dict[str, Any]:
    """https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"""
    root = f"arn:{request.stack.partition}:iam::{request.stack.account_id}:root"
    statement = {
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": "kms:*",
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


@provider("AWS::KMS::Alias")
def alias(request: Request) -> Created:
    """An alias of a key."""
    name = str(request.properties["AliasName"])
    request.client("kms").create_alias(AliasName=name, TargetKeyId=str(request.properties["TargetKeyId"]))
    stack = request.stack
    arn = f"arn:{stack.partition}:kms:{stack.region}:{stack.account_id}:{name}"
    return Created(name, {"Arn": arn, "AliasName": name}, identity=arn)
