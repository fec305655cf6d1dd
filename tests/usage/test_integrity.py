"""What was tampered with lands in the list where it belongs, and nothing else does."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.cli.main import main
from scenarios.errors import InputError
from scenarios.usage.integrity.check import checked, checked_stores
from scenarios.usage.integrity.found import Integrity
from scenarios.usage.integrity.hashing import DamagedError, unpacked_hash
from scenarios.usage.integrity.places import is_copy
from usage.digests import BUCKET, Chain, chain, digest_key, log_key, private_key, public_keys, rewritten, write
from usage.records import delivery, packed, record

HOURS = (8, 9, 10, 11)
NEWEST, LOG = digest_key(11), log_key(9, 0)
OTHER = packed(delivery(record(59)))
IN_METADATA = "its signature is in S3 metadata"
STRAY = digest_key(9).replace("090000Z", "093000Z")
OFTEN = (NEWEST, IN_METADATA)
"""The newest digest of a copy, whose own signature is not there."""


@dataclass(frozen=True)
class Expected:
    """The lists by file, and counts as (total, verified)."""

    altered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unverifiable: tuple[tuple[str, str], ...] = (OFTEN,)
    gaps: int = 0
    restarts: int = 0
    beginnings: int = 0
    digests: tuple[int, int] = (4, 3)
    logs: tuple[int, int] = (8, 6)


@dataclass(frozen=True)
class Case:
    """What is done to the bucket of a chain of four digests with two logs each, and what is to be found."""

    name: str
    files: Callable[[], dict[str, bytes]]
    expected: Expected
    keys: str | None = field(default_factory=public_keys)


def changed(files: dict[str, bytes], changes: dict[str, bytes | None] | None = None) -> dict[str, bytes]:
    """The files with other bytes, or (None) without some."""
    found: dict[str, bytes | None] = {**files, **(changes or {})}
    return {key: data for key, data in found.items() if data is not None}


def with_(changes: dict[str, bytes | None]) -> Callable[[], dict[str, bytes]]:
    return lambda: changed(chain(*HOURS).files, changes)


def digest_with(hour: int, **fields: Any) -> Callable[[], dict[str, bytes]]:
    def files() -> dict[str, bytes]:
        found = chain(*HOURS).files
        return found | {digest_key(hour): rewritten(found[digest_key(hour)], **fields)}

    return files


def _forged_hash() -> dict[str, bytes]:
    """A log was changed, and its digest with it."""
    found = chain(*HOURS).files
    logs = json.loads(gzip.decompress(found[digest_key(9)]))["logFiles"]
    logs[0]["hashValue"] = unpacked_hash(OTHER)
    return found | {LOG: OTHER, digest_key(9): rewritten(found[digest_key(9)], logFiles=logs)}


def _forged_chain() -> dict[str, bytes]:
    """Everything from a digest on was made again, with another key."""
    honest, forged = chain(8, 9), chain(8, 9)
    forged.key = private_key(1)
    forged.add(10, logs=1).add(11)
    return changed(honest.files | forged.files)


def _unknown_chain() -> dict[str, bytes]:
    """The same, under a key that nobody has."""
    honest, forged = chain(8, 9), chain(8, 9)
    forged.key, forged.fingerprint = private_key(1), "aa"
    return honest.files | forged.add(10).add(11).files


def _restarted() -> dict[str, bytes]:
    return chain(8, 9).restart().add(10).add(11).files


def _with_backfill() -> dict[str, bytes]:
    late = chain(suffix="_backfill").add(9, first=5).add(10, first=5)
    return chain(*HOURS).files | late.files


def _two_trails() -> dict[str, bytes]:
    return chain(*HOURS).files | chain(*HOURS, trail="other").files


def _unnamed(time: str) -> tuple[str, bytes]:
    return LOG.replace("T0810Z", time), OTHER


EXTRA, LATER, EARLIER = (_unnamed(time) for time in ("T0930Z_9", "T1130Z_9", "T0530Z_9"))
OLD_KEY = ("2026-09-01T00:00:00+00:00", "2026-10-01T00:00:00+00:00")
NO_KEY = f"no key at hand has its fingerprint, {'31e8b5433410dfb61a9dc45cc65b22ff'}"
INVALID = f"the key {'31e8b5433410dfb61a9dc45cc65b22ff'} was not valid when it was signed"
NO_KEYS = "no keys are at hand (--keys-file)"


def all_digests(because: str) -> tuple[tuple[str, str], ...]:
    return tuple((digest_key(hour), because) for hour in reversed(HOURS))


CASES = [
    Case("nothing", with_({}), Expected()),
    Case("a log changed", with_({LOG: OTHER}), Expected(altered=(LOG,), logs=(8, 5))),
    Case("a log removed", with_({LOG: None}), Expected(missing=(LOG,), logs=(8, 5))),
    Case("a log cut off", with_({LOG: OTHER[:-30]}), Expected(altered=(LOG,), logs=(8, 5))),
    Case("a log that is no gzip", with_({LOG: b"\x1f\x8bx"}), Expected(altered=(LOG,), logs=(8, 5))),
    Case("a log emptied", with_({LOG: b""}), Expected(altered=(LOG,), logs=(8, 5))),
    Case(
        "something after a log",
        lambda: (files := chain(*HOURS).files) | {LOG: files[LOG] + packed(b"more")},
        Expected(altered=(LOG,), logs=(8, 5)),
    ),
    Case("a log unpacked", lambda: (files := chain(*HOURS).files) | {LOG: gzip.decompress(files[LOG])}, Expected()),
    Case(
        "a log packed otherwise",
        lambda: (files := chain(*HOURS).files) | {LOG: gzip.compress(gzip.decompress(files[LOG]), 1)},
        Expected(),
    ),
    Case("a log of the newest digest changed", with_({log_key(11, 0): OTHER}), Expected(altered=(log_key(11, 0),))),
    Case(
        "a log too many",
        with_(dict([EXTRA])),
        Expected(unverifiable=(OFTEN, (EXTRA[0], "no digest names it, though digests cover its time"))),
    ),
    Case(
        "a log after the newest digest",
        with_(dict([LATER])),
        Expected(unverifiable=(OFTEN, (LATER[0], "no digest names it: it is newer than the newest digest"))),
    ),
    Case(
        "a log before the oldest digest",
        with_(dict([EARLIER])),
        Expected(unverifiable=(OFTEN, (EARLIER[0], "no digest names it: it is older than the oldest digest"))),
    ),
    Case("a log and its digest changed", _forged_hash, Expected(altered=(digest_key(9),), digests=(4, 2), logs=(8, 4))),
    Case(
        "a digest whose logs were struck out",
        lambda: changed(digest_with(9, logFiles=[])(), {log_key(9, 0): None, log_key(9, 1): None}),
        Expected(altered=(digest_key(9),), digests=(4, 2), logs=(6, 4)),
    ),
    Case("a digest with another key's print", digest_with(9, digestPublicKeyFingerprint="00"),
         Expected(altered=(digest_key(9),), digests=(4, 2), logs=(8, 4))),
    Case("a digest signed otherwise", digest_with(9, digestSignatureAlgorithm="none"),
         Expected(altered=(digest_key(9),), digests=(4, 2), logs=(8, 4))),
    Case(
        "a digest with another end",
        digest_with(9, digestEndTime="yesterday"),
        Expected(altered=(digest_key(9),), digests=(4, 2), logs=(8, 4)),
    ),
    Case(
        "a digest cut off from the one before",
        digest_with(10, previousDigestS3Object=None),
        Expected(
            altered=(digest_key(10),),
            unverifiable=(OFTEN, (digest_key(9), "the digest that held its signature was altered")),
            digests=(4, 1),
            logs=(8, 2),
        ),
    ),
    Case(
        "another signature in a digest",
        digest_with(10, previousDigestSignature="00" * 256, previousDigestHashValue="0" * 64),
        Expected(
            altered=(digest_key(10),),
            unverifiable=(OFTEN, (digest_key(9), f"{digest_key(10)}, which holds its hash and signature, was altered")),
            digests=(4, 1),
            logs=(8, 2),
        ),
    ),
    Case(
        "the newest digest contradicts a signature",
        digest_with(11, previousDigestHashValue="0" * 64),
        Expected(altered=(NEWEST,), unverifiable=()),
    ),
    Case(
        "a digest removed in the middle",
        with_({digest_key(9): None}),
        Expected(
            missing=(digest_key(9),),
            unverifiable=(
                OFTEN,
                (digest_key(8), "the digest that holds its signature is missing"),
                (log_key(9, 0), "no digest names it, though digests cover its time"),
                (log_key(9, 1), "no digest names it, though digests cover its time"),
            ),
            gaps=1,
            digests=(3, 1),
            logs=(6, 2),
        ),
    ),
    Case(
        "the oldest digest removed",
        with_({digest_key(8): None, log_key(8, 0): None, log_key(8, 1): None}),
        Expected(beginnings=1, digests=(3, 2), logs=(6, 4)),
    ),
    Case(
        "a digest that cannot be unpacked",
        with_({digest_key(9): b"\x1f\x8bgarbage"}),
        Expected(
            altered=(digest_key(9),),
            unverifiable=(
                OFTEN,
                (digest_key(8), "the digest that holds its signature cannot be read"),
                (log_key(9, 0), "no digest names it, though digests cover its time"),
                (log_key(9, 1), "no digest names it, though digests cover its time"),
            ),
            digests=(4, 1),
            logs=(6, 2),
        ),
    ),
    Case(
        "the newest digest is no JSON",
        with_({NEWEST: packed(b"{")}),
        Expected(
            unverifiable=(
                (NEWEST, "it cannot be read: it is no JSON"),
                (digest_key(10), "the digest that holds its signature cannot be read"),
                (log_key(11, 0), "no digest names it: it is newer than the newest digest"),
                (log_key(11, 1), "no digest names it: it is newer than the newest digest"),
            ),
            digests=(4, 2),
            logs=(6, 4),
        ),
    ),
    Case(
        "a digest in another's place",
        lambda: (files := chain(*HOURS).files) | {digest_key(9): files[digest_key(8)]},
        Expected(altered=(digest_key(9),), digests=(4, 1), logs=(8, 2),
                 unverifiable=(OFTEN, (digest_key(8), "the digest that held its signature was altered"),
                               (log_key(9, 0), "no digest names it, though digests cover its time"),
                               (log_key(9, 1), "no digest names it, though digests cover its time"))),
    ),
    Case(
        "a chain made again with another key",
        _forged_chain,
        Expected(altered=(digest_key(10),), digests=(4, 2), logs=(7, 4)),
    ),
    Case(
        "a chain made again with an unknown key",
        _unknown_chain,
        Expected(digests=(4, 2), logs=(8, 4), unverifiable=tuple(
            (digest_key(hour), "no key at hand has its fingerprint, aa") for hour in (11, 10))),
    ),
    Case("the wrong key", with_({}), Expected(altered=(digest_key(10), digest_key(9), digest_key(8)),
         digests=(4, 0), logs=(8, 0)), public_keys(private_key(1))),
    Case("another key", with_({}), Expected(unverifiable=all_digests(NO_KEY), digests=(4, 0), logs=(8, 0)),
         public_keys(fingerprint="aa")),
    Case("a key outside its validity", with_({}), Expected(unverifiable=all_digests(INVALID), digests=(4, 0),
         logs=(8, 0)), public_keys(valid=OLD_KEY)),
    Case("times in seconds", with_({}), Expected(), public_keys(valid=(1790812800.0, 1796083200))),
    Case("no keys", with_({}), Expected(unverifiable=all_digests(NO_KEYS), digests=(4, 0), logs=(8, 0)), None),
    Case(
        "no keys, and a digest changed",
        digest_with(9, logFiles=[]),
        Expected(
            altered=(digest_key(9),),
            unverifiable=(
                *(one for one in all_digests(NO_KEYS) if one[0] != digest_key(9)),
                (log_key(9, 0), "no digest names it, though digests cover its time"),
                (log_key(9, 1), "no digest names it, though digests cover its time"),
            ),
            digests=(4, 0),
            logs=(6, 0),
        ),
        None,
    ),
    Case("an hour without logs", lambda: chain(8).add(9, logs=0).add(10).add(11).files, Expected(logs=(6, 4))),
    Case(
        "a digest without logFiles",
        lambda: (files := chain(8, 9, 10).add(11, logs=0).files) | {NEWEST: rewritten(files[NEWEST], logFiles=None)},
        Expected(logs=(6, 6)),
    ),
    Case(
        "a chain that starts anew",
        _restarted,
        Expected(unverifiable=(OFTEN, (digest_key(9), "the chain starts anew after it")), restarts=1, digests=(4, 2),
                 logs=(8, 4)),
    ),
    Case(
        "a backfill",
        _with_backfill,
        Expected(unverifiable=(OFTEN, (digest_key(10, "_backfill"), IN_METADATA)), digests=(6, 4), logs=(12, 8)),
    ),
    Case(
        "two trails",
        _two_trails,
        Expected(unverifiable=(OFTEN, (digest_key(11, trail="other"), IN_METADATA)), digests=(8, 6), logs=(16, 12)),
    ),
    Case(
        "a digest twice",
        lambda: (files := chain(*HOURS).files) | {f"copy/{digest_key(9)}": files[digest_key(9)]},
        Expected(digests=(5, 4), logs=(10, 8)),
    ),
    Case(
        "a digest changed, and a good copy elsewhere",
        lambda: digest_with(9, logFiles=[])() | {f"{BUCKET}/{digest_key(9)}": chain(*HOURS).files[digest_key(9)]},
        Expected(altered=(digest_key(9),), digests=(5, 3)),
    ),
    Case(
        "a log changed, and a good copy elsewhere",
        lambda: with_({LOG: OTHER})() | {f"{BUCKET}/{LOG}": chain(*HOURS).files[LOG]},
        Expected(altered=(LOG,), logs=(9, 6)),
    ),
    Case(
        "a digest that no other one names",
        lambda: chain(*HOURS).files | {STRAY: packed(b"{}")},
        Expected(
            unverifiable=(OFTEN, (STRAY, "it cannot be read: it has no digestS3Bucket")),
            digests=(5, 3),
        ),
    ),
]  # fmt: skip


def lists(found: Integrity) -> Expected:
    return Expected(
        tuple(one.file for one in found.altered),
        tuple(one.file for one in found.missing),
        tuple((one.file, one.because) for one in found.unverifiable),
        len(found.gaps),
        len(found.restarts),
        len(found.beginnings),
        (found.digests.total, found.digests.verified),
        (found.logs.total, found.logs.verified),
    )


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_file_lands_in_its_list(case: Case, tmp_path: Path) -> None:
    folder = write(tmp_path / "bucket", case.files())
    keys = tmp_path / "keys.json"
    if case.keys is not None:
        keys.write_text(case.keys)
    found = checked([str(folder)], [str(keys)] if case.keys is not None else [], jobs=2)
    assert lists(found) == case.expected


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize(
    ("below", "inside"),
    [
        ("", ""),
        ("prefix/", ""),
        ("prefix/AWSLogs/", ""),
        ("prefix/AWSLogs/111122223333/", ""),
        ("", "bucket/copy"),
        ("prefix/", "bucket/copy"),
    ],
)
def test_a_copy_may_begin_anywhere(below: str, inside: str, jobs: int, tmp_path: Path) -> None:
    write(tmp_path / "logs" / inside, chain(*HOURS, prefix="prefix/").files, below)
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys())
    found = checked([str(tmp_path / "logs")], [str(keys)], jobs=jobs)
    assert (found.digests.verified, found.logs.verified, found.broken) == (3, 6, False)


class Bucket:
    """A store that has metadata, as S3 has."""

    def __init__(self, made: Chain) -> None:
        self.made = made

    def names(self) -> Iterator[str]:
        return iter(self.made.files)

    def read(self, name: str) -> bytes:
        if name == LOG:
            raise PermissionError(13, "Access Denied")
        return self.made.files[name]

    def signature(self, name: str) -> str | None:
        return self.made.signatures.get(name)


def test_metadata_verify_the_newest_digest_too(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys())
    found = checked_stores([Bucket(chain(*HOURS))], [str(keys)])
    expected = Expected(unverifiable=((LOG, "it cannot be read: Access Denied"),), digests=(4, 4), logs=(8, 7))
    assert lists(found) == expected


def test_metadata_verify_what_no_digest_holds(tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys())
    bucket = Bucket(chain(8, 9).restart().add(10).add(11))
    del bucket.made.files[digest_key(10)]
    found = checked_stores([bucket], [str(keys)])
    assert (found.digests.total, found.digests.verified, len(found.missing), len(found.gaps)) == (3, 3, 1, 1)
    assert (found.gaps[0].until, found.gaps[0].since) == ("2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z")


def test_logs_that_hang_on_an_unverified_digest_are_counted(tmp_path: Path) -> None:
    found = checked([str(write(tmp_path, chain(*HOURS).files))])
    assert [entry.logs for entry in found.unverifiable] == [2, 2, 2, 2]
    assert found.logs.matching == 8


PLACES = [
    ("AWSLogs/1/x.gz", "AWSLogs/1/x.gz", True),
    ("AWSLogs/1/x.gz", "prefix/AWSLogs/1/x.gz", True),
    ("copy/AWSLogs/1/x.gz", "prefix/AWSLogs/1/x.gz", True),
    ("1/x.gz", "prefix/AWSLogs/1/x.gz", True),
    ("x.gz", "prefix/AWSLogs/1/x.gz", True),
    ("2/x.gz", "prefix/AWSLogs/1/x.gz", False),
    ("AWSLogs/2/x.gz", "AWSLogs/1/x.gz", False),
    ("AWSLogs/11/x.gz", "AWSLogs/1/x.gz", False),
    ("ax.gz", "AWSLogs/1/x.gz", False),
]


@pytest.mark.parametrize(("name", "key", "expected"), PLACES)
def test_a_copy_is_known_by_the_end_of_its_name(name: str, key: str, expected: bool) -> None:
    assert is_copy(name, key) is expected


@given(st.binary(max_size=3_000_000) | st.integers(0, 5_000_000).map(bytes), st.integers(1, 9))
@settings(max_examples=20, deadline=None)
def test_a_hash_is_that_of_the_unpacked_bytes(data: bytes, level: int) -> None:
    if not data.startswith(b"\x1f\x8b"):
        assert unpacked_hash(gzip.compress(data, level)) == unpacked_hash(data)


@given(st.integers(0, 400), st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_damage_is_told_and_never_hangs(cut: int, rest: bytes) -> None:
    good = packed(b"some text, and more of it" * 20)
    data = good[:cut] + rest
    try:
        same = unpacked_hash(data) == unpacked_hash(good)
    except DamagedError:
        return
    assert not same or data == good or not data.startswith(b"\x1f\x8b") or len(data) == len(good)


@given(st.sampled_from(list(chain(*HOURS).files)), st.data())
@settings(max_examples=60, deadline=None)
def test_no_changed_byte_is_verified(tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject) -> None:
    """Whichever unpacked byte of whichever file is another one: its file is not counted as verified."""
    files = chain(*HOURS).files
    plain = bytearray(gzip.decompress(files[name]))
    plain[data.draw(st.integers(0, len(plain) - 1))] ^= data.draw(st.integers(1, 255))
    folder = tmp_path_factory.mktemp("bucket")
    (keys := folder / "keys.json").write_text(public_keys())
    found = checked([str(write(folder / "bucket", files | {name: packed(bytes(plain))}))], [str(keys)])
    told = {entry.file for entry in (*found.altered, *found.unverifiable)}
    assert name in told
    assert found.broken or name == NEWEST


BAD_KEYS = [
    ("", "no JSON"),
    ("[]", "no PublicKeyList"),
    ('{"PublicKeyList": [7]}', "a key is not as"),
    (
        '{"PublicKeyList": [{"Value": "AAAA", "Fingerprint": "x", "ValidityStartTime": 0, "ValidityEndTime": 1}]}',
        "a key",
    ),
    (public_keys(valid=("soon", "later")), "a key is not as"),
    (public_keys(valid=(1e300, 1)), "a key is not as"),
]


@pytest.mark.parametrize(("text", "said"), BAD_KEYS)
def test_unusable_keys_are_bad_input(text: str, said: str, tmp_path: Path) -> None:
    (path := tmp_path / "keys.json").write_text(text)
    folder = write(tmp_path / "bucket", chain(8).files)
    with pytest.raises(InputError, match=said) as raised:
        checked([str(folder)], [str(path)])
    assert "\n" not in str(raised.value)


BAD_DIGESTS: list[Any] = [
    7,
    [],
    {},
    {"logFiles": 7},
    {"logFiles": [7]},
    {"digestEndTime": 7},
    {"logFiles": [{"s3Object": None}]},
    {"previousDigestS3Object": ["x"]},
    {"digestS3Object": "\ud800"},
    {"digestEndTime": "9999-12-31T23:59:59Z"},
    {"digestEndTime": "\ud800"},
    {"previousDigestS3Object": "\ud800"},
    {"previousDigestSignature": "no hex"},
    {"logFiles": [{"s3Bucket": "\ud800", "s3Object": "\ud800", "hashValue": "", "hashAlgorithm": ""}]},
]


@pytest.mark.parametrize("content", BAD_DIGESTS)
def test_no_digest_is_a_traceback(content: Any, tmp_path: Path) -> None:
    files = chain(8, 9).files
    if isinstance(content, dict) and content:
        content = json.loads(gzip.decompress(files[digest_key(9)])) | content
    (keys := tmp_path / "keys.json").write_text(public_keys())
    folder = write(tmp_path / "bucket", files | {digest_key(9): packed(json.dumps(content).encode())})
    found = checked([str(folder)], [str(keys)])
    assert digest_key(9) in {entry.file for entry in (*found.unverifiable, *found.altered)}


def test_a_folder_that_cannot_be_listed_is_bad_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(path: str, onerror: Callable[[OSError], None]) -> Iterator[Any]:
        onerror(PermissionError(13, "Permission denied", path))
        yield from ()

    monkeypatch.setattr(os, "walk", walk)
    with pytest.raises(InputError, match="cannot be listed: Permission denied"):
        checked([str(tmp_path)])


def bucket(tmp_path: Path, files: dict[str, bytes]) -> list[str]:
    (keys := tmp_path / "keys.json").write_text(public_keys())
    return ["usage", str(write(tmp_path / "bucket", files)), "--integrity", "--keys-file", str(keys), "--jobs", "1"]


def test_json_holds_the_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = bucket(tmp_path, with_({LOG: OTHER})())
    assert main([*command, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["integrity"]["digests"] == {"total": 4, "verified": 3, "matching": 0}
    assert found["integrity"]["logs"] == {"total": 8, "verified": 5, "matching": 2}
    because = f"its hash is not the one that {digest_key(9)} gives"
    assert found["integrity"]["altered"] == [{"kind": "log", "file": LOG, "because": because, "logs": 0}]
    assert found["events"]["usage"] == 8


def test_text_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(bucket(tmp_path, with_({LOG: OTHER, log_key(8, 1): None})())) == 0
    out = capsys.readouterr().out
    assert "verified: 3 of 4 digests, 4 of 8 logs" in out
    assert [line.split()[:2] for line in out.splitlines() if line.startswith(("  altered", "  missing"))] == [
        ["altered", "log"],
        ["missing", "log"],
    ]


@pytest.mark.parametrize(("changes", "code"), [({}, 0), ({LOG: OTHER}, 2), ({LOG: None}, 2)])
def test_strict_takes_altered_and_missing_files_for_problems(
    changes: dict[str, bytes | None], code: int, tmp_path: Path
) -> None:
    command = bucket(tmp_path, with_(changes)())
    assert main(command) == 0
    assert main([*command, "--strict"]) == code


BAD_COMMANDS = [
    (["--integrity"], "no digest files"),
    (["--keys-file", "keys.json"], "--keys-file goes with --integrity"),
    (["--integrity", "--keys-file", "nowhere.json"], "nowhere.json: cannot be read"),
    (["--integrity", "--format", "parquet", "--output", "x"], "writes events only"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD_COMMANDS)
def test_bad_input_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = chain(8).files
    monkeypatch.chdir(write(tmp_path, {log_key(8, 0): files[log_key(8, 0)]}))
    assert main(["usage", os.curdir, *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(("below", "kept", "verified"), [("", True, 4), ("audit/", True, 4), ("", False, 3)])
def test_a_bucket_keeps_the_newest_signature(
    below: str, kept: bool, verified: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import boto3
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    keys = tmp_path / "keys.json"
    keys.write_text(public_keys())
    made = chain(*HOURS)
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="copies")
        for key, data in made.files.items():
            metadata = {"signature": made.signatures[key]} if kept and key in made.signatures else {}
            client.put_object(Bucket="copies", Key=below + key, Body=data, Metadata=metadata)
        found = checked([f"s3://copies/{below}"], [str(keys)])
    assert (found.digests.total, found.digests.verified) == (4, verified)
    assert [entry.file for entry in found.unverifiable] == ([] if kept else [NEWEST])
    assert (found.altered, found.missing) == ([], [])
