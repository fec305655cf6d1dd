from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Set NodeToNodeEncryptionOptions.Enabled to true.",
    controls=(
        "SecurityHub/Opensearch.3",
        "cdk-nag/AwsSolutions-OS2",
        "Prowler/opensearch_service_domains_node_to_node_encryption_enabled",
    ),
)
def search_domain_node_encryption(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Traffic between the nodes of an OpenSearch domain is encrypted.

    Source: "Node-to-node encryption for Amazon OpenSearch Service",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
    """
    for domain in account.search_domains:
        at = prop(domain, "NodeToNodeEncryptionOptions")
        if domain.node_to_node:
            yield holds(at, f"domain {domain.name} encrypts traffic between its nodes")
        else:
            yield violated(at, f"nodes of domain {domain.name} talk in the clear")
