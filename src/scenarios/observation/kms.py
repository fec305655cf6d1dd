"""Customer managed keys."""

from __future__ import annotations

from typing import Any

from scenarios.account import kms
from scenarios.observation.reader import Reader, tags


def read(reader: Reader) -> dict[str, Any]:
    """All customer managed keys with their policies, aliases and grants."""
    aliases: dict[str, list[str]] = {}
    for alias in reader.pages("kms.aliases", "kms", "list_aliases", "Aliases"):
        aliases.setdefault(alias.get("TargetKeyId", ""), []).append(alias["AliasName"])
    listed = reader.pages("kms.keys", "kms", "list_keys", "Keys")
    return {"keys": reader.each("kms.keys", listed, lambda item: _key(reader, item["KeyId"], aliases))}


def _key(reader: Reader, key_id: str, aliases: dict[str, list[str]]) -> kms.Key | None:
    metadata = reader.call("kms.key", "kms", "describe_key", key_id, KeyId=key_id).get("KeyMetadata")
    if not metadata or metadata.get("KeyManager") == "AWS":
        return None
    if any(alias.startswith("alias/aws/") for alias in aliases.get(key_id, [])):
        return None  # an AWS managed key, whoever is said to manage it
    arn = metadata["Arn"]
    found = reader.call("kms.key.policy", "kms", "get_key_policy", key_id, KeyId=key_id, PolicyName="default")
    symmetric = metadata.get("KeySpec", "SYMMETRIC_DEFAULT") == "SYMMETRIC_DEFAULT"
    rotation = (
        reader.call("kms.key.rotation", "kms", "get_key_rotation_status", key_id, KeyId=key_id) if symmetric else {}
    )
    grants = reader.pages("kms.key.grants", "kms", "list_grants", "Grants", KeyId=key_id)
    named = reader.pages("kms.key.tags", "kms", "list_resource_tags", "Tags", KeyId=key_id)
    return kms.Key(
        key_id=key_id,
        arn=arn,
        policy=reader.policy("key policy", found.get("Policy", "{}"), arn, "policy"),
        enabled=bool(metadata.get("Enabled", True)),
        pending_deletion=metadata.get("KeyState") == "PendingDeletion",
        rotation=rotation.get("KeyRotationEnabled"),
        rotation_days=rotation.get("RotationPeriodInDays"),
        spec=metadata.get("KeySpec", "SYMMETRIC_DEFAULT"),
        usage=metadata.get("KeyUsage", "ENCRYPT_DECRYPT"),
        multi_region=bool(metadata.get("MultiRegion")),
        aliases=tuple(sorted(aliases.get(key_id, []))),
        grants=tuple(_grant(grant) for grant in grants),
        tags=tags(list(named)),
        origin=reader.origin(arn),
    )


def _grant(grant: dict[str, Any]) -> kms.Grant:
    constraints = grant.get("Constraints", {})
    return kms.Grant(
        grant_id=grant["GrantId"],
        grantee=grant.get("GranteePrincipal", ""),
        operations=tuple(grant.get("Operations", [])),
        context_equals=tags(constraints.get("EncryptionContextEquals", {})),
        context_subset=tags(constraints.get("EncryptionContextSubset", {})),
    )
