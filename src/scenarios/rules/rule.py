"""What a rule is: a function from an account and a scope to judgements, with what the catalogue says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from scenarios.account import Account, Fact
from scenarios.finding import Confidence, Judgement, Origin, Severity, Verdict
from scenarios.rules.scope import Scope

Check = Callable[[Account, Scope], Iterator[Judgement]]


@dataclass(frozen=True)
class Rule:
    """A rule of the catalogue. Its page is the docstring of `check`.

    `needs` are the resource types that its verdict hangs on: while one of them could not be deployed and is
    connected with what a judgement is about, that judgement is unknown.
    """

    slug: str
    title: str
    severity: Severity
    confidence: Confidence
    needs: tuple[str, ...]
    remediation: str
    controls: tuple[str, ...]
    check: Check

    @property
    def page(self) -> str:
        """The rule's documentation."""
        return self.check.__doc__ or ""


def rule(
    *,
    severity: Severity,
    remediation: str,
    needs: tuple[str, ...],
    confidence: Confidence = Confidence.HIGH,
    controls: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the decorated function: its slug is the function's name, its title the docstring's first line."""

    def make(check: Check) -> Rule:
        name: str = getattr(check, "__name__")  # noqa: B009
        title = (check.__doc__ or name).strip().splitlines()[0].rstrip(".")
        return Rule(name.replace("_", "-"), title, severity, confidence, needs, remediation, controls, check)

    return make


def prop(fact: Fact, *path: str | int) -> Origin | None:
    """The origin of a property of the resource that `fact` was made of: `prop(trail, "IsLogging")`.

    Where the template does not have the property, reports point at the resource.
    """
    if fact.origin is None:
        return None
    return Origin(fact.origin.logical_id, ("Properties", *path))


def holds(at: Origin | None, message: str, *about: Origin | None, **evidence: Any) -> Judgement:
    """The property is proven for this subject."""
    return _judgement(Verdict.HOLDS, at, message, about, evidence)


def violated(at: Origin | None, message: str, *about: Origin | None, **evidence: Any) -> Judgement:
    """The property is broken; `at` is what a person would edit."""
    return _judgement(Verdict.VIOLATED, at, message, about, evidence)


def unknown(at: Origin | None, message: str, *about: Origin | None, **evidence: Any) -> Judgement:
    """Nobody can tell; `message` gives the reason."""
    return _judgement(Verdict.UNKNOWN, at, message, about, evidence)


def for_lack_of(judgement: Judgement, *types: str) -> Judgement:
    """The judgement, which rests on there being no resource of these types: `for_lack_of(violated(...), TRAIL)`.

    What may hold one unseen then makes it unknown, connected with the judgement's facts or not: a nested stack, a
    module, a custom resource, a transform, or one that could not be deployed.
    """
    return replace(judgement, absent=types)


def _judgement(
    verdict: Verdict, at: Origin | None, message: str, about: tuple[Origin | None, ...], evidence: dict[str, Any]
) -> Judgement:
    known = tuple(dict.fromkeys(origin for origin in (at, *about) if origin is not None))
    return Judgement(verdict, at, message, known, evidence)
