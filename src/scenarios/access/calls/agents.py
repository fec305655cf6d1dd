"""Agents: what InvokeAgent asks for, of the caller and of everything that acts for the agent.

| step | authorisation | in the name of |
|---|---|---|
| the call | `bedrock:InvokeAgent` on the alias | the caller |
| the agent thinks | `bedrock:InvokeModel` on its model (profile and models behind it) | the agent's role |
| under its guardrail | `bedrock:ApplyGuardrail` on it | the agent's role |
| it looks things up | `bedrock:Retrieve` on each knowledge base | the agent's role |
| it reads an API schema | `s3:GetObject` on it | the agent's role |
| it acts | `lambda:InvokeFunction` on each action group's function, for this agent | bedrock.amazonaws.com |

Sources: "Create a service role for Amazon Bedrock Agents",
https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html; "Resource-based policy to allow Amazon
Bedrock to invoke an action group Lambda function",
https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html#agents-permissions-lambda
"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.access.calls.bedrock import apply_guardrail, invoke_model, retrieve
from scenarios.access.calls.s3 import read_object
from scenarios.access.context import complete
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.bedrock import ActionGroup, Agent
from scenarios.account.network import Endpoint

_BEDROCK = "bedrock.amazonaws.com"


def invoke_agent(
    account: Account, principal: str, agent: Agent, alias: str, *, via: Endpoint | None = None
) -> tuple[Request, ...]:
    """InvokeAgent through an alias (ARN), and what the agent then does."""
    first = Request(principal, "bedrock:InvokeAgent", alias, account.account_id)
    return complete(account, first, via), *agent_actions(account, agent)


def agent_actions(account: Account, agent: Agent) -> tuple[Request, ...]:
    """What an agent's role, and Bedrock for the agent, are asked for when it works. Nothing of it passes a VPC."""
    return (*_by_role(account, agent), *_by_service(account, agent))


def _by_role(account: Account, agent: Agent) -> Iterator[Request]:
    if agent.role is None:
        return
    role = account.role(agent.role)
    principal = role.arn if role else agent.role
    if agent.foundation_model:
        yield from invoke_model(account, principal, agent.foundation_model)
    if agent.guardrail:
        yield from apply_guardrail(account, principal, agent.guardrail)
    for knowledge_base in agent.knowledge_bases:
        yield from retrieve(account, principal, knowledge_base)
    for group in agent.action_groups:
        yield from _schema(account, principal, group)


def _schema(account: Account, principal: str, group: ActionGroup) -> Iterator[Request]:
    if group.schema_bucket is None or group.schema_key is None:
        return
    bucket = account.bucket(group.schema_bucket)
    if bucket is not None:
        yield from read_object(account, principal, bucket, group.schema_key)
    else:
        arn = f"arn:{account.partition}:s3:::{group.schema_bucket}/{group.schema_key}"
        yield complete(account, Request(principal, "s3:GetObject", arn))


def _by_service(account: Account, agent: Agent) -> Iterator[Request]:
    source = {"aws:sourcearn": agent.arn, "aws:sourceaccount": account.account_id}
    for function in dict.fromkeys(group.lambda_arn for group in agent.action_groups if group.lambda_arn):
        owner = function.split(":")[4] if function.count(":") >= 6 else account.account_id
        yield complete(account, Request(_BEDROCK, "lambda:InvokeFunction", function, owner, dict(source)))
