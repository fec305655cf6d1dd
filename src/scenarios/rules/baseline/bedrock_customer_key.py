from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    needs=("AWS::Bedrock::Agent", "AWS::Bedrock::Guardrail", "AWS::Bedrock::Prompt", "AWS::Bedrock::Flow"),
    remediation="Set CustomerEncryptionKeyArn (KmsKeyArn of a guardrail) to a customer managed key.",
    controls=("CKV_AWS_373", "Prowler/bedrock_prompt_encrypted_with_cmk"),
)
def bedrock_customer_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Agents, guardrails, prompts and flows are encrypted with a customer managed key.

    Their instructions tell how an application thinks, and what it must not say. Without a key of one's own they are
    encrypted with one that AWS owns, whose use nobody in the account can see or stop.

    Source: "Data encryption" in Amazon Bedrock,
    https://docs.aws.amazon.com/bedrock/latest/userguide/data-encryption.html
    """
    named = (
        ("agent", account.agents, "CustomerEncryptionKeyArn"),
        ("guardrail", account.guardrails, "KmsKeyArn"),
        ("prompt", account.prompts, "CustomerEncryptionKeyArn"),
        ("flow", account.flows, "CustomerEncryptionKeyArn"),
    )
    for what, found, setting in named:
        for each in found:
            at = prop(each, setting)
            if customer_key(each.kms_key):
                yield holds(at, f"{what} {each.name} is encrypted with {each.kms_key}")
            else:
                yield violated(at, f"{what} {each.name} has no customer managed key")
