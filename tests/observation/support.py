"""What the tests of observation share: a template's resources, deployed and read back."""

from __future__ import annotations

from typing import Any

from scenarios.account import Account
from scenarios.deployment import deploy
from scenarios.emulator import emulator
from scenarios.observation import observe, services_of
from scenarios.template import parse

ACCOUNT, REGION = "123456789012", "us-east-1"
HEAD = """
Parameters:
  P: {Type: String}
  OnOff: {Type: String, AllowedValues: ['true', 'false']}
Conditions:
  Maybe: !Equals [!Ref P, x]
Resources:
"""
NO_VALUE = "parameter P has no value"


def observed(resources: str) -> Account:
    """The account that these resources make, read as `check` reads it."""
    with emulator(account_id=ACCOUNT, region=REGION) as session:
        deployment = deploy(parse(HEAD + resources, "t.yaml"), session)
        lost = [(entry.logical_id, entry.reason) for entry in deployment.ledger if entry.status not in _MADE]
        assert lost == [], lost
        services = services_of(entry.type for entry in deployment.ledger)
        return observe(session, account_id=ACCOUNT, region=REGION, origins=deployment.origins, services=services)


_MADE = ("deployed", "partial")


def by_origin(facts: Any) -> dict[str, Any]:
    """Facts by the logical id that they come from."""
    return {fact.origin.logical_id: fact for fact in facts if fact.origin is not None}
