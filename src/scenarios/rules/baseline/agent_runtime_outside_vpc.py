from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scenarios.account import Account
from scenarios.account.bedrock import AgentRuntime
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope
from scenarios.rules.workload_outside_vpc import workload_outside_vpc


@rule(
    severity=Severity.HIGH,
    needs=("AWS::BedrockAgentCore::Runtime",),
    remediation="Set NetworkConfiguration.NetworkMode to VPC, with subnets and security groups.",
    controls=("SecurityHub/BedrockAgentCore.1",),
)
def agent_runtime_outside_vpc(account: Account, scope: Scope) -> Iterator[Judgement]:
    """An AgentCore runtime stands in a VPC of the account.

    In the public network mode the agent's code reaches the whole internet, and nothing in the account can confine or
    record where it goes.

    Source: "Configure Amazon Bedrock AgentCore Runtime and tools for VPC",
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
    """
    own = tuple(workload for workload in scope.workloads if isinstance(workload, AgentRuntime))
    yield from workload_outside_vpc.check(account, replace(scope, workloads=own))
