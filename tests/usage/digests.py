"""A bucket of log files with signed digests, as CloudTrail leaves it, and ways to tamper with it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from usage.records import delivery, packed, record

ACCOUNT, REGION, BUCKET = "111122223333", "us-east-1", "log-bucket"
FINGERPRINT = "31e8b5433410dfb61a9dc45cc65b22ff"
VALID = ("2026-10-01T00:00:00+00:00", "2026-12-01T00:00:00+00:00")


@cache
def private_key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key; another one for another number."""
    return rsa.generate_private_key(65537, 2048)


def public_keys(
    key: rsa.RSAPrivateKey | None = None, fingerprint: str = FINGERPRINT, valid: tuple[Any, Any] = VALID
) -> str:
    """What `aws cloudtrail list-public-keys` prints."""
    der = (key or private_key()).public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    entry = {"Value": base64.b64encode(der).decode(), "Fingerprint": fingerprint}
    entry |= {"ValidityStartTime": valid[0], "ValidityEndTime": valid[1]}
    return json.dumps({"PublicKeyList": [entry]})


def digest_key(hour: int, suffix: str = "", prefix: str = "", trail: str = "main") -> str:
    """Where the digest lies that ends at this hour."""
    name = f"{ACCOUNT}_CloudTrail-Digest_{REGION}_{trail}_{REGION}_20261101T{hour:02d}0000Z{suffix}.json.gz"
    return f"{prefix}AWSLogs/{ACCOUNT}/CloudTrail-Digest/{REGION}/2026/11/01/{name}"


def log_key(hour: int, number: int, prefix: str = "") -> str:
    """Where a log of the hour before this one lies."""
    name = f"{ACCOUNT}_CloudTrail_{REGION}_20261101T{hour - 1:02d}{10 + number:02d}Z_{number:016d}.json.gz"
    return f"{prefix}AWSLogs/{ACCOUNT}/CloudTrail/{REGION}/2026/11/01/{name}"


@dataclass
class Chain:
    """Digests, made one after the other; `files` are the objects, `signatures` the metadata of the digests."""

    prefix: str = ""
    trail: str = "main"
    suffix: str = ""
    fingerprint: str = FINGERPRINT
    key: rsa.RSAPrivateKey = field(default_factory=private_key)
    files: dict[str, bytes] = field(default_factory=dict)
    signatures: dict[str, str] = field(default_factory=dict)
    last: tuple[str, bytes, str] | None = None

    def add(self, hour: int, logs: int = 2, first: int = 0) -> Chain:
        """The digest that ends at this hour, and its logs."""
        names = {}
        for number in range(first, first + logs):
            data = delivery(record(hour * 10 + number))
            names[log_key(hour, number, self.prefix)] = hashlib.sha256(data).hexdigest()
            self.files[log_key(hour, number, self.prefix)] = packed(data)
        self._sign(hour, names)
        return self

    def restart(self) -> Chain:
        """The next digest begins anew."""
        self.last = None
        return self

    def _sign(self, hour: int, logs: dict[str, str]) -> None:
        key = digest_key(hour, self.suffix, self.prefix, self.trail)
        content = {
            "awsAccountId": ACCOUNT,
            "digestStartTime": f"2026-11-01T{hour - 1:02d}:00:00Z",
            "digestEndTime": f"2026-11-01T{hour:02d}:00:00Z",
            "digestS3Bucket": BUCKET,
            "digestS3Object": key,
            "digestPublicKeyFingerprint": self.fingerprint,
            "digestSignatureAlgorithm": "SHA256withRSA",
            "newestEventTime": None,
            "oldestEventTime": None,
            **self._previous(),
            "logFiles": [
                {"s3Bucket": BUCKET, "s3Object": name, "hashValue": value, "hashAlgorithm": "SHA-256"}
                for name, value in logs.items()
            ],
        }
        data = json.dumps(content).encode()
        before = content["previousDigestSignature"] or "null"
        text = f"{content['digestEndTime']}\n{BUCKET}/{key}\n{hashlib.sha256(data).hexdigest()}\n{before}"
        signature = self.key.sign(text.encode(), padding.PKCS1v15(), SHA256()).hex()
        self.files[key], self.signatures[key], self.last = (
            gzip.compress(data, mtime=0),
            signature,
            (key, data, signature),
        )

    def _previous(self) -> dict[str, str | None]:
        names = ("S3Bucket", "S3Object", "HashValue", "HashAlgorithm", "Signature")
        if self.last is None:
            return {f"previousDigest{name}": None for name in names}
        key, data, signature = self.last
        values = (BUCKET, key, hashlib.sha256(data).hexdigest(), "SHA-256", signature)
        return {f"previousDigest{name}": value for name, value in zip(names, values, strict=True)}


def chain(*hours: int, **changes: Any) -> Chain:
    """A chain of digests that end at these hours."""
    made = Chain(**changes)
    for hour in hours:
        made.add(hour)
    return made


def rewritten(digest: bytes, **changes: Any) -> bytes:
    """A digest with other values."""
    return gzip.compress(json.dumps(json.loads(gzip.decompress(digest)) | changes).encode(), mtime=0)


def write(folder: Path, files: dict[str, bytes], below: str = "") -> Path:
    """The objects whose key begins with `below`, copied to a folder from there on."""
    for key, data in files.items():
        if key.startswith(below):
            path = folder / key.removeprefix(below)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return folder
