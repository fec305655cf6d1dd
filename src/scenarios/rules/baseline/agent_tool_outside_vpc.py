from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::BedrockAgentCore::BrowserCustom", "AWS::BedrockAgentCore::CodeInterpreterCustom"),
    remediation="Set NetworkConfiguration.NetworkMode to VPC, with subnets and security groups.",
    controls=("SecurityHub/BedrockAgentCore.5", "SecurityHub/BedrockAgentCore.7"),
)
def agent_tool_outside_vpc(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Custom browsers and code interpreters of agents stand in a VPC.

    In the public network mode a browser visits, and code reaches, any address of the internet. The sandbox mode of an
    interpreter has no internet, but its way to S3 passes nothing of the account either.

    Source: "Configure Amazon Bedrock AgentCore Runtime and tools for VPC",
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
    """
    for tool in account.agent_tools:
        at = prop(tool, "NetworkConfiguration")
        if tool.network_mode == "VPC":
            yield holds(at, f"{tool.kind} {tool.name} stands in a VPC")
        else:
            yield violated(at, f"{tool.kind} {tool.name} has network mode {tool.network_mode}, not VPC")
