"""One digest, judged: by its hash and its signature, which the next one in its chain holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from scenarios.usage.integrity.digest import Digest, Previous, UnreadableError, decoded, plain_bytes
from scenarios.usage.integrity.index import File
from scenarios.usage.integrity.keys import Key, time_of
from scenarios.usage.integrity.places import is_copy
from scenarios.usage.integrity.signature import ALGORITHM, fits


class Judgement(StrEnum):
    """What a digest is."""

    VERIFIED = "verified"
    ALTERED = "altered"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True)
class Judged:
    """A digest file: what became of it and why, and what it says if it can be decoded.

    `contradicts`: it is verified, though the next one, which is not, gives another hash of it.
    """

    file: File
    judgement: Judgement
    because: str = ""
    digest: Digest | None = None
    contradicts: bool = False


def judged(file: File, after: Judged | None, without: str, keys: dict[str, Key] | None) -> Judged:
    """Judge a file; `after` is the next digest in its chain, and `without` says why that is not there."""
    try:
        data = plain_bytes(file.store.read(file.name))
    except OSError as error:
        return Judged(file, Judgement.UNVERIFIABLE, f"it cannot be read: {error.strerror or error}")
    except UnreadableError as error:
        return _damaged(file, after, str(error))
    digest_hash = hashlib.sha256(data).hexdigest()
    link = _link(after)
    try:
        digest = decoded(data)
    except UnreadableError as error:
        if link is not None and link.hash == digest_hash:
            return Judged(file, Judgement.UNVERIFIABLE, f"it is no digest that is understood: {error}")
        return _damaged(file, after, str(error))
    one = _by_signature(Judged(file, Judgement.VERIFIED, digest=digest), digest_hash, after, without, keys)
    differs = link is not None and link.hash != digest_hash
    if one.judgement is Judgement.VERIFIED:
        return replace(one, contradicts=differs and after is not None and after.judgement is Judgement.UNVERIFIABLE)
    return _by_hash(one, after) if differs and after is not None else one


def _damaged(file: File, after: Judged | None, what: str) -> Judged:
    """What cannot be decoded is not what was signed, if there is a hash of that."""
    if after is None or after.judgement is Judgement.ALTERED:
        return Judged(file, Judgement.UNVERIFIABLE, f"it cannot be read: {what}")
    return Judged(file, Judgement.ALTERED, f"{what}; {after.file.name} has the hash of another file")


def _by_signature(
    one: Judged, digest_hash: str, after: Judged | None, without: str, keys: dict[str, Key] | None
) -> Judged:
    digest = one.digest
    assert digest is not None
    if not is_copy(one.file.name, digest.key):
        return _not(one, Judgement.ALTERED, f"it was moved, or belongs elsewhere: it says that it is {digest.key}")
    problem, key = _key_for(digest, keys)
    if key is None:
        return _not(one, Judgement.UNVERIFIABLE, problem)
    link = _link(after)
    signatures = [link.signature] if link is not None and link.signature else []
    if signatures and fits(signatures[0], digest, digest_hash, key):
        return one
    own = one.file.store.signature(one.file.name)
    if own is not None and fits(own, digest, digest_hash, key):
        return one
    if own is None and not signatures:
        return _not(one, Judgement.UNVERIFIABLE, without)
    return _not(one, Judgement.ALTERED, "its signature does not fit: it was altered, or another key signed it")


def _by_hash(one: Judged, after: Judged) -> Judged:
    """The file's hash is not the one that the next digest gives: one of them was altered."""
    if after.judgement is Judgement.ALTERED:
        return _not(one, Judgement.UNVERIFIABLE, f"{after.file.name}, which holds its hash and signature, was altered")
    return _not(one, Judgement.ALTERED, f"its hash is not the one that {after.file.name} gives")


def _key_for(digest: Digest, keys: dict[str, Key] | None) -> tuple[str, Key | None]:
    """The key that signed a digest, else why there is none."""
    if digest.algorithm != ALGORITHM:
        return f"it is signed by an unknown algorithm: {digest.algorithm or 'none named'}", None
    if keys is None:
        return "no keys are at hand (--keys-file)", None
    key = keys.get(digest.fingerprint)
    if key is None:
        return f"no key at hand has its fingerprint, {digest.fingerprint}", None
    try:
        in_time = key.signs(time_of(digest.end))
    except (ValueError, OverflowError):
        return "its end is no time", None
    if not in_time and not _is_backfill(digest):
        return f"the key {digest.fingerprint} was not valid when it was signed", None
    return "", key


def _is_backfill(digest: Digest) -> bool:
    """Whether it was made later than its time, and so signed with a later key; when, only S3's metadata say."""
    return digest.key.endswith("_backfill.json.gz")


def _link(after: Judged | None) -> Previous | None:
    return after.digest.previous if after is not None and after.digest is not None else None


def _not(one: Judged, judgement: Judgement, because: str) -> Judged:
    return replace(one, judgement=judgement, because=because)
