from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.base import Fact
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit, described, logging_trails, missing, selectors_origin
from scenarios.trail.calls import DATA_BY_RESOURCE


@rule(
    severity=Severity.HIGH,
    needs=(
        *TRAIL_TYPES,
        "AWS::Bedrock::Agent",
        "AWS::Bedrock::KnowledgeBase",
        "AWS::Bedrock::Flow",
        "AWS::Bedrock::Guardrail",
        "AWS::Bedrock::Prompt",
    ),
    remediation="Add an advanced event selector with eventCategory Data and the resources.type that the message names.",
    controls=("CIS/CloudTrail-Bedrock-data-events",),
)
def data_events_missing(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The trails record the data events of the Bedrock resources that the template has.

    InvokeAgent, Retrieve, RetrieveAndGenerate, InvokeFlow, ApplyGuardrail and RenderPrompt are data events, which no
    trail records by default: each needs an advanced event selector with its own `resources.type`. A
    selector that narrows by ARN or caller records them in part only.

    Source: "Monitor Amazon Bedrock API calls using CloudTrail", section on data events,
    https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    for kind, resource in _present(account).items():
        calls = DATA_BY_RESOURCE[kind]
        types = " or ".join(calls[0].resource_types)
        lost = missing(trails, calls)
        at = selectors_origin(trail)
        if lost:
            message = f"no trail records {described(lost)}, the calls to the Bedrock {kind}: select {types}"
            yield violated(at, message, resource.origin, calls=sorted(lost), resource_type=types)
        else:
            yield holds(at, f"the calls to the Bedrock {kind} are recorded", resource.origin)


def _present(account: Account) -> dict[str, Fact]:
    """The first resource of each kind that the account has."""
    kinds: dict[str, tuple[Fact, ...]] = {
        "agent": account.agents,
        "knowledge base": account.knowledge_bases,
        "flow": account.flows,
        "guardrail": account.guardrails,
        "prompt": account.prompts,
    }
    return {kind: facts[0] for kind, facts in kinds.items() if facts}
