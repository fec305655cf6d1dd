from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Set EncryptionAtRestOptions.Enabled to true.",
    controls=(
        "SecurityHub/Opensearch.1",
        "cdk-nag/AwsSolutions-OS8",
        "Prowler/opensearch_service_domains_encryption_at_rest_enabled",
    ),
)
def search_domain_encryption(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain is encrypted at rest.

    Indices, logs, swap files and automated snapshots hold all that was indexed.

    Source: "Encryption of data at rest for Amazon OpenSearch Service",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
    """
    for domain in account.search_domains:
        at = prop(domain, "EncryptionAtRestOptions")
        if domain.encrypted:
            yield holds(at, f"domain {domain.name} is encrypted at rest")
        else:
            yield violated(at, f"domain {domain.name} is not encrypted at rest")
