from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Request, agent_actions, ask
from scenarios.account import Account
from scenarios.account.bedrock import Agent
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.decisions import must_be_allowed
from scenarios.rules.reads import DATA_TYPES, place_to_grant
from scenarios.rules.rule import prop, rule
from scenarios.rules.scope import Scope

_OF_SERVICE = "lambda:InvokeFunction"


@rule(
    severity=Severity.HIGH,
    needs=(*DATA_TYPES, "AWS::Bedrock::Agent", "AWS::Lambda::Function", "AWS::Lambda::Permission"),
    remediation="Grant the agent's role its model, knowledge bases and guardrail; let bedrock.amazonaws.com invoke "
    "each action group's function, with SourceArn the agent (AWS::Lambda::Permission).",
)
def agent_action_denied(account: Account, scope: Scope) -> Iterator[Judgement]:
    """What an agent does when it works is allowed: its model, guardrail, knowledge bases and functions.

    The agent's role invokes the model and looks things up; Bedrock itself invokes the functions of its action groups,
    for this agent, which the function's own policy has to admit. One of them missing, and the agent fails in the middle
    of an answer. A guardrail under a customer managed key also takes `kms:Decrypt` on it. A guardrail condition on the
    agent's *role* is one of the things that break it: AWS documents that such a condition belongs on the callers.
    Schemas in S3 are judged by s3-read-denied.

    Source: "Create a service role for Amazon Bedrock Agents",
    https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
    """
    for agent in account.agents:
        role = account.role(agent.role)
        for request in agent_actions(account, agent) if role else ():
            if not _of_schema(request):
                what = f"agent {agent.name}: {request.action} on {request.resource}"
                place = _place(account, agent, request.action)
                yield must_be_allowed(ask(account, request), place, what, *_said(agent))


def _of_schema(request: Request) -> bool:
    """Whether it is part of reading an API schema from its bucket."""
    return "s3" in (request.action.partition(":")[0], str(request.context.get("kms:viaservice")).partition(".")[0])


def _place(account: Account, agent: Agent, action: str) -> Origin | None:
    """The agent where a function does not let it in, since the permission that is missing stands nowhere yet."""
    role = account.role(agent.role)
    return agent.origin if action == _OF_SERVICE or role is None else place_to_grant(role)


def _said(agent: Agent) -> tuple[Origin | None, ...]:
    """The properties that say what the agent does."""
    return tuple(prop(agent, name) for name in ("FoundationModel", "GuardrailConfiguration"))
