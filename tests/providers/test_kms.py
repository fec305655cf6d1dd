"""AWS::KMS."""

from __future__ import annotations

import json
from typing import Any

import pytest

from providers.support import ACCOUNT, Maker, allow

ROOT = f"arn:aws:iam::{ACCOUNT}:root"


def policy_of(make: Maker, key: str) -> dict[str, Any]:
    return json.loads(make.client("kms").get_key_policy(KeyId=key, PolicyName="default")["Policy"])


def test_without_a_policy_the_account_decides(make: Maker) -> None:
    statement = policy_of(make, make("AWS::KMS::Key").physical_id)["Statement"][0]
    assert (statement["Principal"], statement["Action"], statement["Effect"]) == ({"AWS": ROOT}, "kms:*", "Allow")


@pytest.mark.parametrize("wanted", [allow("kms:Decrypt"), json.dumps(allow("kms:Decrypt"))])
def test_policy_is_one_document_however_written(make: Maker, wanted: Any) -> None:
    made = make("AWS::KMS::Key", KeyPolicy=wanted)
    assert policy_of(make, made.physical_id) == allow("kms:Decrypt")
    assert made.origins[(str(made.identity), "policy")] == ("Properties", "KeyPolicy")


@pytest.mark.parametrize(
    ("properties", "rotates", "days"),
    [
        ({}, False, None),
        ({"EnableKeyRotation": "false"}, False, None),
        ({"EnableKeyRotation": "true"}, True, 365),
        ({"EnableKeyRotation": True, "RotationPeriodInDays": "90"}, True, 90),
    ],
)
def test_rotation(make: Maker, properties: dict[str, Any], rotates: bool, days: int | None) -> None:
    made = make("AWS::KMS::Key", **properties)
    status = make.client("kms").get_key_rotation_status(KeyId=made.physical_id)
    assert (status["KeyRotationEnabled"], status.get("RotationPeriodInDays") if rotates else None) == (rotates, days)
    assert make.unmapped == ()


def test_what_a_key_is_for(make: Maker) -> None:
    made = make(
        "AWS::KMS::Key",
        Description="documents",
        Enabled="false",
        MultiRegion="true",
        KeySpec="HMAC_256",
        KeyUsage="GENERATE_VERIFY_MAC",
        PendingWindowInDays=7,
        Tags=[{"Key": "stage", "Value": "one"}],
    )
    kms = make.client("kms")
    shown = kms.describe_key(KeyId=made.physical_id)["KeyMetadata"]
    assert (shown["Description"], shown["Enabled"], shown["MultiRegion"], shown["KeySpec"], shown["KeyUsage"]) == (
        "documents",
        False,
        True,
        "HMAC_256",
        "GENERATE_VERIFY_MAC",
    )
    assert kms.list_resource_tags(KeyId=made.physical_id)["Tags"] == [{"TagKey": "stage", "TagValue": "one"}]
    assert make.unmapped == ()


def test_alias_by_arn(make: Maker) -> None:
    key = make("AWS::KMS::Key")
    made = make("AWS::KMS::Alias", "Alias", AliasName="alias/documents", TargetKeyId=key.attributes["Arn"])
    assert made.physical_id == "alias/documents"
    assert made.attributes["Arn"] == f"arn:aws:kms:us-east-1:{ACCOUNT}:alias/documents"
    shown = make.client("kms").describe_key(KeyId="alias/documents")["KeyMetadata"]
    assert shown["KeyId"] == key.physical_id


def test_replica_names_its_primary_as_unmapped(make: Maker) -> None:
    primary = f"arn:aws:kms:us-west-2:{ACCOUNT}:key/mrk-1"
    made = make("AWS::KMS::ReplicaKey", PrimaryKeyArn=primary, KeyPolicy=allow("kms:Decrypt"))
    assert policy_of(make, made.physical_id) == allow("kms:Decrypt")
    assert make.unmapped == ("PrimaryKeyArn",)
