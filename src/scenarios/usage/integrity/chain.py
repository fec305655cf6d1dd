"""A chain of digests, walked from the newest to the oldest: each holds the signature and the hash of the one before.

What `aws cloudtrail validate-logs` does likewise; a copy lacks the newest digest's signature, which S3 has as metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.usage.integrity.digest import Digest, Previous
from scenarios.usage.integrity.found import Break, Entry, Integrity, Part
from scenarios.usage.integrity.index import File, Index
from scenarios.usage.integrity.judge import Judged, Judgement, judged
from scenarios.usage.integrity.keys import Key
from scenarios.usage.integrity.places import digest_name, spelled


@dataclass(frozen=True)
class _Step:
    """The next digest to look at; `next` is the one after it, if that holds its signature."""

    file: File
    next: Judged | None = None
    without: str = "its signature is in S3 metadata"


def walked(index: Index, found: Integrity, keys: dict[str, Key] | None) -> Iterator[Judged]:
    """All digests, each judged; what is wrong with the chains, and which digests were altered, is noted."""
    for chain in index.chains():
        part = Part(chain)
        step = _first(index, chain)
        while step is not None:
            copies = [judged(file, step.next, step.without, keys) for file in (step.file, *_others(index, step.file))]
            for copy in copies:
                _note(copy, step, found)
            one = next((copy for copy in copies if copy.judgement is Judgement.VERIFIED), copies[0])
            _extend(part, one)
            yield from copies
            step = _before(index, chain, one, found) or _left(index, chain)
            while step is not None and not index.take(step.file):
                step = _left(index, chain)
        found.chains.append(part)


def _others(index: Index, file: File) -> list[File]:
    """Further copies of the same digest: all of them have to be what was signed."""
    return [other for other in index.copies("", file.name) if index.take(other)]


def _first(index: Index, chain: str) -> _Step | None:
    file = index.newest(chain)
    return _Step(file) if file and index.take(file) else None


def _left(index: Index, chain: str) -> _Step | None:
    """A digest that the chain went past."""
    file = index.newest(chain)
    return _Step(file, without="no digest names it as the one before") if file else None


def _before(index: Index, chain: str, one: Judged, found: Integrity) -> _Step | None:
    """The digest before, with its signature if this one holds that."""
    name = digest_name(one.file.name)
    older = index.newest(chain, name.time if name else None)
    if one.digest is None:
        return _Step(older, without="the digest that holds its signature cannot be read") if older else None
    previous = one.digest.previous
    if previous is None and one.judgement is Judgement.ALTERED:
        return _Step(older, without="the digest that held its signature was altered") if older else None
    if previous is None:
        if older is not None:
            found.restarts.append(_break(chain, one.file, one.digest, older))
        return _Step(older, without="the chain starts anew after it") if older else None
    file = next(iter(index.copies(previous.bucket, previous.key)), None)
    if file is not None:
        return _Step(file, one) if _is_older(file, name.time if name else "") else None
    _lost(chain, one.file, one.digest, previous, older, found)
    return _Step(older, without="the digest that holds its signature is missing") if older else None


def _is_older(file: File, time: str) -> bool:
    """Whether a digest ends before a time: no made-up chain leads in a circle."""
    name = digest_name(file.name)
    return name is not None and name.time < time


def _lost(chain: str, file: File, digest: Digest, previous: Previous, older: File | None, found: Integrity) -> None:
    """Note a digest that is named and not there."""
    at = _break(chain, file, digest, older)
    if older is None:
        found.beginnings.append(at)
        return
    found.gaps.append(at)
    found.missing.append(Entry("digest", previous.key, f"{file.name} names it as the one before"))


def _break(chain: str, file: File, digest: Digest, older: File | None) -> Break:
    name = digest_name(older.name) if older else None
    return Break(chain, file.name, older.name if older else None, spelled(name.time) if name else None, digest.start)


def _note(one: Judged, step: _Step, found: Integrity) -> None:
    found.digests.total += 1
    if one.judgement is Judgement.VERIFIED:
        found.digests.verified += 1
    elif one.judgement is Judgement.ALTERED:
        found.altered.append(Entry("digest", one.file.name, one.because))
    if one.contradicts and step.next is not None:
        found.altered.append(Entry("digest", step.next.file.name, "what it says of the digest before is not so"))


def _extend(part: Part, one: Judged) -> None:
    digest = one.digest
    if digest is None:
        return
    part.digests += 1
    part.since = min(filter(None, (part.since, digest.start)), default="")
    part.until = max(part.until, digest.end)
