"""One digest file, decoded.

Source: "CloudTrail digest file structure",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.usage.integrity.hashing import DamagedError, unpacked

_LARGEST = 1 << 28


class UnreadableError(Exception):
    """The bytes are no digest."""


@dataclass(frozen=True)
class Listed:
    """A log file as a digest lists it."""

    bucket: str
    key: str
    hash: str
    algorithm: str


@dataclass(frozen=True)
class Previous:
    """The digest before, as the next one knows it: its object, and, if there was one, its hash and its signature."""

    bucket: str
    key: str
    hash: str
    signature: str


@dataclass(frozen=True)
class Digest:
    """What a digest says. `previous` is None at the start of a chain; `previous_signature` is signed as it is."""

    bucket: str
    key: str
    start: str
    end: str
    fingerprint: str
    algorithm: str
    previous: Previous | None
    previous_signature: str | None
    logs: tuple[Listed, ...]


def plain_bytes(packed: bytes) -> bytes:
    """A digest file, unpacked. Raises UnreadableError."""
    parts, size = [], 0
    try:
        for part in unpacked(packed):
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise UnreadableError("it is too large for a digest")
    except DamagedError as error:
        raise UnreadableError(str(error)) from error
    return b"".join(parts)


def decoded(data: bytes) -> Digest:
    """The digest in unpacked bytes. Raises UnreadableError."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is no JSON") from error
    if not isinstance(value, dict):
        raise UnreadableError("it is no digest")
    logs = value.get("logFiles") or []
    if not isinstance(logs, list):
        raise UnreadableError("its logFiles are no list")
    return Digest(
        _text(value, "digestS3Bucket"),
        _text(value, "digestS3Object"),
        _text(value, "digestStartTime"),
        _text(value, "digestEndTime"),
        _text(value, "digestPublicKeyFingerprint"),
        _optional(value, "digestSignatureAlgorithm") or "",
        _previous(value),
        _optional(value, "previousDigestSignature"),
        tuple(_listed(log) for log in logs),
    )


def _previous(value: Mapping[str, Any]) -> Previous | None:
    key = _optional(value, "previousDigestS3Object")
    if key is None:
        return None
    parts = (_optional(value, f"previousDigest{name}") or "" for name in ("S3Bucket", "HashValue", "Signature"))
    bucket, digest_hash, signature = parts
    return Previous(bucket, key, digest_hash.lower(), signature)


def _listed(log: Any) -> Listed:
    if not isinstance(log, dict):
        raise UnreadableError("its logFiles are none")
    bucket, key = _text(log, "s3Bucket"), _text(log, "s3Object")
    return Listed(bucket, key, _text(log, "hashValue").lower(), _text(log, "hashAlgorithm"))


def _text(value: Mapping[str, Any], name: str) -> str:
    found = _optional(value, name)
    if found is None:
        raise UnreadableError(f"it has no {name}")
    return found


def _optional(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise UnreadableError(f"its {name} is no text")
    return found
