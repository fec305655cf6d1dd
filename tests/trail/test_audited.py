"""The claim that a call is audited."""

from __future__ import annotations

import pytest

from scenarios.account.trail import AdvancedSelector, BasicSelector, FieldSelector, Trail
from scenarios.trail.audited import Audited, audited
from scenarios.trail.calls import USAGE, Call
from scenarios.trail.fields import Receiver

CALLS = {call.name: call for call in USAGE}
ALIAS = "arn:aws:bedrock:us-east-1:123456789012:agent-alias/A/B"


def trail(**given) -> Trail:
    return Trail(name="main", arn="arn:aws:cloudtrail:us-east-1:123456789012:trail/main", bucket="logs", **given)


def agents(*more: FieldSelector) -> AdvancedSelector:
    fields = (
        FieldSelector(field="eventCategory", equals=("Data",)),
        FieldSelector(field="resources.type", equals=("AWS::Bedrock::AgentAlias",)),
    )
    return AdvancedSelector(fields=(*fields, *more))


ONE = FieldSelector(field="resources.ARN", equals=(ALIAS,))
CASES = [
    ((), "InvokeModel", None, "no", "there is no trail that is switched on"),
    ((trail(logging=False),), "InvokeModel", None, "no", "there is no trail that is switched on"),
    ((trail(),), "InvokeModel", None, "yes", "a management event, which a trail takes"),
    ((trail(basic_selectors=(BasicSelector(read_write="WriteOnly"),)),), "InvokeModel", None, "unknown",
     "a management event, taken in part: narrowed by readOnly (read events are left out)"),
    ((trail(),), "InvokeAgent", None, "no", "a data event of AWS::Bedrock::AgentAlias, which no selector takes"),
    ((trail(advanced_selectors=(agents(),)),), "InvokeAgent", None, "yes",
     "a data event of AWS::Bedrock::AgentAlias, which a trail takes"),
    ((trail(advanced_selectors=(agents(ONE),)),), "InvokeAgent", None, "unknown",
     "a data event of AWS::Bedrock::AgentAlias, taken in part: narrowed by resources.ARN"),
    ((trail(advanced_selectors=(agents(ONE),)),), "InvokeAgent", Receiver(ALIAS), "yes",
     "a data event of AWS::Bedrock::AgentAlias, which a trail takes"),
]  # fmt: skip


@pytest.mark.parametrize(("trails", "call", "receiver", "recorded", "because"), CASES)
def test_a_call_is_audited_by_what_the_trails_take(
    trails: tuple[Trail, ...], call: str, receiver: Receiver | None, recorded: str, because: str
) -> None:
    assert audited(trails, CALLS[call], receiver) == Audited(recorded, because)


def test_a_denial_of_an_endpoint_is_an_event_of_its_own() -> None:
    call = Call("InvokeModel", category="NetworkActivity")
    assert audited((trail(),), call) == Audited("no", "a network activity event, which no selector takes")
