from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::GuardDuty::Detector",),
    remediation="Set Enable to true.",
    controls=("SecurityHub/GuardDuty.1", "CKV_AWS_238", "Prowler/guardduty_is_enabled"),
)
def guardduty_off(account: Account, scope: Scope) -> Iterator[Judgement]:
    """GuardDuty's detector is on.

    Judged where the template has one: elsewhere that is mostly done for the whole organization.

    Source: "Getting started with GuardDuty",
    https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_settingup.html
    """
    for detector in account.detectors:
        at = prop(detector, "Enable")
        if detector.enabled:
            yield holds(at, "GuardDuty is on")
        else:
            yield violated(at, "GuardDuty has a detector that is off")
