from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Use three data nodes or more with zone awareness, and three dedicated primary nodes.",
    controls=(
        "SecurityHub/Opensearch.6",
        "SecurityHub/Opensearch.11",
        "cdk-nag/AwsSolutions-OS4",
        "cdk-nag/AwsSolutions-OS7",
        "Prowler/opensearch_service_domains_fault_tolerant_data_nodes",
        "Prowler/opensearch_service_domains_fault_tolerant_master_nodes",
    ),
)
def search_domain_nodes(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain outlives the loss of a node or a zone.

    That takes three data nodes in several zones, and three dedicated primary nodes. A domain for tests may well do
    without.

    Source: "Dedicated master nodes in Amazon OpenSearch Service",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
    """
    for domain in account.search_domains:
        at = prop(domain, "ClusterConfig")
        if domain.data_nodes < 3 or not domain.zone_aware:
            yield violated(at, f"domain {domain.name} has {domain.data_nodes} data nodes, zones not minded or too few")
        elif domain.primary_nodes < 3:
            yield violated(at, f"domain {domain.name} has {domain.primary_nodes} dedicated primary nodes")
        else:
            yield holds(at, f"domain {domain.name} outlives the loss of a node or a zone")
