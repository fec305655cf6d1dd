from __future__ import annotations

from collections.abc import Iterator

from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.rule import holds, prop, rule, violated
from scenarios.rules.scope import Scope


@rule(
    severity=Severity.HIGH,
    needs=("AWS::S3::AccessPoint",),
    remediation="Set all four settings of PublicAccessBlockConfiguration to true, or leave the property out.",
    controls=("SecurityHub/S3.19", "Prowler/s3_access_point_public_access_block"),
)
def access_point_public_access_block(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The access point blocks public access in all four ways.

    An access point has a policy and a block of its own beside its bucket's. The block cannot be changed once the access
    point exists.

    Source: "Managing public access to access points for general purpose buckets",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-bpa-settings.html
    """
    for point in account.access_points:
        at = prop(point, "PublicAccessBlockConfiguration")
        if point.public_access_block is not None and point.public_access_block.complete:
            yield holds(at, f"access point {point.name} blocks public access")
        else:
            yield violated(at, f"access point {point.name} does not block public access in all four ways")
