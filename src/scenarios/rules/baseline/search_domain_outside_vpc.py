from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Give the domain subnets and security groups in VPCOptions.",
    controls=(
        "SecurityHub/Opensearch.2",
        "cdk-nag/AwsSolutions-OS1",
        "Prowler/opensearch_service_domains_not_publicly_accessible",
    ),
)
def search_domain_outside_vpc(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain stands in a VPC.

    Otherwise it has a public endpoint, before which stands its access policy alone.

    Source: "Launching your Amazon OpenSearch Service domains within a VPC",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
    """
    for domain in account.search_domains:
        at = prop(domain, "VPCOptions")
        if domain.subnet_ids:
            yield holds(at, f"domain {domain.name} stands in a VPC")
        else:
            yield violated(at, f"domain {domain.name} has a public endpoint")
