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
from scenarios.usage.sources.bucket import SCHEME, folder_of, listed, object_bytes
from scenarios.usage.sources.cloud import Cloud, told
from scenarios.usage.sources.listing import Listing


@dataclass(frozen=True)
class Objects:
    """A bucket or a part of it, as `s3://bucket/prefix`."""

    text: str
    cloud: Cloud

    def names(self) -> Iterator[str]:
        """Every key, below the prefix. Raises InputError where they cannot be listed: all would seem missing."""
        listing, prefix = self._place
        try:
            for key in listing.keys(prefix):
                yield key.removeprefix(prefix)
        except OSError as error:
            raise InputError(f"cannot be listed: {error}", file=self.text) from error

    def read(self, name: str) -> bytes:
        """An object's bytes. Raises OSError with the cause where they cannot be had."""
        listing, prefix = self._place
        return object_bytes(listing, prefix + name)

    def signature(self, name: str) -> str | None:
        """What S3 keeps beside a digest; None where it cannot be had."""
        listing, prefix = self._place
        with suppress(OSError), told(f"{SCHEME}{listing.bucket}/{prefix}{name}"):
            found = listing.client.head_object(Bucket=listing.bucket, Key=prefix + name).get("Metadata", {})
            signature = found.get("signature")
            return signature if isinstance(signature, str) else None
        return None

    @cached_property
    def _place(self) -> tuple[Listing, str]:
        """The bucket, and the folder in it that is asked for."""
        listing, prefix = listed(self.text, self.cloud)
        return listing, folder_of(prefix)
