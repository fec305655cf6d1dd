"""The log files that digests name: there, and with the hash that is given?"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

from scenarios.usage.integrity.digest import Listed
from scenarios.usage.integrity.found import Entry, Integrity
from scenarios.usage.integrity.hashing import DamagedError, unpacked_hash
from scenarios.usage.integrity.index import File, Index
from scenarios.usage.integrity.judge import Judged, Judgement
from scenarios.usage.integrity.places import region_of, shortened

_AHEAD = 4
_ALGORITHM = "SHA-256"


class _Hash(NamedTuple):
    """A file's hash, or why there is none: it is `damaged`, or cannot be read for a `reason` of the store."""

    value: str | None = None
    damaged: str | None = None
    reason: str | None = None


@dataclass
class _Hashed:
    """A copy of a log on its way: the digest that names it, and its hash to be; no hash, if there is no copy."""

    digest: Judged
    log: Listed | None
    hash: Future[_Hash] | None = None


def checked_logs(digests: Iterable[Judged], index: Index, found: Integrity, jobs: int) -> None:
    """Note what became of the logs of all digests, and of the digests that are unverifiable."""
    matching = 0
    for one in _hashed(digests, index, jobs):
        if one.log is not None:
            matching += _note(one.digest, one.log, one.hash.result() if one.hash else None, found)
            continue
        if one.digest.judgement is Judgement.UNVERIFIABLE:
            found.unverifiable.append(Entry("digest", one.digest.file.name, one.digest.because, matching))
        matching = 0


def _hashed(digests: Iterable[Judged], index: Index, jobs: int) -> Iterator[_Hashed]:
    """The logs in the order of their digests, and after each digest's logs one without a log.

    Threads do the work: reading, unpacking and hashing leave Python to the others. Few files are held at a time.
    """
    waiting: deque[_Hashed] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        for digest in digests:
            for log in _named(digest, index):
                copies = index.copies(log.bucket, log.key)
                for file in copies:
                    index.name(file)
                    waiting.append(_Hashed(digest, log, pool.submit(_hash, file)))
                if not copies:
                    waiting.append(_Hashed(digest, log))
                while len(waiting) > _AHEAD * jobs:
                    yield waiting.popleft()
            waiting.append(_Hashed(digest, None))
        yield from waiting


def _named(one: Judged, index: Index) -> Iterable[Listed]:
    """The logs of a digest, whose time counts as covered."""
    if one.digest is None:
        return ()
    owner = region_of(one.file.name)
    if owner is not None:
        index.cover(*owner, shortened(one.digest.start), shortened(one.digest.end))
    return one.digest.logs


def _hash(file: File) -> _Hash:
    try:
        return _Hash(unpacked_hash(file.store.read(file.name)))
    except DamagedError as error:
        return _Hash(damaged=str(error))
    except OSError as error:
        return _Hash(reason=f"it cannot be read: {error.strerror or error}")
    except MemoryError:
        return _Hash(reason="it is too large for this machine's memory")


def _note(by: Judged, log: Listed, made: _Hash | None, found: Integrity) -> bool:
    """Note one log; True if its hash is the given one, though the digest that gives it is not verified."""
    found.logs.total += 1
    if made is None:
        found.missing.append(Entry("log", log.key, f"{by.file.name} names it"))
    elif made.reason is not None:
        found.unverifiable.append(Entry("log", log.key, made.reason))
    elif log.algorithm != _ALGORITHM:
        found.unverifiable.append(Entry("log", log.key, f"its hash is by an unknown algorithm, {log.algorithm}"))
    elif made.value != log.hash:
        _differs(by, log, made, found)
    elif by.judgement is Judgement.VERIFIED:
        found.logs.verified += 1
    else:
        found.logs.matching += 1
        return True
    return False


def _differs(by: Judged, log: Listed, made: _Hash, found: Integrity) -> None:
    """Either the log or its digest was altered; where the digest was, nothing is known of the log."""
    told = made.damaged or f"its hash is not the one that {by.file.name} gives"
    if by.judgement is Judgement.ALTERED:
        found.unverifiable.append(Entry("log", log.key, f"{told}, which was altered itself"))
    else:
        found.altered.append(Entry("log", log.key, told))
