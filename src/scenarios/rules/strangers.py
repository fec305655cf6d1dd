"""Principals that have no business in the account, to ask whether a resource policy lets them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scenarios.access import Decision, Outcome, Request, ask
from scenarios.account import Account, Fact, Policy
from scenarios.finding import Judgement, Verdict
from scenarios.rules.decisions import judgement, layer_outcome
from scenarios.rules.rule import holds

FOREIGN_ACCOUNT = "999999999999"
"""An account that no template names; AWS gives out no such id in documentation either."""

ANONYMOUS = "*"


def foreign_role(account: Account) -> str:
    """A role of an account that nobody here knows."""
    return f"arn:{account.partition}:iam::{FOREIGN_ACCOUNT}:role/stranger"


def let_in(
    account: Account, action: str, resource: str, context: Mapping[str, str | tuple[str, ...]] | None = None
) -> Iterator[tuple[str, Decision]]:
    """The strangers whom the resource's own policy does not keep out, with the decision.

    A stranger of another account may carry any identity policy, so that for it only the resource side counts:
    an unknown answer that names the stranger's own policies is a way in.
    """
    for principal in (ANONYMOUS, foreign_role(account)):
        decision = ask(account, Request(principal, action, resource, account.account_id, dict(context or {})))
        if decision.outcome is Outcome.ALLOWED:
            yield principal, decision
        elif decision.outcome is Outcome.UNKNOWN:
            resource_side = layer_outcome(decision, "resource")
            if resource_side is Outcome.ALLOWED:
                yield principal, replace(decision, outcome=Outcome.ALLOWED)
            elif resource_side is not Outcome.IMPLICIT_DENY:
                yield principal, decision


def described(principal: str) -> str:
    """The stranger in words."""
    return "anyone, without credentials" if principal == ANONYMOUS else "a principal of another account"


def closed_to_strangers(
    account: Account, fact: Fact, policy: Policy | None, calls: Iterable[tuple[str, str]], name: str
) -> Iterator[Judgement]:
    """Violated for each call (action, resource ARN) that a stranger may make, holds where none may make any."""
    at = (policy.origin if policy else None) or fact.origin
    found = False
    for action, resource in calls:
        for principal, decision in let_in(account, action, resource):
            found = True
            sure = decision.outcome is Outcome.ALLOWED
            where = next((by.origin for by in decision.by if by.origin), at)
            said = f"{described(principal)} may call {action} on {name}"
            message = said if sure else f"{said}: not decided, because {decision.why}"
            yield judgement(Verdict.VIOLATED if sure else Verdict.UNKNOWN, where, message, decision)
    if not found:
        yield holds(at, f"{name} lets no stranger in")
