"""Never a false pass: where a network hangs on what is not known, the rule that would judge it says so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from scenarios.finding import Verdict

sys.path.insert(0, str(Path(__file__).parent))
from edits import edited, judged, source, table

CASES = [
    pytest.param(name, case, id=f"{name}: {case['id']}")
    for name, cases in table("network_undecided.yaml").items()
    for case in cases
]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_network_is_undecided(name, case):
    declared = f"Parameters:\n  {case['parameter']}: {{Type: '{case.get('type', 'String')}'}}\n"
    result = judged(edited(source(name), case).replace("Parameters:\n", declared, 1))
    assert not result.errors
    found = [finding for finding in result.findings if finding.rule == case["rule"]]
    assert not [finding for finding in found if finding.verdict is Verdict.VIOLATED]
    said = [finding.message for finding in found if finding.verdict is Verdict.UNKNOWN]
    assert any(case["message"] in message for message in said), said
    assert len(said) == case.get("count", len(said)), said
