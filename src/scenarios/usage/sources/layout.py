"""Where in a bucket logs lie: by account, region and day.

`[prefix/]AWSLogs/[organisation/]account/CloudTrail/region/YYYY/MM/DD/`, and likewise, by the hour, for the log of model
invocations. Sources: "Finding your CloudTrail log files",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html; "Monitor model
invocation using CloudWatch Logs and Amazon S3",
https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

from scenarios.usage.wanted import Wanted

KINDS = ("BedrockModelInvocationLogs", "CloudTrail")
_ACCOUNT = "[0-9]{12}"
_ORGANISATION = "o-[a-z0-9]{4,32}"
_PLACE = re.compile(
    rf"(?P<base>(?:.*?/)?AWSLogs/)(?:(?P<organisation>{_ORGANISATION})/)?"
    rf"(?:(?P<account>{_ACCOUNT})/(?:(?P<kind>{'|'.join(KINDS)})/(?:(?P<region>[^/]+)/(?P<rest>.*))?)?)?",
    re.DOTALL,
)
_DAY = re.compile("[0-9]{4}/[0-9]{2}/[0-9]{2}(?=/)")
_BODIES = re.compile(r"(.*/BedrockModelInvocationLogs/(?:[^/]+/)*?data)/", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """A folder within the layout, as far down as it says; `base` ends with `AWSLogs/`, `rest` is what follows the
    region."""

    base: str
    organisation: str | None
    account: str | None
    kind: str | None
    region: str | None
    rest: str | None


@dataclass(frozen=True)
class Days:
    """The first and the last day of deliveries, as paths have them; None where there is no limit."""

    first: str | None
    last: str | None

    @property
    def shared(self) -> str:
        """How all of the days begin."""
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(self.first or "", self.last or "", strict=False))
        return "".join(character for character, _ in pairs)

    def take(self, day: str) -> bool:
        """Whether a day is one of them."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def place_of(path: str) -> Place | None:
    """Where in the layout a folder or a key lies; None for one that has another form."""
    match = _PLACE.fullmatch(path)
    return Place(**match.groupdict()) if match else None


def is_account(name: str) -> bool:
    """Whether a folder is named as an account."""
    return re.fullmatch(_ACCOUNT, name) is not None


def is_organisation(name: str) -> bool:
    """Whether a folder is named as an organisation."""
    return re.fullmatch(_ORGANISATION, name) is not None


def days(wanted: Wanted) -> Days:
    """The days whose files may hold what is wanted.

    A file lies under the day of its delivery, which comes after its events: a day more at the end has what is late.
    """
    first, last = wanted.since, None
    if wanted.until is not None:
        try:
            day: date = (datetime.fromisoformat(wanted.until).astimezone(UTC) - timedelta(seconds=1)).date()
            last = f"{day + timedelta(days=1):%Y/%m/%d}"
        except OverflowError:  # the calendar's own end
            last = None
    return Days(first[:10].replace("-", "/") if first else None, last)


def takes(key: str, wanted: Wanted, within: Days) -> bool:
    """Whether an object may hold what is wanted, by its place; one that lies elsewhere may hold anything."""
    place = place_of(key)
    if place is None or place.account is None:
        return True
    if wanted.accounts and place.account not in wanted.accounts:
        return False
    if wanted.regions and place.region is not None and place.region not in wanted.regions:
        return False
    day = _DAY.match(place.rest or "")
    return day is None or within.take(day.group())


def past_bodies(key: str) -> str:
    """The key after which a listing goes on: large bodies beside the log of model invocations are passed over."""
    match = _BODIES.match(key)
    return f"{match[1]}0" if match else key  # 0 follows / in the order of keys
