from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.keys import customer_key
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::BedrockAgentCore::Gateway", "AWS::BedrockAgentCore::Memory"),
    remediation="Set EncryptionKeyArn of the memory, KmsKeyArn of the gateway, to a customer managed key.",
    controls=("SecurityHub/BedrockAgentCore.3", "SecurityHub/BedrockAgentCore.4"),
)
def agentcore_customer_key(account: Account, scope: Scope) -> Iterator[Judgement]:
    """AgentCore's memories and gateways are encrypted with a customer managed key.

    A memory keeps what users told an agent. With a key of one's own its use can be seen, restricted and stopped.

    Source: "Encrypt your Amazon Bedrock AgentCore Memory",
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/storage-encryption.html
    """
    for memory in account.agent_memories:
        at = prop(memory, "EncryptionKeyArn")
        if customer_key(memory.kms_key):
            yield holds(at, f"memory {memory.name} is encrypted with {memory.kms_key}")
        else:
            yield violated(at, f"memory {memory.name} has no customer managed key")
    for gateway in account.agent_gateways:
        at = prop(gateway, "KmsKeyArn")
        if customer_key(gateway.kms_key):
            yield holds(at, f"gateway {gateway.name} is encrypted with {gateway.kms_key}")
        else:
            yield violated(at, f"gateway {gateway.name} has no customer managed key")
