"""The hash of a file's unpacked bytes, which is what digests hold.

Source: `hashValue`, "the hex encoded hash of the uncompressed log file content", in "CloudTrail digest file structure",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from isal import isal_zlib

_MAGIC = b"\x1f\x8b"
_GZIP = 31
_STEP = 1 << 20


class DamagedError(Exception):
    """The packed bytes cannot be unpacked, or something follows them."""


def unpacked_hash(packed: bytes) -> str:
    """SHA-256 of the unpacked bytes, in hex. A file that was unpacked on its way here is hashed as it is.

    Raises DamagedError. The memory it takes does not depend on how much the bytes unpack to.
    """
    found = hashlib.sha256()
    for part in unpacked(packed):
        found.update(part)
    return found.hexdigest()


def unpacked(packed: bytes) -> Iterator[bytes]:
    """The unpacked bytes, part by part. Raises DamagedError."""
    if not packed.startswith(_MAGIC):
        yield packed
        return
    member = isal_zlib.decompressobj(_GZIP)
    rest: bytes = packed
    while not member.eof:
        try:
            part = member.decompress(rest, _STEP)
        except isal_zlib.error as error:  # type: ignore[misc]
            raise DamagedError("its gzip data are corrupt") from error
        yield part
        rest = member.unconsumed_tail
        if not part and not rest and not member.eof:
            raise DamagedError("its gzip data end too early")
    if member.unused_data:
        raise DamagedError("something follows its gzip data")
