"""OpenSearch Serverless, and OpenSearch Service's domains."""

from __future__ import annotations

from functools import partial
from typing import Any

from scenarios.account import opensearch
from scenarios.observation.reader import Reader

_AOSS = "opensearchserverless"


def read(reader: Reader) -> dict[str, Any]:
    """Collections, the policies that govern them, and their VPC endpoints."""
    collections = reader.pages("aoss.collections", _AOSS, "list_collections", "collectionSummaries")
    endpoints = [
        item["id"] for item in reader.pages("aoss.endpoints", _AOSS, "list_vpc_endpoints", "vpcEndpointSummaries")
    ]
    details = (
        reader.call("aoss.endpoints", _AOSS, "batch_get_vpc_endpoint", ids=endpoints).get("vpcEndpointDetails", [])
        if endpoints
        else []
    )
    security = [*_policies(reader, "security", "encryption"), *_policies(reader, "security", "network")]
    return {
        "collections": reader.each("aoss.collections", collections, partial(_collection, reader)),
        "collection_security_policies": reader.each("aoss.security_policies", security, partial(_security, reader)),
        "collection_access_policies": reader.each(
            "aoss.access_policies", _policies(reader, "access", "data"), partial(_access, reader)
        ),
        "collection_endpoints": reader.each("aoss.endpoints", details, partial(_endpoint, reader)),
    }


def _policies(reader: Reader, what: str, kind: str) -> list[dict[str, Any]]:
    name = f"aoss.{what}_policies"
    found = []
    for item in reader.pages(name, _AOSS, f"list_{what}_policies", f"{what}PolicySummaries", type=kind):
        key = {"type": kind, "name": item["name"]}
        answer = reader.call(name, _AOSS, f"get_{what}_policy", item["name"], **key).get(f"{what}PolicyDetail")
        found += [answer] if answer else []
    return found


def _collection(reader: Reader, item: dict[str, Any]) -> opensearch.Collection:
    return opensearch.Collection(
        collection_id=item["id"],
        name=item["name"],
        arn=item["arn"],
        kind=item.get("type"),
        origin=reader.origin(item["arn"]),
    )


def _security(reader: Reader, item: dict[str, Any]) -> opensearch.SecurityPolicy:
    identity = f"aoss:security-policy:{item['type']}:{item['name']}"
    policy = reader.policy(item["name"], item["policy"], identity, "policy")
    return opensearch.SecurityPolicy(
        name=item["name"], kind=item["type"], policy=policy, origin=reader.origin(identity)
    )


def _access(reader: Reader, item: dict[str, Any]) -> opensearch.AccessPolicy:
    identity = f"aoss:access-policy:{item['type']}:{item['name']}"
    policy = reader.policy(item["name"], item["policy"], identity, "policy")
    return opensearch.AccessPolicy(name=item["name"], policy=policy, origin=reader.origin(identity))


def _endpoint(reader: Reader, item: dict[str, Any]) -> opensearch.CollectionEndpoint:
    origin = reader.origin(item["id"])
    return opensearch.CollectionEndpoint(
        endpoint_id=item["id"],
        name=item.get("name", ""),
        vpc_id=item.get("vpcId", ""),
        subnet_ids=tuple(item.get("subnetIds", [])),
        security_group_ids=tuple(item.get("securityGroupIds", [])),
        uncertain=reader.uncertain(origin),
        origin=origin,
    )


def read_domains(reader: Reader) -> dict[str, Any]:
    """OpenSearch Service's domains; those of Elasticsearch, its predecessor, are among them."""
    what, found = "opensearch.domains", []
    for item in reader.pages(what, "opensearch", "list_domain_names", "DomainNames"):
        name = item["DomainName"]
        answer = reader.call(what, "opensearch", "describe_domain", name, DomainName=name).get("DomainStatus")
        found += [answer] if answer else []
    return {"search_domains": reader.each(what, found, partial(_domain, reader))}


def _domain(reader: Reader, item: dict[str, Any]) -> opensearch.SearchDomain:
    def of(options: str, member: str) -> Any:
        return (item.get(options) or {}).get(member)

    logs = item.get("LogPublishingOptions") or {}
    return opensearch.SearchDomain(
        name=item["DomainName"],
        arn=item["ARN"],
        encrypted=bool(of("EncryptionAtRestOptions", "Enabled")),
        kms_key=of("EncryptionAtRestOptions", "KmsKeyId"),
        node_to_node=bool(of("NodeToNodeEncryptionOptions", "Enabled")),
        https_only=bool(of("DomainEndpointOptions", "EnforceHTTPS")),
        tls_policy=of("DomainEndpointOptions", "TLSSecurityPolicy"),
        subnet_ids=tuple(of("VPCOptions", "SubnetIds") or ()),
        security_group_ids=tuple(of("VPCOptions", "SecurityGroupIds") or ()),
        access_control=bool(of("AdvancedSecurityOptions", "Enabled")),
        logs=tuple(sorted(kind for kind, log in logs.items() if log.get("Enabled"))),
        data_nodes=int(of("ClusterConfig", "InstanceCount") or 1),
        zone_aware=bool(of("ClusterConfig", "ZoneAwarenessEnabled")),
        primary_nodes=int(of("ClusterConfig", "DedicatedMasterCount") or 0)
        if of("ClusterConfig", "DedicatedMasterEnabled")
        else 0,
        origin=reader.origin(item["ARN"]),
    )
