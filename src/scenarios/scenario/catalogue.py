"""The scenarios by name; each lives in the module of its name and is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from scenarios.rules.rule import Rule
from scenarios.scenario.names import ALL
from scenarios.scenario.scenario import Scenario


def load(name: str) -> Scenario:
    """The scenario called `name`, one of `ALL`."""
    scenario = import_module(f"scenarios.scenario.{name.replace('-', '_')}").SCENARIO
    assert isinstance(scenario, Scenario)
    return scenario


def rules() -> dict[str, Rule]:
    """The catalogue of rules by slug, in the order of the scenarios."""
    return {rule.slug: rule for name in ALL for rule in load(name).rules}
