from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    needs=("AWS::Macie::Session",),
    remediation="Set Status to ENABLED.",
    controls=("SecurityHub/Macie.1", "Prowler/macie_is_enabled"),
)
def macie_paused(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Macie is not paused.

    A paused session finds no sensitive data in buckets. Judged where the template sets Macie up: elsewhere that is
    mostly done for the whole organization.

    Source: "Suspending Amazon Macie",
    https://docs.aws.amazon.com/macie/latest/user/suspend-macie.html
    """
    if account.macie is not None:
        at = prop(account.macie, "Status")
        if account.macie.status == "ENABLED":
            yield holds(at, "Macie is enabled")
        else:
            yield violated(at, f"Macie is {account.macie.status.lower()}")
