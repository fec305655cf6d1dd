from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::Bedrock::Guardrail",),
    remediation="Add filters GROUNDING and RELEVANCE to ContextualGroundingPolicyConfig.",
    controls=("Prowler/bedrock_guardrail_contextual_grounding_filter_enabled",),
)
def guardrail_contextual_grounding(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A guardrail blocks answers that their source does not bear out.

    `GROUNDING` finds what the retrieved documents do not say, `RELEVANCE` what was not asked. An application that
    retrieves nothing has no use for them.

    Source: "Use contextual grounding check to filter hallucinations in responses",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html
    """
    for guardrail in account.guardrails:
        at = prop(guardrail, "ContextualGroundingPolicyConfig")
        missing = [kind for kind in ("GROUNDING", "RELEVANCE") if kind not in guardrail.grounding_filters]
        if missing:
            yield violated(at, f"guardrail {guardrail.name} does not check {' and '.join(missing)} of answers")
        else:
            yield holds(at, f"guardrail {guardrail.name} checks grounding and relevance of answers")
