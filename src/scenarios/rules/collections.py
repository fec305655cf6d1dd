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
    for security in account.collection_security_policies:
        if security.kind == "network":
            for entry in entries(security.policy):
                if covers(entry, "collection", f"collection/{collection.name}"):
                    yield security.policy, entry
