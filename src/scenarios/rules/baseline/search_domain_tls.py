from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope

_POLICIES = frozenset({"Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"})


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="In DomainEndpointOptions set EnforceHTTPS, and TLSSecurityPolicy Policy-Min-TLS-1-2-PFS-2023-10.",
    controls=("SecurityHub/Opensearch.8", "Prowler/opensearch_service_domains_https_communications_enforced"),
)
def search_domain_tls(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain answers over HTTPS only, with TLS 1.2 or newer.

    Security Hub asks for the policy with perfect forward secrecy, so that recorded traffic stays closed when a key is
    lost.

    Source: "DomainEndpointOptions" of Amazon OpenSearch Service,
    https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
    """
    for domain in account.search_domains:
        at = prop(domain, "DomainEndpointOptions")
        if not domain.https_only:
            yield violated(at, f"domain {domain.name} answers over plain HTTP too")
        elif domain.tls_policy not in _POLICIES:
            yield violated(at, f"domain {domain.name} has the TLS policy {domain.tls_policy}")
        else:
            yield holds(at, f"domain {domain.name} answers over HTTPS only, by {domain.tls_policy}")
