from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::Bedrock::Guardrail",),
    remediation="Add filters to SensitiveInformationPolicyConfig, with action BLOCK or ANONYMIZE.",
    controls=(
        "Prowler/bedrock_guardrail_sensitive_information_filter_enabled",
        "Prowler/bedrock_guardrail_sensitive_information_filter_enforced",
    ),
)
def guardrail_sensitive_information(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A guardrail blocks or masks sensitive information in answers.

    A filter with the action `NONE`, or with its output switched off, finds the match and lets it pass.

    Source: "Remove PII from conversations by using sensitive information filters",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html
    """
    for guardrail in account.guardrails:
        at = prop(guardrail, "SensitiveInformationPolicyConfig")
        entries = (*guardrail.pii_entities, *guardrail.regexes)
        passing = [name for name, action in entries if action not in ("BLOCK", "ANONYMIZE")]
        if not entries:
            yield violated(at, f"guardrail {guardrail.name} has no filter for sensitive information")
        elif passing:
            yield violated(at, f"guardrail {guardrail.name} finds {', '.join(passing)} in answers and lets it pass")
        else:
            yield holds(at, f"guardrail {guardrail.name} blocks or masks sensitive information")
