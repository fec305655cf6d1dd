"""From access decisions to judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scenarios.access.decision import Decision, Outcome
from scenarios.finding import Judgement, Origin, Verdict

_VERDICTS = {Outcome.ALLOWED: Verdict.HOLDS, Outcome.UNKNOWN: Verdict.UNKNOWN}


def must_be_allowed(decision: Decision, at: Origin | None, what: str, *hangs: Origin | None) -> Judgement:
    """Holds where the request is allowed; violated, at the denying statement or else at `at`, where it is denied.

    `what` is the request in words, such as "the role reads the documents"; `hangs` are the properties that the request
    was made from.
    """
    verdict = _VERDICTS.get(decision.outcome, Verdict.VIOLATED)
    said = {
        Verdict.HOLDS: f"{what}: allowed",
        Verdict.VIOLATED: f"{what}: denied, because {decision.why}",
        Verdict.UNKNOWN: f"{what}: not decided, because {_open(decision)}",
    }
    judged = judgement(verdict, culprit(decision, at), said[verdict], decision)
    own = tuple(origin for origin in hangs if origin is not None)
    return replace(judged, about=(*judged.about, *own)) if own else judged


def must_be_denied(decision: Decision, at: Origin | None, what: str) -> Judgement:
    """Holds where the request is denied; violated, at the allowing statement or else at `at`, where it is allowed."""
    where = next((by.origin for by in decision.by if by.origin), at)
    if decision.allowed:
        return judgement(Verdict.VIOLATED, where, f"{what}: allowed", decision)
    if decision.denied:
        return judgement(Verdict.HOLDS, at, f"{what}: denied", decision)
    return judgement(Verdict.UNKNOWN, where, f"{what}: not decided, because {decision.why}", decision)


def _open(decision: Decision) -> str:
    """Why a decision is open, and what is lacking however that turns out."""
    lacking = [lack.partition(": ")[2] for lack in decision.lacking]
    why = "; ".join(decision.reasons) or decision.why
    return f"{why} (and {'; '.join(lacking)})" if lacking else why


def judgement(
    verdict: Verdict, at: Origin | None, message: str, decision: Decision, about: Iterable[Origin | None] = ()
) -> Judgement:
    """A judgement that rests on `decision`, with its layers as evidence.

    The decision has already weighed what is uncertain inside the policies, so that the judgement is about the resources
    as wholes: it is in doubt where one of them was not deployed, not where some statement hangs on a parameter.
    """
    origins = (at, *about, *decision.about)
    wholes = dict.fromkeys(Origin(origin.logical_id) for origin in origins if origin is not None)
    return Judgement(verdict, at, message, tuple(wholes), evidence(decision))


def culprit(decision: Decision, at: Origin | None) -> Origin | None:
    """Where a person would mend a denial.

    The statement that denies; where an allow is lacking, the statement that comes nearest to it, or the policy of the
    layer that lacks it; else `at`, where one would be added.
    """
    if decision.outcome is Outcome.EXPLICIT_DENY:
        return next((statement.origin for statement in decision.by if statement.origin), at)
    lacking = {lack.partition(":")[0] for lack in decision.lacking}
    for layer in decision.layers:
        if decision.denied and lacking == {layer.layer}:
            nearest = next((statement.origin for statement in layer.statements if statement.origin), None)
            return nearest or (at if layer.layer == "identity" else layer.origin or at)
    return at


def failing_statement(decision: Decision) -> Origin | None:
    """The statement that comes nearest to allowing a request that nothing allows, and does not for its resource or its
    condition: what a person would mend. Nothing where no statement comes near."""
    if decision.outcome is not Outcome.IMPLICIT_DENY:
        return None
    lacking = {lack.partition(": ")[0] for lack in decision.lacking}
    layers = [layer for layer in decision.layers if layer.layer in lacking]
    layers.sort(key=lambda layer: layer.condition is None)
    return next((near.origin for layer in layers for near in layer.statements if near.origin), None)


def evidence(decision: Decision) -> dict[str, object]:
    """The decision as plain data: outcome, reason, layers, deciding statements."""
    return {
        "decision": decision.outcome.value,
        "why": decision.why,
        "layers": {layer.layer: layer.outcome.value for layer in decision.layers},
        "by": [{"policy": by.policy, "statement": by.statement, "effect": by.effect} for by in decision.by],
        "lacking": list(decision.lacking),
    }


def layer_outcome(decision: Decision, name: str) -> Outcome | None:
    """What one layer said by itself, if it took part."""
    return next((layer.outcome for layer in decision.layers if layer.layer == name), None)
