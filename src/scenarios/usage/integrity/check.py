"""From stores to what is known of their integrity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.errors import InputError
from scenarios.usage.integrity.chain import walked
from scenarios.usage.integrity.found import Entry, Integrity
from scenarios.usage.integrity.index import Index
from scenarios.usage.integrity.keys import keys_of
from scenarios.usage.integrity.logs import checked_logs
from scenarios.usage.integrity.objects import Objects
from scenarios.usage.integrity.store import Store, Tree
from scenarios.usage.sources.bucket import SCHEME
from scenarios.usage.sources.cloud import Cloud

_DEFAULT = Cloud()


def checked(
    sources: Sequence[str], keys_files: Sequence[str] = (), *, jobs: int = 1, cloud: Cloud = _DEFAULT
) -> Integrity:
    """The integrity of folders and buckets.

    Raises InputError for a source that is neither, for unusable keys, and without any digest.
    """
    stores = [Objects(one, cloud) if one.startswith(SCHEME) else Tree(one) for one in sources]
    return checked_stores(stores, keys_files, jobs=jobs, said=" ".join(sources))


def checked_stores(
    stores: Sequence[Store], keys_files: Sequence[str] = (), *, jobs: int = 1, said: str | None = None
) -> Integrity:
    """The integrity of stores, which `said` names; all files of all of them are one lot."""
    keys = keys_of(keys_files) if keys_files else None
    found = Integrity()
    with Index(stores) as index:
        checked_logs(walked(index, found, keys), index, found, jobs)
        if not found.digests.total:
            raise InputError(
                "no digest files (CloudTrail-Digest/): they were not copied, or the trail's log file validation is off",
                file=said,
            )
        found.unverifiable += _unnamed(index)
    found.unverifiable = _once(found)
    return found


def _once(found: Integrity) -> list[Entry]:
    """The unverifiable files without those digests that turned out to be altered."""
    altered = {entry.file for entry in found.altered if entry.kind == "digest"}
    return [entry for entry in found.unverifiable if entry.kind != "digest" or entry.file not in altered]


def _unnamed(index: Index) -> Iterator[Entry]:
    for name, time, since, until in index.unnamed():
        if since is None or until is None:
            because = "no digest of its account and region is there"
        elif time > until:
            because = "no digest names it: it is newer than the newest digest"
        elif time < since:
            because = "no digest names it: it is older than the oldest digest"
        else:
            because = "no digest names it, though digests cover its time"
        yield Entry("log", name, because)
