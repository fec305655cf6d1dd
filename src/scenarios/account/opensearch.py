"""OpenSearch Serverless, the usual vector store of a knowledge base, and OpenSearch Service's domains."""

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


class SearchDomain(Fact):
    """An OpenSearch Service domain; `logs` are the kinds of logs that it publishes (`AUDIT_LOGS` ...)."""

    name: str
    arn: str
    encrypted: bool = False
    kms_key: str | None = None
    node_to_node: bool = False
    https_only: bool = False
    tls_policy: str | None = None
    subnet_ids: tuple[str, ...] = ()
    security_group_ids: tuple[str, ...] = ()
    access_control: bool = False
    logs: tuple[str, ...] = ()
    data_nodes: int = 1
    zone_aware: bool = False
    primary_nodes: int = 0
