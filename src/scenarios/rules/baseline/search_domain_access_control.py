from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Set AdvancedSecurityOptions.Enabled to true, with a master user.",
    controls=("SecurityHub/Opensearch.7", "Prowler/opensearch_service_domains_access_control_enabled"),
)
def search_domain_access_control(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain has fine-grained access control.

    Without it whoever may call the domain may read every index, document and field.

    Source: "Fine-grained access control in Amazon OpenSearch Service",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
    """
    for domain in account.search_domains:
        at = prop(domain, "AdvancedSecurityOptions")
        if domain.access_control:
            yield holds(at, f"domain {domain.name} has fine-grained access control")
        else:
            yield violated(at, f"domain {domain.name} has no fine-grained access control")
