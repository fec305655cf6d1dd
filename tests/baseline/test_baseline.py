"""The floor: templates that keep to it hold, every one-edit mutant is violated, and rewrites change no verdict."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

import pytest

from scenarios.finding import Verdict
from scenarios.scenario.catalogue import load, rules
from scenarios.template import parse

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from controls_page import PAGE, PEERS, excluded, render
from edits import edited, judged, table

HERE = Path(__file__).parent
BASES = {path.stem: path.read_text() for path in sorted((HERE / "bases").glob("*.yaml"))}
RULES = {rule.slug: rule for rule in load("baseline").rules}
MUTANTS, REWRITES = table(str(HERE / "mutants.yaml")), table(str(HERE / "equivalents.yaml"))


def cases(edits):
    return [pytest.param(name, edit, id=f"{name}: {edit['id']}") for name, each in edits.items() for edit in each]


@cache
def verdicts(text, name="template.yaml"):
    """What each rule says, without how often."""
    found: dict[str, set[str]] = {}
    for finding in judged(text, "baseline", name=name).findings:
        found.setdefault(finding.rule, set()).add(finding.verdict.value)
    return found


@pytest.mark.parametrize("name", BASES)
def test_a_compliant_template_holds(name):
    result = judged(BASES[name], "baseline")
    said = [(each.rule, each.resource, each.message) for each in result.findings if each.verdict is not Verdict.HOLDS]
    assert [each for each in said if each[2] != "nothing in this account to judge"] == []
    assert result.scenarios[0].verdict is Verdict.HOLDS
    assert not result.errors


@pytest.mark.parametrize(("name", "mutant"), cases(MUTANTS))
def test_a_mutant_is_violated(name, mutant):
    text = edited(BASES[name], mutant)
    result = judged(text, "baseline")
    assert not result.errors
    violated = [finding for finding in result.findings if finding.verdict is Verdict.VIOLATED]
    own = [finding for finding in violated if (finding.rule, finding.resource) == (mutant["rule"], mutant["resource"])]
    assert own, [(finding.rule, finding.resource, finding.line, finding.message) for finding in violated]
    shown = [text.splitlines()[(finding.line or 1) - 1] for finding in own]
    assert any(mutant.get("line", "") in line for line in shown), shown
    assert any(mutant.get("message", "") in finding.message for finding in own), [finding.message for finding in own]


@pytest.mark.parametrize(("name", "rewrite"), cases(REWRITES))
def test_a_rewrite_changes_no_verdict(name, rewrite):
    assert verdicts(edited(BASES[name], rewrite)) == verdicts(BASES[name])


@pytest.mark.parametrize(("name", "edit"), cases(table(str(HERE / "undecided.yaml"))))
def test_what_hangs_on_a_parameter_without_a_value_is_not_decided(name, edit):
    text = f"{edited(BASES[name], edit)}\nParameters: {{Unknown: {{Type: String}}}}\n"
    result = judged(text, "baseline")
    found = [each for each in result.findings if each.rule == edit["rule"] and each.resource != edit.get("besides")]
    lost = [each.verdict for each in result.findings if each.rule == "resource-not-deployed"]
    assert Verdict.UNKNOWN in {*lost, *(each.verdict for each in found)}, found
    assert Verdict.VIOLATED not in {each.verdict for each in found}, found
    assert result.scenarios[0].verdict is not Verdict.HOLDS


CIRCUMSTANCES = (
    'Bool: {"aws:MultiFactorAuthPresent": "true"}',
    'IpAddress: {"aws:SourceIp": 192.0.2.0/24}',
    'StringEquals: {"aws:SourceVpc": vpc-0123456789abcdef0}',
    'DateGreaterThan: {"aws:CurrentTime": "2020-01-01T00:00:00Z"}',
    'StringEquals: {"aws:PrincipalOrgID": o-0123456789}',
)


@pytest.mark.parametrize("condition", CIRCUMSTANCES)
@pytest.mark.parametrize(("rule", "action"), [("admin-policy", '"*"'), ("data-exfiltration", '"s3:GetObject"')])
@pytest.mark.parametrize("near", ["Sid: Token", "Sid: Look"])
def test_when_and_from_where_somebody_asks_is_no_refusal(condition, rule, action, near):
    own = {"Sid: Token": "Action: ecr:GetAuthorizationToken", "Sid: Look": "Action: [ec2:DescribeInstances"}[near]
    rest = ", s3:ListAllMyBuckets]" if near == "Sid: Look" else ""
    replace = f"Condition: {{{condition}}}\n                Action: {action}"
    text = edited(BASES["iam"], {"near": near, "find": own + rest, "replace": replace})
    assert "unknown" in verdicts(text)[rule]


def test_a_replica_rotates_as_its_primary_in_another_region():
    replica = "  Replica: {Type: AWS::KMS::ReplicaKey, Properties: {PrimaryKeyArn: !Sub 'arn:aws:kms:eu-west-3:${AWS::AccountId}:key/mrk-1', KeyPolicy: {Version: 2012-10-17, Statement: []}}}\n"  # noqa: E501
    found = [each for each in judged(BASES["s3"] + replica, "baseline").findings if each.rule == "key-rotation"]
    assert {each.verdict for each in found if each.resource == "Replica"} == {Verdict.UNKNOWN}


@pytest.mark.parametrize("name", BASES)
def test_json_says_the_same_as_yaml(name):
    body = parse(BASES[name], "t.yaml").body
    assert verdicts(json.dumps(body), "template.json") == verdicts(BASES[name])


def test_every_rule_is_seen_to_hold_and_to_fail():
    elsewhere = table(str(HERE.parent / "baseline_ai" / "mutants.yaml"))
    there = {mutant["rule"] for mutants in elsewhere.values() for mutant in mutants}
    assert set(RULES) - there - {mutant["rule"] for mutants in MUTANTS.values() for mutant in mutants} == set()
    holding = {rule for text in BASES.values() for rule, said in verdicts(text).items() if "holds" in said}
    assert set(RULES) - there - holding == set()


def test_the_page_of_controls_is_up_to_date():
    assert PAGE.read_text() == render(), (
        "the catalogue has changed: run .venv/bin/python tests/baseline/controls_page.py"
    )


def test_what_is_not_covered_is_not_covered():
    covered = {control for rule in rules().values() for control in rule.controls}
    assert covered & {each["control"] for each in excluded()} == set()


def test_every_control_has_a_peer_that_the_page_shows():
    named = {control for rule in rules().values() for control in rule.controls}
    named |= {each["control"] for each in excluded()}
    assert {control for control in named if not control.startswith(tuple(PEERS))} == set()
