"""A bucket's keys, a page at a time.

Source: "ListObjectsV2", https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html (keys come in the order
of their UTF-8 bytes, which is that of their characters).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from scenarios.usage.sources.cloud import told
from scenarios.usage.sources.layout import past_bodies


class Entry(NamedTuple):
    """What lies directly in a folder: an object, or a folder, whose name ends with `/`."""

    name: str
    is_folder: bool


@dataclass(frozen=True)
class Listing:
    """Lists a bucket. All raises InputError for the bucket as a whole, OSError for one prefix."""

    client: Any
    bucket: str

    def entries(self, folder: str) -> Iterator[Entry]:
        """What lies directly in a folder."""
        token: dict[str, str] = {}
        while True:
            page = self._page(folder, Delimiter="/", **token)
            found = [Entry(one["Key"], False) for one in page.get("Contents", ())]
            found += [Entry(one["Prefix"], True) for one in page.get("CommonPrefixes", ())]
            yield from sorted(found)
            if not (page.get("IsTruncated") and page.get("NextContinuationToken")):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}

    def keys(self, prefix: str, after: str = "", before: str | None = None) -> Iterator[str]:
        """The keys with a prefix that follow one key and come before another."""
        while True:
            page = self._page(prefix, **({"StartAfter": after} if after else {}))
            for one in (contents := page.get("Contents", ())):
                if before is not None and one["Key"] >= before:
                    return
                yield one["Key"]
            if not (page.get("IsTruncated") and contents):
                return
            after = past_bodies(contents[-1]["Key"])

    def _page(self, prefix: str, **more: str) -> dict[str, Any]:
        with told(f"s3://{self.bucket}/{prefix}"):
            page: dict[str, Any] = self.client.list_objects_v2(Bucket=self.bucket, Prefix=prefix, **more)
        return page
