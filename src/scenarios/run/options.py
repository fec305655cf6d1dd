"""What the user may choose about a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scenarios.finding import Severity


@dataclass(frozen=True)
class Options:
    """Options of a run; `scenarios` empty means all, `jobs` is a number of processes.

    `shared` says that several templates share `parameters`, so that each takes only those that it declares.
    `own_account` and `own_region` say that the user has named them, whatever a CDK assembly says.
    """

    parameters: Mapping[str, str] = field(default_factory=dict)
    region: str = "us-east-1"
    account_id: str = "123456789012"
    scenarios: tuple[str, ...] = ()
    min_severity: Severity = Severity.INFO
    strict: bool = False
    lint: bool = True
    jobs: int = 1
    shared: bool = False
    own_account: bool = False
    own_region: bool = False
