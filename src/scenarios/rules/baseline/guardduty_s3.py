from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=("AWS::GuardDuty::Detector",),
    remediation="Add the feature S3_DATA_EVENTS with status ENABLED.",
    controls=("SecurityHub/GuardDuty.10", "Prowler/guardduty_s3_protection_enabled"),
)
def guardduty_s3(account: Account, scope: Scope) -> Iterator[Judgement]:
    """GuardDuty watches what is done with objects in S3.

    S3 Protection analyses data events of every bucket, without a trail, and finds exfiltration and deletion. Judged by
    what the template asks for, not by what AWS switches on by itself for new detectors.

    Source: "GuardDuty S3 Protection",
    https://docs.aws.amazon.com/guardduty/latest/ug/s3-protection.html
    """
    for detector in account.detectors:
        at, sources, on = prop(detector, "Features"), prop(detector, "DataSources"), prop(detector, "Enable")
        if "S3_DATA_EVENTS" not in detector.features:
            yield violated(at, "GuardDuty does not watch data events of S3", sources)
        elif not detector.enabled:
            yield violated(on, "GuardDuty is off, and watches no data events of S3", at, sources)
        else:
            yield holds(at, "GuardDuty watches data events of S3", sources, on)
