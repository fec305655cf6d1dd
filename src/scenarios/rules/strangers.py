"""Principals outside the account, to ask whether a resource policy lets them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scenarios.access import Decision, Outcome, Request, ask
from scenarios.account import Account, Fact, Policy
from scenarios.finding import Judgement, Verdict
from scenarios.rules.decisions import judgement, layer_outcome
from scenarios.rules.rule import holds

FOREIGN_ACCOUNT = "outsider0000"
"""An account that no policy can name: AWS gives out digits only. Wildcards match it as they match any other."""

ANONYMOUS = "*"
_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
_PRINCIPAL = re.compile(r"arn:[a-z-]+:(?:iam|sts)::\d{12}:[\w+=,.@/-]+")


def foreign_role(account: Account) -> str:
    """A role of an account that nobody here knows."""
    return f"arn:{account.partition}:iam::{FOREIGN_ACCOUNT}:role/stranger"


def outsiders(account: Account, policy: Policy | None) -> Iterator[str]:
    """Those outside the account who might be let in: anyone, a principal of an unknown account, and whomever the policy
    itself names, be it by account or by ARN."""
    yield from (ANONYMOUS, foreign_role(account))
    text = policy.text if policy else ""
    for arn in sorted(set(_PRINCIPAL.findall(text))):
        if arn.split(":")[4] != account.account_id and not arn.endswith(":root"):
            yield arn
    for owner in sorted(set(_ACCOUNT.findall(text)) - {account.account_id}):
        yield f"arn:{account.partition}:iam::{owner}:role/any-role"


def let_in(
    account: Account,
    action: str,
    resource: str,
    policy: Policy | None,
    context: Mapping[str, str | tuple[str, ...]] | None = None,
) -> Iterator[tuple[str, Decision]]:
    """The outsiders whom the resource's own policy does not keep out, with the decision.

    A principal of another account may carry any identity policy, so that for it only the resource side counts: an
    unknown answer that names its own policies is a way in.
    """
    for principal in outsiders(account, policy):
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
    """The outsider in words."""
    if principal == ANONYMOUS:
        return "anyone, without credentials"
    owner = principal.split(":")[4]
    if owner == FOREIGN_ACCOUNT:
        return "a principal of another account"
    return f"a principal of account {owner}" if principal.endswith(":role/any-role") else principal


def closed_to_strangers(
    account: Account, fact: Fact, policy: Policy | None, calls: Iterable[tuple[str, str]], name: str
) -> Iterator[Judgement]:
    """Violated for each call (action, resource ARN) that a stranger may make, holds where none may make any."""
    at = (policy.origin if policy else None) or fact.origin
    found = False
    for action, resource in calls:
        for principal, decision in let_in(account, action, resource, policy):
            found = True
            sure = decision.outcome is Outcome.ALLOWED
            where = next((by.origin for by in decision.by if by.origin), at)
            said = f"{described(principal)} may call {action} on {name}"
            message = said if sure else f"{said}: not decided, because {decision.why}"
            yield judgement(Verdict.VIOLATED if sure else Verdict.UNKNOWN, where, message, decision)
    if not found:
        yield holds(at, f"{name} lets no stranger in")
