"""Log files in a bucket: no more is listed than was asked for.

Accounts and regions are discovered folder by folder or are those that the user names; within a region the listing
begins with the first day and ends after the last one. What does not lie where AWS delivers it is listed plainly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from scenarios.errors import InputError
from scenarios.usage.sources.cloud import Cloud, client, told
from scenarios.usage.sources.delivery import Delivery, holds_events, is_log, unreadable
from scenarios.usage.sources.layout import KINDS, Days, Place, days, is_account, is_organisation, place_of, takes
from scenarios.usage.sources.listing import Listing
from scenarios.usage.wanted import Wanted

SCHEME = "s3://"
_DEPTH = 3
"""Folders that are looked into for `AWSLogs/`; what lies deeper is listed as it comes."""
_CONNECTIONS = 16
_ATTEMPTS = 3
_T = TypeVar("_T")


@dataclass(frozen=True)
class Bucket:
    """A bucket or a part of it, as `s3://bucket/prefix`."""

    text: str
    wanted: Wanted
    cloud: Cloud

    def deliveries(self) -> Iterator[Delivery]:
        """The files; what cannot be listed comes last.

        Raises InputError without credentials, for a bucket that is not there, and where nothing was found.
        """
        listing, prefix = listed(self.text, self.cloud)
        walk = _Walk(listing, self.wanted, days(self.wanted))
        found = False
        for key in walk.keys(prefix):
            found = True
            yield Delivery(f"{SCHEME}{listing.bucket}/{key}", fetch=partial(object_bytes, walk.listing, key))
        for place, cause in walk.troubles:
            yield unreadable(place, cause)
        if not found:
            cause = f"cannot be listed: {walk.troubles[0][1]}" if walk.troubles else self._nothing()
            raise InputError(cause, file=self.text)

    def _nothing(self) -> str:
        narrowed = self.wanted.accounts or self.wanted.regions or self.wanted.since or self.wanted.until
        return "holds no log files" + (" of the accounts, regions and days asked for" if narrowed else "")


def listed(text: str, cloud: Cloud) -> tuple[Listing, str]:
    """The bucket that `s3://bucket/prefix` names, and the prefix. Raises InputError where it cannot be reached."""
    bucket, _, prefix = text.removeprefix(SCHEME).partition("/")
    if not bucket:
        raise InputError("names no bucket: s3://bucket/prefix", file=text)
    session = cloud.session(None, text)
    settings = {"retries": {"mode": "standard", "total_max_attempts": 5}, "max_pool_connections": _CONNECTIONS}
    return Listing(client(session, "s3", text, **settings), bucket), prefix


def folder_of(prefix: str) -> str:
    """The folder that a prefix names, with the `/` at its end."""
    return prefix if not prefix or prefix.endswith("/") else f"{prefix}/"


def object_bytes(listing: Listing, key: str) -> bytes:
    """The bytes of an object. Raises OSError with the cause where it cannot be had."""
    with told(f"{SCHEME}{listing.bucket}/{key}"):
        return _whole(partial(listing.client.get_object, Bucket=listing.bucket, Key=key))


def _whole(get: Callable[[], dict[str, Any]]) -> bytes:
    """All bytes of an answer; botocore asks again for an answer, and not for one that breaks off."""
    from botocore.exceptions import IncompleteReadError, ReadTimeoutError, ResponseStreamingError

    for _ in range(_ATTEMPTS - 1):
        try:
            return bytes(get()["Body"].read())
        except (IncompleteReadError, ReadTimeoutError, ResponseStreamingError):
            continue
    return bytes(get()["Body"].read())


@dataclass
class _Walk:
    """One way through a bucket. `troubles` are the prefixes that could not be listed, each with its cause."""

    listing: Listing
    wanted: Wanted
    days: Days
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def keys(self, prefix: str) -> Iterator[str]:
        """The keys of log files at or below a prefix, which is a folder or one file."""
        if is_log(prefix):
            yield prefix
            return
        for key in self._below(folder_of(prefix), _DEPTH):
            if is_log(key) and holds_events(key) and takes(key, self.wanted, self.days):
                yield key

    def _below(self, folder: str, depth: int) -> Iterator[str]:
        place = place_of(folder)
        if place is not None:
            yield from self._tree(place)
        elif depth == 0 or "AWSLogs/" in folder:
            yield from self._tried(folder, lambda: self.listing.keys(folder))
        else:
            for name, is_folder in self._tried(folder, lambda: self.listing.entries(folder)):
                if is_folder:
                    yield from self._below(name, depth - 1)
                else:
                    yield name

    def _tree(self, place: Place) -> Iterator[str]:
        for account in self._accounts(place):
            for kind in (place.kind,) if place.kind else KINDS:
                for region in self._regions(f"{account}{kind}/", place):
                    yield from self._files(region, place.rest or "")

    def _accounts(self, place: Place) -> Iterator[str]:
        """The folders of accounts; those of an organisation lie in its own."""
        root = place.base + (f"{place.organisation}/" if place.organisation else "")
        if place.account is not None:
            if not self.wanted.accounts or place.account in self.wanted.accounts:
                yield f"{root}{place.account}/"
            return
        names = [name.removeprefix(root).rstrip("/") for name in self._folders(root)]
        if self.wanted.accounts:
            yield from (f"{root}{account}/" for account in self.wanted.accounts)
        else:
            yield from (f"{root}{name}/" for name in names if is_account(name))
        if place.organisation is None:
            for name in filter(is_organisation, names):
                yield from self._accounts(Place(place.base, name, None, None, None, None))

    def _regions(self, folder: str, place: Place) -> Iterator[str]:
        if place.region is not None:
            if not self.wanted.regions or place.region in self.wanted.regions:
                yield f"{folder}{place.region}/"
        elif self.wanted.regions:
            yield from (f"{folder}{region}/" for region in self.wanted.regions)
        else:
            yield from self._folders(folder)

    def _files(self, region: str, rest: str) -> Iterator[str]:
        """The keys of a region's days; `rest` is a part of them that the user names."""
        first, last = self.days.first, self.days.last
        after = f"{region}{first}" if first else ""
        before = f"{region}{last}0" if last else None  # 0 follows / in the order of keys
        yield from self._tried(region, lambda: self.listing.keys(region + (rest or self.days.shared), after, before))

    def _folders(self, folder: str) -> Iterator[str]:
        for name, is_folder in self._tried(folder, lambda: self.listing.entries(folder)):
            if is_folder:
                yield name

    def _tried(self, folder: str, listed: Callable[[], Iterator[_T]]) -> Iterator[_T]:
        """What is listed, as far as it can be."""
        try:
            yield from listed()
        except OSError as error:
            self.troubles.append((f"{SCHEME}{self.listing.bucket}/{folder}", str(error)))
