from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.bedrock import Agent
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::Bedrock::Agent", "AWS::IAM::Role"),
    remediation="Give each agent a role of its own.",
    controls=("Prowler/bedrock_agent_role_not_shared_across_agents",),
)
def agent_role_shared(account: Account, scope: Scope) -> Iterator[Judgement]:
    """No two agents share a role.

    A shared role has what any of its agents needs, so that one that is led astray acts with the permissions of all.

    Source: "Create a service role for Amazon Bedrock Agents",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
    """
    users: dict[str, list[Agent]] = {}
    for agent in account.agents:
        users.setdefault(agent.role or "", []).append(agent)
    for agent in account.agents:
        at = prop(agent, "AgentResourceRoleArn")
        others = [each.name for each in users[agent.role or ""] if each is not agent]
        if agent.role and others:
            yield violated(at, f"agent {agent.name} shares its role with {', '.join(others)}")
        elif agent.role:
            yield holds(at, f"agent {agent.name} has a role of its own")
