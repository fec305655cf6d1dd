"""docs/peers.md names each finding of baseline on the reference templates, and no other."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path

import pytest

from scenarios.finding import Verdict
from scenarios.scenario.catalogue import load, rules

sys.path.insert(0, str(Path(__file__).parent.parent / "scenarios"))
from edits import ROOT, judged, source

PAGE = (ROOT / "docs" / "peers.md").read_text()
NAMES = {
    "knowledge": "bedrock-reads-encrypted-s3",
    "audit": "cloudtrail-bedrock-audit",
    "app": "private-app-bedrock",
    "sagemaker": "sagemaker-in-vpc",
}
QUOTED = re.compile(r"`([^`]+)`")


def reported() -> set[tuple[str, str]]:
    """Rule and resource of all findings that the page refutes."""
    found: set[tuple[str, str]] = set()
    for said in re.findall(r"^Reported: (.+?)\.$", PAGE, re.MULTILINE | re.DOTALL):
        what, where = re.split(r"\son\s", said, maxsplit=1)
        found.update(product(QUOTED.findall(what), QUOTED.findall(where)))
    return found


def test_the_page_has_what_baseline_finds():
    ours = {rule.slug for rule in load("baseline").rules}
    found = {
        (finding.rule, f"{short}/{finding.resource}")
        for short, name in NAMES.items()
        for finding in judged(source(name), "baseline").findings
        if finding.verdict in (Verdict.VIOLATED, Verdict.UNKNOWN)
    }
    assert {pair for pair in reported() if pair[0] in ours} == found


@pytest.mark.parametrize("short", NAMES)
def test_the_page_names_resources_that_there_are(short):
    text = source(NAMES[short])
    for resource in re.findall(rf"`{short}/(\w+)`", PAGE):
        assert f"\n  {resource}:\n" in text, resource


def test_the_page_names_rules_that_there_are():
    """A name of several words is a rule of ours."""
    named = {word for word in QUOTED.findall(PAGE) if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", word)}
    assert named <= rules().keys()
