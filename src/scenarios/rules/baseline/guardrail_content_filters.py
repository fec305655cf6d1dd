from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope

_CATEGORIES = ("HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT")
_STRONG = frozenset({"MEDIUM", "HIGH"})


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::Bedrock::Guardrail",),
    remediation="Filter HATE, INSULTS, SEXUAL, VIOLENCE and MISCONDUCT on input and output with MEDIUM or HIGH.",
)
def guardrail_content_filters(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A guardrail filters every category of harmful content, on both sides.

    Strength `LOW` blocks only what is harmful with high confidence. What is acceptable differs by application, so
    that this is a hint.

    Source: "Detect and filter harmful content by using Amazon Bedrock Guardrails",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html
    """
    for guardrail in account.guardrails:
        at = prop(guardrail, "ContentPolicyConfig", "FiltersConfig")
        strong = {kind for kind, *sides in guardrail.content_filters if all(side in _STRONG for side in sides)}
        weak = [kind for kind in _CATEGORIES if kind not in strong]
        if weak:
            yield violated(at, f"guardrail {guardrail.name} filters weakly, or not at all: {', '.join(weak)}")
        else:
            yield holds(at, f"guardrail {guardrail.name} filters every category of harmful content")
