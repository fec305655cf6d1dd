"""A guardrail that the account enforces binds the calls that it covers, and no others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from edits import judged, source

NAME, RULE = "private-app-bedrock", "guardrail-not-enforced"
WHOLE = source(NAME)
START, END = "              # Converse is authorised", "              # The OpenAI-compatible"
DENY = WHOLE[WHOLE.index(START) : WHOLE.index(END)]
MODEL = "foundation-model/${ModelId}"
BY_ENDPOINT = """\
                Condition:
                  StringEquals:
                    aws:SourceVpce: !Ref BedrockEndpoint
"""


def enforced(more: str = "", guardrail: str = "!GetAtt Guardrail.GuardrailId", condition: str = "") -> str:
    """The template without its Deny, and with an enforcement instead."""
    head = f"{condition}Properties: {{GuardrailIdentifier: {guardrail}, GuardrailVersion: '1'{more}}}"
    own = f"Resources:\n  Enforced: {{Type: AWS::Bedrock::EnforcedGuardrailConfiguration, {head}}}\n"
    given = "Conditions: {Never: !Equals [a, b], Asked: !Equals [!Ref Unknown, a]}\n"
    text = WHOLE.replace(DENY, "").replace("Resources:\n", given + own, 1)
    return text.replace("Parameters:\n", "Parameters:\n  Unknown: {Type: String}\n", 1)


def models(included: str, excluded: str = "") -> str:
    return enforced(f", ModelEnforcement: {{IncludedModels: [{included}], ExcludedModels: [{excluded}]}}")


HOLDING = {
    "by id": enforced(),
    "by ARN": enforced(guardrail="!GetAtt Guardrail.GuardrailArn"),
    "another stack's": enforced(guardrail="abcdef123456"),
    "all models in a word": models("ALL"),
    "the model by name": models("!Ref ModelId"),
    "another model excluded": models("ALL", "amazon.titan-text-lite-v1"),
    "system prompts by choice": enforced(", SelectiveContentGuarding: {System: SELECTIVE, Messages: COMPREHENSIVE}"),
    "any model": enforced().replace(MODEL, "foundation-model/*"),
}
VIOLATED = {
    "no enforcement": enforced(condition="Condition: Never, "),
    "another model": models("amazon.titan-text-lite-v1"),
    "all but the model": models("ALL", "!Ref ModelId"),
    "in both lists": models("!Ref ModelId", "!Ref ModelId"),
    "what the caller marks": enforced(", SelectiveContentGuarding: {Messages: SELECTIVE}"),
    "an excluded one of any": models("ALL", "amazon.titan-text-lite-v1").replace(MODEL, "foundation-model/*"),
    "in every region": enforced().replace(f"${{AWS::Region}}::{MODEL}", f"*::{MODEL}").replace(BY_ENDPOINT, ""),
}
UNKNOWN = {
    "which models": models("!Ref Unknown"),
    "which content": enforced(", SelectiveContentGuarding: {Messages: !Ref Unknown}"),
    "whether at all": enforced(condition="Condition: Asked, "),
    "an enforcement that is refused": enforced(", ModelEnforcement: {IncludedModels: 7}"),
}


def verdicts(text: str) -> set[str]:
    return {finding.verdict.value for finding in judged(text, NAME).findings if finding.rule == RULE}


@pytest.mark.parametrize("text", HOLDING.values(), ids=HOLDING)
def test_a_call_that_the_enforcement_covers_is_guarded(text):
    assert verdicts(text) == {"holds"}


@pytest.mark.parametrize("text", VIOLATED.values(), ids=VIOLATED)
def test_a_call_that_it_does_not_cover_needs_a_deny(text):
    assert "violated" in verdicts(text)


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_knows_of_it_is_not_decided(text):
    found = verdicts(text)
    assert "unknown" in found
    assert "violated" not in found
