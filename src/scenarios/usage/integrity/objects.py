"""The files of a bucket, with the signatures that S3 keeps as metadata of digests.

Source: "CloudTrail digest file structure",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from scenarios.errors import InputError
from scenarios.usage.sources.bucket import SCHEME, object_bytes
from scenarios.usage.sources.cloud import Cloud, client, told
from scenarios.usage.sources.listing import Listing

_CONNECTIONS = 16


@dataclass(frozen=True)
class Objects:
    """A bucket or a part of it, as `s3://bucket/prefix`."""

    text: str
    cloud: Cloud

    def names(self) -> Iterator[str]:
        """Every key, below the prefix. Raises InputError where they cannot be listed: all would seem missing."""
        try:
            for key in self._listing.keys(self._prefix):
                yield key.removeprefix(self._prefix)
        except OSError as error:
            raise InputError(f"cannot be listed: {error}", file=self.text) from error

    def read(self, name: str) -> bytes:
        """An object's bytes. Raises OSError with the cause where they cannot be had."""
        return object_bytes(self._listing, self._prefix + name)

    def signature(self, name: str) -> str | None:
        """What S3 keeps beside a digest; None where it cannot be had."""
        key = self._prefix + name
        with suppress(OSError), told(f"{SCHEME}{self._listing.bucket}/{key}"):
            found = self._listing.client.head_object(Bucket=self._listing.bucket, Key=key).get("Metadata", {})
            signature = found.get("signature")
            return signature if isinstance(signature, str) else None
        return None

    @property
    def _prefix(self) -> str:
        """The folder that is asked for, with the `/` at its end."""
        folder = self.text.removeprefix(SCHEME).partition("/")[2]
        return folder if not folder or folder.endswith("/") else f"{folder}/"

    @cached_property
    def _listing(self) -> Listing:
        bucket = self.text.removeprefix(SCHEME).partition("/")[0]
        session = self.cloud.session(None, self.text)
        settings = {"retries": {"mode": "standard", "total_max_attempts": 5}, "max_pool_connections": _CONNECTIONS}
        return Listing(client(session, "s3", self.text, **settings), bucket)
