from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::Macie::Session",),
    remediation="Set AutomatedDiscoveryStatus to ENABLED.",
    controls=("SecurityHub/Macie.2", "Prowler/macie_automated_sensitive_data_discovery_enabled"),
)
def macie_discovery(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Macie looks for sensitive data by itself.

    Automated discovery samples every bucket each day, also those that nobody made a job for. It is charged for by
    bucket and by what it reads.

    Source: "Performing automated sensitive data discovery",
    https://docs.aws.amazon.com/macie/latest/user/discovery-asdd.html
    """
    if account.macie is not None:
        at = prop(account.macie, "AutomatedDiscoveryStatus")
        paused = prop(account.macie, "Status")
        if account.macie.automated_discovery and account.macie.status == "ENABLED":
            yield holds(at, "Macie discovers sensitive data by itself", paused)
        elif account.macie.automated_discovery:
            yield violated(paused, f"Macie is {account.macie.status.lower()}, and discovers nothing", at)
        else:
            yield violated(at, "Macie does not discover sensitive data by itself")
