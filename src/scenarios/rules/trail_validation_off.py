from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES


@rule(
    severity=Severity.MEDIUM,
    needs=TRAIL_TYPES,
    remediation="Set EnableLogFileValidation to true.",
    controls=("SecurityHub/CloudTrail.4", "CKV_AWS_36", "Prowler/cloudtrail_log_file_validation_enabled"),
)
def trail_validation_off(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Log file validation is on.

    With it CloudTrail signs a digest of every log file each hour, so that a changed or deleted file shows.

    Source: "Validating CloudTrail log file integrity",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
    """
    for trail in scope.trails:
        at = prop(trail, "EnableLogFileValidation")
        if trail.validation:
            yield holds(at, f"trail {trail.name} signs digests of its log files")
        else:
            yield violated(at, f"trail {trail.name} signs no digests: nobody can tell whether a log file was changed")
