from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope
from scenarios.rules.trails import TRAIL_TYPES, culprit
from scenarios.trail.selectors import logging_trails


@rule(
    severity=Severity.MEDIUM,
    needs=TRAIL_TYPES,
    remediation="Set IsMultiRegionTrail to true.",
    controls=("SecurityHub/CloudTrail.1", "CKV_AWS_67", "Prowler/cloudtrail_multi_region_enabled"),
)
def trail_single_region(account: Account, scope: Scope) -> Iterator[Judgement]:
    """A trail covers every region.

    Bedrock is called in the region that the caller chooses. A single-region trail does not see a call that a stolen
    key makes elsewhere, and new regions are not covered either.

    Source: "Understanding multi-Region trails and opt-in Regions",
    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-multi-region-trails.html
    """
    trails = logging_trails(scope.trails)
    trail = culprit(trails)
    if trail is None:
        return
    at = prop(trail, "IsMultiRegionTrail")
    if trail.multi_region:
        yield holds(at, f"trail {trail.name} covers all regions")
    else:
        yield violated(at, f"trail {trail.name} records its own region only: calls in any other leave no record")
