"""Which calls are recorded at all, by the trails of a live account.

A region shows its own trails, those of other regions that record it too, and those of the organisation.
Source: "DescribeTrails", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DescribeTrails.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.account import Account
from scenarios.account.trail import Trail
from scenarios.observation import observe
from scenarios.trail.calls import USAGE
from scenarios.usage.answers.coverage import Coverage
from scenarios.usage.answers.selected import by_trails
from scenarios.usage.sources.cloud import Cloud, client, told
from scenarios.usage.sources.live import profile_of, regions_of
from scenarios.usage.wanted import Wanted

_TRAILS = "cloudtrail.trail"
_HISTORY = "; the event history alone has it, for 90 days"


def by_account(text: str, wanted: Wanted, cloud: Cloud) -> list[Coverage]:
    """The coverage of every call in the account behind a live source. Raises InputError as the source does."""
    session = cloud.session(profile_of(text), text)
    regions = regions_of(session, wanted, text)
    trails = _Trails(session, text)
    return _agreed(regions, [by_trails(*trails.of(region)) for region in regions])


@dataclass(frozen=True)
class _Trails:
    """The trails of an account; each is read in its home region."""

    session: Any
    text: str
    read: dict[str, Account] = field(default_factory=dict)

    def of(self, region: str) -> tuple[Sequence[Trail], str | None]:
        """The trails that record a region, and why nobody can be sure of them."""
        try:
            with told(self.text):
                shown = client(self.session, "cloudtrail", self.text, region).describe_trails().get("trailList", [])
                homes = sorted({one.get("HomeRegion", region) for one in shown})
                accounts = [self._account(home) for home in homes]
        except OSError as error:
            return (), f"the trails of the account cannot be read: {error}"
        arns = {one.get("TrailARN") for one in shown}
        trails = [trail for account in accounts for trail in account.trails if trail.arn in arns]
        unread = (one for account in accounts for one in account.unread if one.what.startswith(_TRAILS))
        return trails, next((f"{one.name or 'trails'} cannot be read: {one.reason}" for one in unread), None)

    def _account(self, region: str) -> Account:
        if region not in self.read:
            number = client(self.session, "sts", self.text, region).get_caller_identity()["Account"]
            regional = _Regional(self.session, region, self.text)
            self.read[region] = observe(regional, account_id=number, region=region, services={"cloudtrail"})
        return self.read[region]


@dataclass(frozen=True)
class _Regional:
    """A session in one region, whose clients are made once."""

    session: Any
    region: str
    text: str
    made: dict[str, Any] = field(default_factory=dict)

    def client(self, service_name: str) -> Any:
        if service_name not in self.made:
            self.made[service_name] = client(self.session, service_name, self.text, self.region)
        return self.made[service_name]


def _agreed(regions: Sequence[str], coverages: Iterable[list[Coverage]]) -> list[Coverage]:
    """The coverage in all regions: what differs from one to the next is not known of the whole."""
    found = []
    for call, *ones in zip(USAGE, *coverages, strict=True):
        first = ones[0]
        if len({one.recorded for one in ones}) > 1:
            said = ", ".join(f"{region}: {one.recorded}" for region, one in zip(regions, ones, strict=True))
            first = replace(first, recorded="unknown", because=f"regions differ ({said})")
        elif first.recorded == "no" and call.category == "Management":
            first = replace(first, because=first.because + _HISTORY)
        found.append(first)
    return found
