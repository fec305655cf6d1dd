"""The answer to a request: the outcome and what decided it, layer by layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scenarios.finding import Origin


class Outcome(StrEnum):
    """What AWS would answer; `UNKNOWN` where the answer hangs on something that nobody can know here."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicit_deny"
    IMPLICIT_DENY = "implicit_deny"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatementRef:
    """A statement that took part in a decision."""

    layer: str
    policy: str
    statement: str  # its Sid, or "#0" by index
    effect: str
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class FailedCondition:
    """A condition that a request does not meet: what the policy wants, and what the request has (nothing where it does
    not have the key)."""

    operator: str
    key: str
    wanted: tuple[str, ...]
    given: tuple[str, ...]

    @property
    def words(self) -> str:
        """The condition as a policy writes it, and the request's value."""
        values = ", ".join(self.wanted[:3]) + (" ..." if len(self.wanted) > 3 else "")
        has = repr(", ".join(self.given)) if self.given else f"no {self.key}"
        return f"{self.operator} {self.key} [{values}], and the request has {has}"


@dataclass(frozen=True, slots=True)
class LayerResult:
    """What one layer (`identity`, `resource`, `boundary`, `endpoint`, `scp.0` ...) said by itself, and why.

    `statements` are those that decided, or the one that comes nearest to allowing; `condition` is the one that keeps
    that from allowing. `origin` is where the layer's policy stands.
    """

    layer: str
    outcome: Outcome
    why: str
    statements: tuple[StatementRef, ...] = ()
    condition: FailedCondition | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class Decision:
    """The answer. `by` are the deciding statements (allowing ones, or the denying ones); `lacking` the layers that keep
    an implicit deny from being allowed, each with what it lacks; `reasons` what makes an unknown one unknown."""

    outcome: Outcome
    why: str
    layers: tuple[LayerResult, ...] = ()
    by: tuple[StatementRef, ...] = ()
    lacking: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    about: tuple[Origin, ...] = field(default_factory=tuple)

    @property
    def allowed(self) -> bool:
        """Whether the request is allowed for certain."""
        return self.outcome is Outcome.ALLOWED

    @property
    def denied(self) -> bool:
        """Whether the request is denied for certain."""
        return self.outcome in (Outcome.EXPLICIT_DENY, Outcome.IMPLICIT_DENY)
