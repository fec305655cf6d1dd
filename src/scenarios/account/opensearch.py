"""OpenSearch Serverless, the usual vector store of a knowledge base."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy
from scenarios.account.network import Configured


class Collection(Fact):
    """A collection; the policies that govern it match by name."""

    collection_id: str
    name: str
    arn: str
    kind: str | None = None


class SecurityPolicy(Fact):
    """An encryption or network policy; `policy.text` holds its JSON."""

    name: str
    kind: str
    policy: Policy


class AccessPolicy(Fact):
    """A data access policy; `policy.text` holds its JSON list of rules."""

    name: str
    policy: Policy


class CollectionEndpoint(Configured):
    """An OpenSearch Serverless VPC endpoint (not an EC2 one)."""

    endpoint_id: str
    name: str
    vpc_id: str
    subnet_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()
