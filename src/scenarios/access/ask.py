"""Questions to an account: may this request be made?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scenarios.access.collect import EVERYTHING, policies_for
from scenarios.access.context import complete
from scenarios.access.decide import decide
from scenarios.access.decision import Decision, Outcome
from scenarios.access.policies import Levels
from scenarios.access.request import Request
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.network import Endpoint


def ask(
    account: Account,
    request: Request,
    *,
    via: Endpoint | None = None,
    session: Policy | None = None,
    scps: Levels = (),
    rcps: Levels = (),
) -> Decision:
    """Decide a request against the account's own policies, with the context that AWS would fill in.

    `via` is the endpoint that the request goes through; a call that a service makes on the caller's behalf
    (`kms:ViaService` is given) does not. A caller or a resource that the account does not show makes the answer
    unknown, unless an explicit deny or another layer settles it.
    """
    whole = complete(account, request, via)
    endpoint = None if "kms:viaservice" in whole.context else via
    return decide(whole, policies_for(account, whole, endpoint, session=session, scps=scps, rcps=rcps))


def may(account: Account, requests: Iterable[Request], *, via: Endpoint | None = None) -> tuple[Decision, ...]:
    """Each of the authorisations of a call, decided."""
    return tuple(ask(account, request, via=via) for request in requests)


def all_allowed(decisions: Iterable[Decision]) -> Decision:
    """The decision on a call that needs them all: the first explicit deny, else the first other denial, else the first
    unknown, else the first. A call that needs nothing is allowed."""
    listed = tuple(decisions)
    for outcome in (Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY, Outcome.UNKNOWN, Outcome.ALLOWED):
        found = next((decision for decision in listed if decision.outcome is outcome), None)
        if found is not None:
            return found
    return Decision(Outcome.ALLOWED, "the call needs no permission of ours")


def principals_with_access(
    account: Account, action: str, resource: str, *, via: Endpoint | None = None
) -> tuple[tuple[str, Decision], ...]:
    """Whoever may, or may for all that is known: roles and users of the account, its root, anonymous callers, and
    `any principal of another account` (whose own policies are taken to allow everything)."""
    principals = [role.arn for role in account.roles] + [user.arn for user in account.users]
    principals += [f"arn:{account.partition}:iam::{account.account_id}:root", "*"]
    found = [
        (principal, ask(account, _request(account, principal, action, resource), via=via)) for principal in principals
    ]
    found.append(("any principal of another account", _stranger(account, action, resource, via)))
    return tuple((principal, decision) for principal, decision in found if not decision.denied)


def _request(account: Account, principal: str, action: str, resource: str) -> Request:
    return Request(principal, action, resource, account.account_id)


def _stranger(account: Account, action: str, resource: str, via: Endpoint | None) -> Decision:
    """A role of an account that no policy names, with every permission of its own."""
    owner = next(one for one in ("999999999999", "888888888888") if one != account.account_id)
    request = _request(account, f"arn:{account.partition}:iam::{owner}:role/any", action, resource)
    whole = complete(account, request, via)
    policies = policies_for(account, whole, via)
    return decide(whole, replace(policies, identity=(EVERYTHING,), identity_known=True))
