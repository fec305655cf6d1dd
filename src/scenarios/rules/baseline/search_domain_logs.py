from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    remediation="Enable AUDIT_LOGS and ES_APPLICATION_LOGS in LogPublishingOptions, each with a log group.",
    controls=(
        "SecurityHub/Opensearch.4",
        "SecurityHub/Opensearch.5",
        "CKV_AWS_84",
        "CKV_AWS_317",
        "Prowler/opensearch_service_domains_audit_logging_enabled",
    ),
)
def search_domain_logs(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An OpenSearch domain publishes its audit log and its error log.

    The audit log tells who searched what and who failed to sign in; it needs fine-grained access control.

    Source: "Monitoring OpenSearch logs with Amazon CloudWatch Logs",
    https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
    """
    for domain in account.search_domains:
        at = prop(domain, "LogPublishingOptions")
        for kind, what in (("AUDIT_LOGS", "audit"), ("ES_APPLICATION_LOGS", "error")):
            if kind in domain.logs:
                yield holds(at, f"domain {domain.name} publishes its {what} log")
            else:
                yield violated(at, f"domain {domain.name} does not publish its {what} log")
