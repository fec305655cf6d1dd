"""What the rules about OpenSearch Serverless share: policies that match collections by name.

Source: "Overview of security in Amazon OpenSearch Serverless",
https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-security.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scenarios.access.written import matches
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.opensearch import Collection

COLLECTION_TYPES = (
    "AWS::OpenSearchServerless::Collection",
    "AWS::OpenSearchServerless::SecurityPolicy",
    "AWS::OpenSearchServerless::AccessPolicy",
)


def entries(policy: Policy) -> list[dict[str, Any]]:
    """A policy's entries: a list for access and network policies, one mapping for encryption policies."""
    try:
        value = json.loads(policy.text)
    except ValueError:
        return []
    return [entry for entry in (value if isinstance(value, list) else [value]) if isinstance(entry, dict)]


def covers(entry: dict[str, Any], kind: str, resource: str) -> bool:
    """Whether an entry has a rule of this resource type for this resource (`collection/NAME`)."""
    for rule in entry.get("Rules") or []:
        patterns = rule.get("Resource") or []
        if rule.get("ResourceType", "collection") == kind and any(matches(resource, str(p)) for p in patterns):
            return True
    return False


def network_entries(account: Account, collection: Collection) -> Iterator[tuple[Policy, dict[str, Any]]]:
    """The network policy entries that govern a collection, with their policies."""
    return _governing(account, collection, "network")


def encryption_entries(account: Account, collection: Collection) -> Iterator[tuple[Policy, dict[str, Any]]]:
    """The encryption policies that govern a collection: of several AWS takes the one that names it most closely.

    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-encryption.html
    """
    found = list(_governing(account, collection, "encryption"))
    closest = max((_closeness(entry, collection) for _, entry in found), default=0)
    return (each for each in found if _closeness(each[1], collection) == closest)


def _closeness(entry: dict[str, Any], collection: Collection) -> int:
    """How much of the collection's name an entry's patterns name."""
    patterns = (str(pattern) for rule in entry.get("Rules") or [] for pattern in rule.get("Resource") or [])
    return max(len(pattern) for pattern in patterns if matches(f"collection/{collection.name}", pattern))


def _governing(account: Account, collection: Collection, kind: str) -> Iterator[tuple[Policy, dict[str, Any]]]:
    for security in account.collection_security_policies:
        if security.kind == kind:
            for entry in entries(security.policy):
                if covers(entry, "collection", f"collection/{collection.name}"):
                    yield security.policy, entry
