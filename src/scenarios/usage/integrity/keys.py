"""CloudTrail's public keys, as `aws cloudtrail list-public-keys` prints them.

Source: "ListPublicKeys", https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html. A value
is PKCS#1 in DER; each region has keys of its own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scenarios.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_SIGNED_WITHIN = timedelta(hours=2)
"""How long after a digest's end it is signed at the latest; `aws cloudtrail validate-logs` asks for as much."""


@dataclass(frozen=True)
class Key:
    """A public key, and when its private key signs."""

    value: RSAPublicKey
    start: datetime
    end: datetime

    def signs(self, end: datetime) -> bool:
        """Whether a digest that ends then may have been signed with it."""
        return self.start <= end + _SIGNED_WITHIN and end <= self.end


def keys_of(paths: Iterable[str]) -> dict[str, Key]:
    """The keys of some files by their fingerprints. Raises InputError for a file that holds none."""
    found: dict[str, Key] = {}
    for path in paths:
        for entry in _entries(path):
            try:
                found[str(entry["Fingerprint"])] = _key(entry)
            except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
                raise InputError(
                    "a key is not as `aws cloudtrail list-public-keys` prints it: PKCS#1 in base64, with times",
                    file=path,
                ) from error
    return found


def time_of(text: str) -> datetime:
    """A time of a digest, or of a key in ISO 8601. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _entries(path: str) -> list[Mapping[str, Any]]:
    try:
        with open(path, "rb") as file:
            value = json.load(file)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", file=path) from error
    except (ValueError, RecursionError) as error:
        raise InputError("no JSON (see aws cloudtrail list-public-keys)", file=path) from error
    found = value.get("PublicKeyList") if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise InputError("no PublicKeyList (see aws cloudtrail list-public-keys)", file=path)
    return found


def _key(entry: Mapping[str, Any]) -> Key:
    """Raises KeyError, TypeError or ValueError for what is no key."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        value = load_der_public_key(base64.b64decode(entry["Value"]))
    except UnsupportedAlgorithm as error:
        raise ValueError(str(error)) from error
    if not isinstance(value, RSAPublicKey):
        raise TypeError("no RSA key")
    return Key(value, _time(entry["ValidityStartTime"]), _time(entry["ValidityEndTime"]))


def _time(value: str | float) -> datetime:
    """The CLI prints ISO 8601 or seconds since 1970, by its version and settings."""
    return time_of(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
