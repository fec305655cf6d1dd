"""Which statements an allowed request is allowed by: those that are part of a way in which the formula grants it.

Source: "Policy evaluation for requests within a single account",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scenarios.access.algebra import Truth
from scenarios.access.asked import Asked
from scenarios.access.formula import Case, Layer, Layers, Match
from scenarios.access.principal import Naming

Holds = Callable[[Truth], bool]
Part = tuple[Layer[Truth], tuple[Match[Truth], ...]]


def granting(asked: Asked, case: Case[Truth], layers: Layers[Truth], holds: Holds) -> Iterator[Part]:
    """The layers that grant the request, each with its statements that take part; `holds` says which truths count.

    The identity policies grant within the boundary and the session policy, and where the resource's policy has to
    delegate to the account, only if it does. Statements that delegate take part only then.
    """
    within = all(holds(layer.allowed) for layer in (layers.boundary, layers.session) if layer)
    resource, same = layers.resource, holds(case.same_account)
    identity = bool(layers.identity and holds(layers.identity.allowed) and within)
    if same and case.strict:
        identity = identity and bool(resource and holds(resource.account))
    if layers.identity and identity:
        yield layers.identity, _allowing(layers.identity, holds)
    if resource:
        delegated = identity and (case.strict or not same)
        ways = (True, within if same else identity, delegated) if case.has_identity else (True, False, False)
        if taking := tuple(one for one in _allowing(resource, holds) if _names(asked, one, ways, holds)):
            yield resource, taking
    if layers.grants and holds(layers.grants.allowed):
        yield layers.grants, _allowing(layers.grants, holds)


def _allowing(layer: Layer[Truth], holds: Holds) -> tuple[Match[Truth], ...]:
    return tuple(match for match in layer.matches if holds(match.allows))


def _names(asked: Asked, match: Match[Truth], ways: tuple[bool, bool, bool], holds: Holds) -> bool:
    """Whether the statement names the caller in one of the ways that grant: directly, as a role, by its account."""
    named: Naming[Truth] = asked.named(match.statement)
    return any(open_ and holds(part) for open_, part in zip(ways, named.parts(), strict=True))
