"""The event history of a live account: management events of the last 90 days, two requests a second and region.

Source: "LookupEvents", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from scenarios.errors import InputError
from scenarios.usage.sources.cloud import Cloud, client, told
from scenarios.usage.sources.delivery import Delivery, unreadable
from scenarios.usage.wanted import Wanted

LIVE = "live"
_SERVICES = ("bedrock", "bedrock-agentcore", "bedrock-mantle", "cloudtrail", "sagemaker")
_RETRIES = {"mode": "adaptive", "total_max_attempts": 10}


def is_live(text: str) -> bool:
    """Whether a source is a live account: `live`, or `live:PROFILE`."""
    return text == LIVE or text.startswith(f"{LIVE}:")


def profile_of(text: str) -> str | None:
    """The profile that a live source names. Raises InputError for an empty one."""
    _, colon, profile = text.partition(":")
    if colon and not profile:
        raise InputError("names no profile: live, or live:PROFILE", file=text)
    return profile or None


def regions_of(session: Any, wanted: Wanted, place: str) -> tuple[str, ...]:
    """The regions that are asked for, or the session's own. Raises InputError where there is none."""
    found = wanted.regions or tuple(filter(None, (session.region_name,)))
    if not found:
        raise InputError("which region? give --log-region, or --region", file=place)
    return found


@dataclass(frozen=True)
class Live:
    """The account behind a profile, or behind whatever credentials there are."""

    text: str
    wanted: Wanted
    cloud: Cloud

    def deliveries(self) -> Iterator[Delivery]:
        """The pages of the event history, by region and service.

        Raises InputError without credentials or a region, and where nothing could be read.
        """
        session = self.cloud.session(profile_of(self.text), self.text)
        read, trouble = False, None
        for region in regions_of(session, self.wanted, self.text):
            history = client(session, "cloudtrail", self.text, region, retries=_RETRIES)
            for service in _SERVICES:
                name = f"{self.text}/{region}/{service}"
                try:
                    for number, page in enumerate(self._pages(history, f"{service}.amazonaws.com"), 1):
                        read = True
                        if page:
                            yield Delivery(f"{name}/{number}", fetch=partial(bytes, page))
                except OSError as error:
                    trouble = str(error)
                    yield unreadable(name, trouble)
        if trouble is not None and not read:
            raise InputError(f"cannot be read: {trouble}", file=self.text)

    def _pages(self, history: Any, source: str) -> Iterator[bytes]:
        """Each page as a file; an empty one as no bytes. Raises OSError where the next one cannot be had."""
        asked = {"LookupAttributes": [{"AttributeKey": "EventSource", "AttributeValue": source}], **self._times()}
        pages = iter(history.get_paginator("lookup_events").paginate(**asked))
        while True:
            with told(self.text):
                page = next(pages, None)
            if page is None:
                return
            events = [{"CloudTrailEvent": event.get("CloudTrailEvent")} for event in page.get("Events", ())]
            yield json.dumps({"Events": events}).encode() if events else b""

    def _times(self) -> dict[str, datetime]:
        given = (("StartTime", self.wanted.since), ("EndTime", self.wanted.until))
        return {name: datetime.fromisoformat(time) for name, time in given if time is not None}
