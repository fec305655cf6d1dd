"""One request, decided as AWS's page on policy evaluation goes through it.

Source: "Policy evaluation logic",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from scenarios.access import formula
from scenarios.access.algebra import FALSE, TRUE
from scenarios.access.asked import Asked, case_of
from scenarios.access.decision import Decision, Outcome
from scenarios.access.explain import Story
from scenarios.access.layers import layers_of
from scenarios.access.policies import PolicySet
from scenarios.access.request import Request

_ALWAYS_ALLOWED = frozenset({"sts:getcalleridentity"})
"""No policy is consulted: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html"""


def decide(request: Request, policies: PolicySet) -> Decision:
    """What AWS would answer, with its reason.

    `request.context` is taken to be complete but for `request.unknown_keys`. Without `request.resource_account` the
    owner is read from the ARN; a bucket whose owner is not given makes the answer unknown where it matters. A policy
    that AWS would refuse makes its layer unknown.
    """
    if request.action.lower() in _ALWAYS_ALLOWED:
        return Decision(Outcome.ALLOWED, f"{request.action} needs no permission and cannot be denied")
    asked = Asked(request, bounded=policies.boundary is not None)
    case = case_of(asked, policies)
    layers = layers_of(asked, policies)
    story = Story(asked, policies, case, layers)

    if formula.denied(asked, layers) is TRUE:
        return story.explicit_deny()
    verdict = formula.allowed(asked, case, layers)
    if verdict is TRUE:
        return story.allowed()
    if verdict is FALSE:
        return story.implicit_deny()
    return story.unknown(verdict.reasons)
