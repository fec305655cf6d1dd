"""Every reference template holds; every one-edit mutant of it is violated, by the right rule at the right place."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scenarios.finding import Verdict
from scenarios.scenario.catalogue import load
from scenarios.scenario.names import NAMES

sys.path.insert(0, str(Path(__file__).parent))
from edits import edited, judged, source, table

MUTANTS = [
    pytest.param(name, mutant, id=f"{name}: {mutant['id']}")
    for name, mutants in table("mutants.yaml").items()
    for mutant in mutants
]


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_template_holds(name):
    result = judged(source(name))
    verdicts = {scenario.name: scenario.verdict for scenario in result.scenarios}
    assert verdicts[name] is Verdict.HOLDS
    assert all(verdict in (Verdict.HOLDS, Verdict.NOT_APPLICABLE) for verdict in verdicts.values())
    assert {entry.status.value for entry in result.ledger} <= {"deployed", "partial"}
    assert not result.errors


@pytest.mark.parametrize("name", [name for name in table("mutants.yaml") if name not in NAMES])
def test_the_smaller_templates_violate_nothing_that_their_mutants_do(name):
    rules = {mutant["rule"] for mutant in table("mutants.yaml")[name]}
    found = [finding for finding in judged(source(name)).findings if finding.rule in rules]
    assert {finding.verdict for finding in found} == {Verdict.HOLDS}, found


@pytest.mark.parametrize(("name", "mutant"), MUTANTS)
def test_a_mutant_is_violated(name, mutant):
    text = edited(source(name), mutant)
    result = judged(text)
    assert not result.errors
    violated = [finding for finding in result.findings if finding.verdict is Verdict.VIOLATED]
    said = [(finding.rule, finding.resource, finding.line) for finding in violated]
    own = [finding for finding in violated if finding.rule == mutant["rule"] and finding.resource == mutant["resource"]]
    assert own, said
    if "line" in mutant:
        lines = text.splitlines()
        shown = [lines[(finding.line or 1) - 1] for finding in own]
        assert any(mutant["line"] in line for line in shown), shown
    if "message" in mutant:
        assert any(mutant["message"] in finding.message for finding in own), [finding.message for finding in own]


def test_every_rule_is_seen_to_fail():
    seen = {mutant["rule"] for mutants in table("mutants.yaml").values() for mutant in mutants}
    rules = {rule.slug for name in NAMES for rule in load(name).rules}
    assert rules - seen == set()
