"""What a scenario is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.account import Account
from scenarios.rules.rule import Rule
from scenarios.rules.scope import Scope


@dataclass(frozen=True)
class Scenario:
    """A security question about an architecture, with the rules that make up its answer.

    `discover` finds the scenario's subjects in any account; where it finds none, the scenario does not apply.
    `subject_types` are the resource types that a subject is made of: while one of them could not be deployed, nobody
    can say that the scenario does not apply; a scenario without any is about everything. `reads` are parts of an
    account that are read for it alone.
    """

    name: str
    question: str
    discover: Callable[[Account], Scope]
    rules: tuple[Rule, ...]
    subject_types: tuple[str, ...]
    reads: tuple[str, ...] = ()
