"""The policies in policies/ are ones that AWS would take."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.access import compile_policy
from scenarios.account import Policy

POLICIES = sorted((Path(__file__).resolve().parent.parent / "policies").glob("*/*.json"))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.name)
def test_a_policy_compiles(path):
    assert compile_policy(Policy(name=path.name, text=path.read_text()))
    assert f"{path.parent.name}/{path.name}" in (path.parent.parent / "README.md").read_text()
