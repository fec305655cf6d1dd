"""Judged by meaning: a rewrite that means the same changes no verdict of any rule."""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path

import pytest

from scenarios.scenario.names import NAMES
from scenarios.template import parse

sys.path.insert(0, str(Path(__file__).parent))
from edits import edited, judged, source, table

REWRITES = [
    pytest.param(name, rewrite, id=f"{name}: {rewrite['id']}")
    for name, rewrites in table("equivalents.yaml").items()
    for rewrite in rewrites
]


@cache
def verdicts(text: str, name: str = "template.yaml") -> dict[tuple[str | None, str], set[str]]:
    """What each rule says, without how often."""
    found: dict[tuple[str | None, str], set[str]] = {}
    for finding in judged(text, name=name).findings:
        found.setdefault((finding.scenario, finding.rule), set()).add(finding.verdict.value)
    return found


@pytest.mark.parametrize(("name", "rewrite"), REWRITES)
def test_a_rewrite_changes_no_verdict(name, rewrite):
    assert verdicts(edited(source(name), rewrite)) == verdicts(source(name))


@pytest.mark.parametrize("name", NAMES)
def test_json_says_the_same_as_yaml(name):
    text = source(name)
    assert verdicts(json.dumps(parse(text, "t.yaml").body), "template.json") == verdicts(text)
