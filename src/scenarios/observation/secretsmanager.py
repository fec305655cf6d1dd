"""Secrets, never their values."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import secretsmanager
from scenarios.observation.reader import Reader


def read(reader: Reader) -> dict[str, Any]:
    """All secrets of the account."""
    listed = reader.pages("secretsmanager.secrets", "secretsmanager", "list_secrets", "SecretList")
    return {"secrets": reader.each("secretsmanager.secrets", listed, partial(_secret, reader))}


def _secret(reader: Reader, item: dict[str, Any]) -> secretsmanager.Secret:
    arn = item["ARN"]
    found = reader.call("secretsmanager.secret.policy", "secretsmanager", "get_resource_policy", arn, SecretId=arn)
    policy = found.get("ResourcePolicy")
    return secretsmanager.Secret(
        name=item["Name"],
        arn=arn,
        kms_key=item.get("KmsKeyId"),
        policy=reader.policy("secret policy", policy, arn, "policy") if policy else None,
        origin=reader.origin(arn),
    )
