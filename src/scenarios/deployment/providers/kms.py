"""AWS::KMS."""

from __future__ import annotations

from typing import Any

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.parts import part
from scenarios.deployment.shapes import document, fit, flag
from scenarios.finding import PropertyPath

_TAG_WORDS = {"Key": "TagKey", "Value": "TagValue"}


@provider("AWS::KMS::Key")
def key(request: Request) -> Created:
    """A customer managed key; without a KeyPolicy it has AWS's default one, which delegates to the account.

    Automatic rotation is off unless EnableKeyRotation is true, and then every 365 days unless it says otherwise.
    """
    properties, client = request.properties, request.client("kms")
    made = client.create_key(**_input(request))["KeyMetadata"]
    identifier, arn = made["KeyId"], made["Arn"]
    if flag(properties.get("EnableKeyRotation")):
        days = properties.get("RotationPeriodInDays", 365)
        with part(properties, "EnableKeyRotation"):
            client.enable_key_rotation(KeyId=identifier, RotationPeriodInDays=int(days))
    if not flag(properties.get("Enabled"), default=True):
        client.disable_key(KeyId=identifier)
    # The waiting period before deletion, and rotation's period where there is no rotation, show nowhere.
    properties.ignore("PendingWindowInDays", "RotationPeriodInDays")
    origins: dict[tuple[str, ...], PropertyPath] = {
        (arn, name): ("Properties", path)
        for name, path in (("policy", "KeyPolicy"), ("rotation", "EnableKeyRotation"), ("enabled", "Enabled"))
        if path in properties
    }
    return Created(identifier, {"Arn": arn, "KeyId": identifier}, identity=arn, origins={(identifier,): (), **origins})


def _input(request: Request) -> dict[str, Any]:
    properties, client = request.properties, request.client("kms")
    shape = client.meta.service_model.operation_model("CreateKey").input_shape
    given = fit(shape, properties, skip=("Tags",))
    given["Policy"] = document(properties.get("KeyPolicy") or default_policy(request))
    if properties.get("Tags"):
        given["Tags"] = [
            {_TAG_WORDS[word]: str(item) for word, item in tag.items() if word in _TAG_WORDS}
            for tag in properties["Tags"]
        ]
    return given


def default_policy(request: Request) -> dict[str, Any]:
    """The policy of a key made without one: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html."""
    root = f"arn:{request.stack.partition}:iam::{request.stack.account_id}:root"
    statement = {
        "Sid": "Enable IAM User Permissions",
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": "kms:*",
        "Resource": "*",
    }
    return {"Version": "2012-10-17", "Id": "key-default-1", "Statement": [statement]}


@provider("AWS::KMS::ReplicaKey")
def replica_key(request: Request) -> Created:
    """A replica of a multi-Region key whose primary is in another Region, where the emulated account has nothing.

    It is made as a multi-Region key of its own, so that its policy can be read; which key it replicates is unmapped.
    """
    properties, client = request.properties, request.client("kms")
    made = client.create_key(**{**_input(request), "MultiRegion": True})["KeyMetadata"]
    identifier, arn = made["KeyId"], made["Arn"]
    if not flag(properties.get("Enabled"), default=True):
        client.disable_key(KeyId=identifier)
    properties.ignore("PendingWindowInDays")
    origins: dict[tuple[str, ...], PropertyPath] = {(identifier,): (), (arn, "policy"): ("Properties", "KeyPolicy")}
    return Created(identifier, {"Arn": arn, "KeyId": identifier}, identity=arn, origins=origins)


@provider("AWS::KMS::Alias")
def alias(request: Request) -> Created:
    """An alias of a key, which may be named by its id or ARN."""
    name = str(request.properties["AliasName"])
    request.client("kms").create_alias(AliasName=name, TargetKeyId=str(request.properties["TargetKeyId"]))
    stack = request.stack
    arn = f"arn:{stack.partition}:kms:{stack.region}:{stack.account_id}:{name}"
    return Created(name, {"Arn": arn, "AliasName": name}, identity=arn)
