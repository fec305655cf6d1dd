"""What a judgement says: verdicts, severities, and the places that they speak of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PropertyPath = tuple[str | int, ...]
"""A property path inside a template: mapping keys and list indices, outermost first."""


class Verdict(StrEnum):
    """The four answers. What could not be deployed, read or decided is `UNKNOWN`, never `HOLDS`."""

    VIOLATED = "violated"
    UNKNOWN = "unknown"
    HOLDS = "holds"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How bad a violation is if it is real."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class Confidence(StrEnum):
    """How sure we are that a violation is real; kept apart from `Severity`."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from: a logical id, and a property path inside that resource.

    The path is written in the *resolved* resource (after intrinsics), beginning with
    `"Properties"` (or empty for the resource itself). Only reports turn it into a line.
    """

    logical_id: str
    path: PropertyPath = ()

    def __truediv__(self, step: str | int) -> Origin:
        return Origin(self.logical_id, (*self.path, step))


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text, line and column counted from 1; `file` where it is another than the template's own."""

    line: int
    column: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One rule's result about one subject, before it is placed in a file.

    `at` is what a person would edit; `about` are the origins of every fact that the verdict hangs
    on (an uncertain or undeployed one of them turns the verdict into unknown). `absent` are the resource types that it
    says there is none of: anything that may hold one unseen (a nested stack, a custom resource) makes it unknown too.
    """

    verdict: Verdict
    at: Origin | None
    message: str
    about: tuple[Origin, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's result at one place of one file; the unit of every report."""

    rule: str
    scenario: str | None
    verdict: Verdict
    severity: Severity
    confidence: Confidence
    resource: str | None
    path: PropertyPath
    file: str
    line: int | None
    column: int | None
    message: str
    evidence: dict[str, Any] = field(default_factory=dict)
    controls: tuple[str, ...] = ()
    remediation: str | None = None
