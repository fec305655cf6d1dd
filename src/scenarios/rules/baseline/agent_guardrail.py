from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::Bedrock::Agent", "AWS::Bedrock::Guardrail"),
    remediation="Name a guardrail and its version in GuardrailConfiguration.",
    controls=("CKV_AWS_383", "Prowler/bedrock_agent_guardrail_enabled"),
)
def agent_guardrail(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An agent runs under a guardrail.

    An agent reads what users and documents say and acts on it: the guardrail is what stands between a prompt attack
    and its tools.

    Source: "Implement safeguards for your application by associating a guardrail with your agent",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html
    """
    for agent in account.agents:
        at = prop(agent, "GuardrailConfiguration")
        if agent.guardrail:
            yield holds(at, f"agent {agent.name} runs under guardrail {agent.guardrail}")
        else:
            yield violated(at, f"agent {agent.name} has no guardrail")
