"""One request, decided as AWS's page on policy evaluation goes through it.

Source: "Policy evaluation logic",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from scenarios.access import formula
from scenarios.access.algebra import FALSE, TRUE, Truth
from scenarios.access.asked import Asked, case_of
from scenarios.access.caller import Kind
from scenarios.access.decision import Decision, Outcome
from scenarios.access.explain import Story
from scenarios.access.formula import Case, Layers
from scenarios.access.layers import layers_of
from scenarios.access.policies import PolicySet
from scenarios.access.request import Request

_ALWAYS_ALLOWED = frozenset({"sts:getcalleridentity"})
"""No policy is consulted: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"""
_ALLOWED_TO_USERS = frozenset({"sts:getsessiontoken"})
"""Users need no permission for it, nor does the root user: "Permissions for GetSessionToken",
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html"""


class Evaluation(NamedTuple):
    """A request held against the formula: its layers, whether a statement denies it, and whether it is allowed."""

    asked: Asked
    case: Case[Truth]
    layers: Layers[Truth]
    denied: Truth
    allowed: Truth

    @property
    def outcome(self) -> Outcome:
        """The outcome, unknown where it hangs on something unknown."""
        if self.denied is TRUE:
            return Outcome.EXPLICIT_DENY
        if self.allowed is TRUE:
            return Outcome.ALLOWED
        return Outcome.IMPLICIT_DENY if self.allowed is FALSE else Outcome.UNKNOWN


def evaluate(request: Request, policies: PolicySet) -> Evaluation:
    """The formula's answer, without words for it."""
    asked = Asked(request, bounded=policies.boundary is not None)
    case = case_of(asked, policies)
    if always_allowed(asked):
        return Evaluation(asked, case, Layers(), FALSE, TRUE)
    layers = layers_of(asked, policies)
    denied = formula.denied(asked, layers)
    if denied is TRUE:
        return Evaluation(asked, case, layers, TRUE, FALSE)
    if never_allowed(asked) is not None:
        return Evaluation(asked, case, layers, denied, FALSE)
    granted = formula.granted(asked, case, layers)
    return Evaluation(asked, case, layers, denied, formula.within(asked, layers, granted, denied))


def decide(request: Request, policies: PolicySet) -> Decision:
    """What AWS would answer, with its reason.

    `request.context` is taken to be complete but for `request.unknown_keys`. Without `request.resource_account` the
    owner is read from the ARN; a bucket whose owner is not given makes the answer unknown where it matters. A policy
    that AWS would refuse makes its layer unknown.
    """
    found = evaluate(_in_lower_case(request), policies)
    if always_allowed(found.asked):
        return Decision(Outcome.ALLOWED, f"{request.action} needs no permission and cannot be denied")
    story = Story(found.asked, policies, found.case, found.layers)
    match found.outcome:
        case Outcome.EXPLICIT_DENY:
            return story.explicit_deny()
        case Outcome.ALLOWED:
            return story.allowed()
        case Outcome.IMPLICIT_DENY:
            return story.implicit_deny(never_allowed(found.asked))
    return story.unknown(found.allowed.reasons)


def _in_lower_case(request: Request) -> Request:
    """The request with its condition keys in lower case, as the evaluation compares them."""
    if all(key == key.lower() for keys in (request.context, request.unknown_keys) for key in keys):
        return request
    context = {key.lower(): value for key, value in request.context.items()}
    return replace(request, context=context, unknown_keys={k.lower(): why for k, why in request.unknown_keys.items()})


def always_allowed(asked: Asked) -> bool:
    """Whether AWS consults no policy for the request."""
    action = asked.request.action.lower()
    return action in _ALWAYS_ALLOWED or (action in _ALLOWED_TO_USERS and asked.caller.kind in (Kind.USER, Kind.ROOT))


def never_allowed(asked: Asked) -> str | None:
    """Why no policy can allow the request, if none can: `AssumeRole` is called with an AWS principal's credentials, and
    with any but the root user's.

    Source: "AssumeRole", https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    """
    if asked.request.action.lower() != "sts:assumerole":
        return None
    if asked.caller.kind is Kind.ANONYMOUS:
        return "AWS takes no anonymous call to assume a role"
    return "an account's root user cannot assume roles" if asked.caller.kind is Kind.ROOT else None
