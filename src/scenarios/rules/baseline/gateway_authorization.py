from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::BedrockAgentCore::Gateway",),
    remediation="Set AuthorizerType to AWS_IAM or CUSTOM_JWT.",
    controls=("SecurityHub/BedrockAgentCore.2",),
)
def gateway_authorization(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A gateway lets in only who is authorised.

    With the authorizer `NONE` anybody on the internet may call the tools behind it, with the gateway's role;
    `AUTHENTICATE_ONLY` asks who it is and lets everyone in.

    Source: "Set up inbound authorization for your gateway",
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html
    """
    for gateway in account.agent_gateways:
        at = prop(gateway, "AuthorizerType")
        if gateway.authorizer in ("AWS_IAM", "CUSTOM_JWT"):
            yield holds(at, f"gateway {gateway.name} authorises by {gateway.authorizer}")
        else:
            yield violated(at, f"gateway {gateway.name} authorises nobody: its authorizer is {gateway.authorizer}")
