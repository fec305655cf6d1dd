"""Usage, answered: from a source of log files to the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from scenarios.finding import Severity
from scenarios.usage.answers.callers import about_callers
from scenarios.usage.answers.coverage import Coverage, by_files
from scenarios.usage.answers.notice import Notice
from scenarios.usage.answers.places import models_not_listed, outside_endpoints
from scenarios.usage.answers.table import Tables, tabled
from scenarios.usage.answers.tampering import tampering
from scenarios.usage.answers.throttling import HotSpot, hot_spots
from scenarios.usage.gather import Problem
from scenarios.usage.groupings import Groups
from scenarios.usage.integrity.found import Integrity
from scenarios.usage.wanted import Wanted

_EVERYTHING = Wanted()


@dataclass(frozen=True)
class Policy:
    """What is allowed, as far as the user says it: endpoints and models."""

    endpoints: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counts:
    """What was read: files and their events, those that were there more than once, and those that are usage."""

    files: int = 0
    read: int = 0
    duplicates: int = 0
    usage: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Usage:
    """All answers. `integrity` is there if it was asked for."""

    counts: Counts
    tables: Tables
    coverage: list[Coverage] = field(default_factory=list)
    findings: list[Notice] = field(default_factory=list)
    hot_spots: list[HotSpot] = field(default_factory=list)
    integrity: Integrity | None = None


def answered(
    counts: Counts, groups: Groups, policy: Policy, coverage: list[Coverage] | None, wanted: Wanted = _EVERYTHING
) -> Usage:
    """The answers to be had of the groups, which are `wanted` ones only.

    Without trails' `coverage`, the files have to show it.
    """
    tables = tabled(groups)
    findings = (
        *tampering(tables, wanted),
        *about_callers(tables),
        *models_not_listed(tables, policy.models),
        *outside_endpoints(tables, policy.endpoints),
    )
    coverage = by_files(tables, wanted) if coverage is None else coverage
    return Usage(counts, tables, coverage, _worst_first(findings), hot_spots(tables))


def _worst_first(findings: Iterable[Notice]) -> list[Notice]:
    ranks = list(Severity)
    return sorted(findings, key=lambda one: ranks.index(one.severity))
