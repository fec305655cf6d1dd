from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenarios.account import Account
from scenarios.account.base import Fact
from scenarios.account.bedrock import Agent
from scenarios.account.trail import Trail
from scenarios.finding import Judgement, Origin, Severity
from scenarios.rules.rule import holds, rule, unknown, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, missing, selectors_origin
from scenarios.trail.calls import DATA_BY_RESOURCE, Call
from scenarios.trail.fields import Extent, Receiver
from scenarios.trail.selectors import logging_trails, recorded

_ARN = "resources.ARN"


@rule(
    severity=Severity.HIGH,
    needs=(
        *TRAIL_TYPES,
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::AgentAlias",
        "AWS::Bedrock::KnowledgeBase",
        "AWS::Bedrock::Flow",
        "AWS::Bedrock::Guardrail",
        "AWS::Bedrock::Prompt",
        "AWS::BedrockAgentCore::Runtime",
        "AWS::BedrockAgentCore::Gateway",
        "AWS::BedrockAgentCore::Memory",
    ),
    remediation="Add an advanced event selector with eventCategory Data and the resources.type that the message names.",
)
def data_events_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record the data events of the Bedrock resources that the template has.

    InvokeAgent, Retrieve, RetrieveAndGenerate, InvokeFlow, ApplyGuardrail and RenderPrompt are data events, and so are
    the calls to runtimes, gateways and memories of AgentCore. No trail records them by default: each needs an advanced
    event selector with its own `resources.type`. A selector that narrows by `resources.ARN` has to take in each of the
    template's own resources of that type; one that narrows by caller records their calls in part only.

    Source: "Monitor Amazon Bedrock API calls using CloudTrail", section on data events,
    https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html; "Enable CloudTrail data event
    logging",
    https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/enabling-cloudtrail-data-event-logging.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    for kind, received in _received(account).items():
        yield from _judged(trails, selectors_origin(trail), kind, received)


@dataclass(frozen=True)
class _Received:
    """One of the template's own resources, or its alias, that receives calls."""

    fact: Fact
    name: str
    receiver: Receiver

    @property
    def shown(self) -> str:
        return self.fact.origin.logical_id if self.fact.origin else self.name


def _judged(
    trails: Iterable[Trail], at: Origin | None, kind: str, received: Iterable[_Received]
) -> Iterator[Judgement]:
    """One judgement for all resources of a kind of which the same is recorded."""
    calls = DATA_BY_RESOURCE[kind]
    groups: dict[tuple[str, bool], list[_Received]] = {}
    for one in received:
        lost = described(missing(trails, calls, one.receiver))
        groups.setdefault((lost, one.receiver.more), []).append(one)
    types = " or ".join(calls[0].resource_types)
    for (lost, more), same in groups.items():
        names, origins = ", ".join(one.shown for one in same), [one.fact.origin for one in same]
        where = f"the Bedrock {kind} {names}"
        found = missing(trails, calls, same[0].receiver)
        if not found:
            yield holds(at, f"the calls to {where} are recorded{_others(trails, calls)}", *origins)
        elif more and _by_arn(trails, calls):
            yield unknown(at, f"whether calls to {where} are recorded hangs on {_ARN}, which is not known", *origins)
        else:
            message = f"{lost}, the calls to {where}: {_advice(trails, calls, types)}"
            yield violated(at, message, *origins, calls=sorted(found), resource_type=types)


def _by_arn(trails: Iterable[Trail], calls: Iterable[Call]) -> bool:
    """Whether it is the ARN alone by which the trails record some of the calls and not others."""
    return all(recorded(trails, call).narrowed_by == _ARN for call in calls)


def _others(trails: Iterable[Trail], calls: Iterable[Call]) -> str:
    """What is to be said of other resources, which a selector by ARN leaves out."""
    return f"; {_ARN} leaves out those to others" if missing(trails, calls) else ""


def _advice(trails: Iterable[Trail], calls: Iterable[Call], types: str) -> str:
    """What to do: a selector is lacking, or one is there that leaves the resource out."""
    selected = any(recorded(trails, call).extent is not Extent.NONE for call in calls)
    return f"widen the selector of {types}, which leaves them out" if selected else f"select {types}"


def _received(account: Account) -> dict[str, list[_Received]]:
    """The resources of each kind that the account has, by what `resources.ARN` says in the events.

    The aliases of flows and the versions of prompts are not known here, nor are the aliases of an agent that has none:
    everyone can use its test alias.
    """
    kinds = {
        "agent": [one for agent in account.agents for one in _aliases(account, agent)],
        "knowledge base": [_Received(base, base.name, Receiver(base.arn)) for base in account.knowledge_bases],
        "flow": [_Received(flow, flow.name, Receiver(f"{flow.arn}/", more=True)) for flow in account.flows],
        "guardrail": [
            _Received(guardrail, guardrail.name, Receiver(guardrail.arn)) for guardrail in account.guardrails
        ],
        "prompt": [_Received(prompt, prompt.name, Receiver(prompt.arn, more=True)) for prompt in account.prompts],
        "agent runtime": [_Received(one, one.name, Receiver(one.arn, more=True)) for one in account.agent_runtimes],
        "gateway": [_Received(one, one.name, Receiver(one.arn)) for one in account.agent_gateways],
        "memory": [_Received(one, one.name, Receiver(one.arn)) for one in account.agent_memories],
    }
    return {kind: received for kind, received in kinds.items() if received}


def _aliases(account: Account, agent: Agent) -> list[_Received]:
    own = [alias for alias in account.agent_aliases if alias.agent_id == agent.agent_id]
    if own:
        return [_Received(alias, alias.name, Receiver(alias.arn)) for alias in own]
    head = agent.arn.rpartition(":agent/")[0]
    return [_Received(agent, agent.name, Receiver(f"{head}:agent-alias/{agent.agent_id}/", more=True))]
