from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::Bedrock::Guardrail",),
    remediation="Add a filter PROMPT_ATTACK with InputStrength HIGH to ContentPolicyConfig.",
    controls=("Prowler/bedrock_guardrail_prompt_attack_filter_enabled",),
)
def guardrail_prompt_attack(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A guardrail blocks prompt attacks, with high strength.

    Jailbreaks and injected instructions are what turns a model against its application.

    Source: "Detect prompt attacks with Amazon Bedrock Guardrails",
    https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html
    """
    for guardrail in account.guardrails:
        at = prop(guardrail, "ContentPolicyConfig", "FiltersConfig")
        strength = next((on_input for kind, on_input, _ in guardrail.content_filters if kind == "PROMPT_ATTACK"), None)
        if strength == "HIGH":
            yield holds(at, f"guardrail {guardrail.name} blocks prompt attacks")
        elif strength is None:
            yield violated(at, f"guardrail {guardrail.name} has no filter for prompt attacks")
        else:
            yield violated(at, f"guardrail {guardrail.name} filters prompt attacks with strength {strength}, not HIGH")
