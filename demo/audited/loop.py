"""From the template to the answer."""

from __future__ import annotations

from audited.calls import made
from audited.deliveries import deliver
from audited.stage import ACCOUNT, REGION, stage
from scenarios.emulator import emulator
from scenarios.usage.answers.selected import by_trails
from scenarios.usage.local import Means, tallied
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.usage import Policy, Usage, answered
from scenarios.usage.wanted import Wanted


def audited(wanted: Wanted | None = None) -> Usage:
    """Make the calls in an emulated account, and read from its log bucket who called; all in this process."""
    with emulator(account_id=ACCOUNT, region=REGION) as session:
        found = stage(session)
        deliver(found, list(made(found)))
        cloud = Cloud(REGION, lambda _profile, _region: session)
        counts, groups = tallied([f"s3://{found.trail.bucket}"], wanted or Wanted(), Means(cloud=cloud))
        return answered(counts, groups, Policy(), by_trails(found.account.trails))
