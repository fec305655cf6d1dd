"""One file, in whatever state it is: what is had of it, and what is said of it."""

from __future__ import annotations

import bz2
import gzip
import json
import struct
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.usage.reading.file import read_bytes, read_path
from usage.records import delivery, packed, record

OTHER = record(9, eventSource="s3.amazonaws.com", eventName="GetObject")
THREE = [record(1), OTHER, record(2), record(3)]
PLAIN = delivery(*THREE)
GZIP = packed(PLAIN)
LONG = delivery(*(record(number) for number in range(3000)))
HUGE = record(1, requestParameters={"modelId": "m", "body": "x" * 24_000_000})
DIGEST = {"awsAccountId": "111122223333", "digestStartTime": "2026-11-01T10:00:00Z", "logFiles": []}
INSIGHT = record(1, eventType="AwsCloudTrailInsight", eventCategory="Insight", insightDetails={"state": "Start"})


def _text(data: bytes) -> bytes:
    return data.replace(b'"amazon.nova-pro-v1:0"', b'"amazon.nova-pro-v1:0","body":%s')


def _lookup() -> bytes:
    return json.dumps({"Events": [{"EventId": "x", "CloudTrailEvent": json.dumps(one)} for one in THREE]}).encode()


def _lines(**changes: str) -> bytes:
    return "\n".join(json.dumps(one | changes, ensure_ascii=False) for one in THREE).encode()


def _wrong_checksum() -> bytes:
    return GZIP[:-8] + struct.pack("<I", 12345) + GZIP[-4:]


def _corrupt() -> bytes:
    data = bytearray(packed(LONG))
    data[len(data) // 2] ^= 0xFF
    return bytes(data)


CASES: list[tuple[str, bytes, int, str | None]] = [
    # what the file is, its bytes, the calls of Bedrock in it (-1: some of them), what is wrong
    ("as CloudTrail writes it", GZIP, 3, None),
    ("unpacked", PLAIN, 3, None),
    ("with white space", delivery(*THREE, separators=(", ", ": "), indent=1), 3, None),
    ("with a byte order mark", b"\xef\xbb\xbf" + PLAIN, 3, None),
    ("of two gzip members", packed(PLAIN[:900]) + packed(PLAIN[900:]), 3, None),
    ("with zeros after it", GZIP + b"\0" * 512, 3, None),
    ("with something after it", GZIP + b"garbage", 3, "something that is not gzip follows"),
    ("one record to a line", b"\n".join(json.dumps(one).encode() for one in THREE), 3, None),
    ("a list of records", json.dumps(THREE).encode(), 3, None),
    ("one record", json.dumps(record(1)).encode(), 1, None),
    ("what lookup-events answers", _lookup(), 3, None),
    ("in UTF-16, as PowerShell writes it", PLAIN.decode().encode("utf-16"), 3, None),
    ("packed twice", packed(GZIP), 3, None),
    ("packed with bzip2", bz2.compress(PLAIN), 0, "packed with bzip2; only gzip is unpacked"),
    ("deliveries one to a line", PLAIN + b"\n" + PLAIN, 6, None),
    ("an empty delivery on a line", PLAIN + b"\n" + delivery(), 3, None),
    ("in broken UTF-16", PLAIN.decode().encode("utf-16")[:-1], 3, "not UTF-16"),
    ("lines with a separator of Unicode", _lines(userAgent="a\u2028b"), 3, None),
    ("fields in another order, cut off", json.dumps({"Records": THREE}, sort_keys=True).encode()[:-9], 2, "not JSON"),
    ("what lookup-events answers, cut off", _lookup()[:-9], 2, "not JSON"),
    ("with a lone surrogate", _text(PLAIN) % (b'"\\ud800"', b'"x"', b'"x"', b'"x"'), 3, None),
    ("with a big integer", _text(PLAIN) % (b"123456789012345678901234567890", b"1", b"1", b"1"), 3, None),
    ("with a record of 24 MB", packed(delivery(HUGE, record(2))), 2, None),
    ("of another version", delivery(record(1, eventVersion="2.0"), record(2)), 2, "event version 2.0 is not known"),
    ("not UTF-8", PLAIN.replace(b"Boto3", b"Boto\xff"), 3, "not UTF-8"),
    ("empty", b"", 0, "the file is empty"),
    ("empty within", packed(b""), 0, "not JSON"),
    ("cut off", packed(LONG)[:-4000], -1, "the gzip data end too early"),
    ("cut off within JSON", LONG[:-700], 2999, "not JSON"),
    ("with a wrong checksum", _wrong_checksum(), 3, "the checksum is wrong"),
    ("corrupt", _corrupt(), -1, "the gzip data are corrupt"),
    ("with one record broken", PLAIN.replace(b'"event-2"', b'"event-2'), 2, "not JSON"),
    ("with a comma too many", PLAIN.replace(b"]}", b",]}"), 3, "not JSON"),
    ("with items that are no records", delivery(record(1), 7, None, {}, "x"), 1, "no records of CloudTrail"),
    ("a record without a source", delivery(record(1), {"eventVersion": "1.11"}), 1, "no records of CloudTrail"),
    ("with no list", b'{"Records": null}', 0, "no records of CloudTrail"),
    ("some other JSON", b'{"a": 1}', 0, "no records of CloudTrail"),
    ("a number", b"7", 0, "no records of CloudTrail"),
    ("no JSON", b"\x00\x01\x02 garbage", 0, "not JSON"),
    ("nested without end", b"[" * 200_000, 0, "not JSON: nested too deeply"),
    ("an empty delivery", delivery(), 0, None),
    ("a digest", json.dumps(DIGEST).encode(), 0, None),
    ("Insights", delivery(INSIGHT), 0, None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "calls", "problem"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_gives_what_it_holds_and_says_what_is_wrong(data: bytes, calls: int, problem: str | None) -> None:
    found = read_bytes("file", data)
    usage = [row for row in found.rows if row.kind == "usage"]
    if calls < 0:
        assert 0 < len(usage) < 3000
    else:
        assert len(usage) == calls
    assert (found.problem is None) if problem is None else (problem in (found.problem or ""))
    assert found.salvaged == (found.count if found.problem else 0)


def test_records_of_any_length_are_had_of_a_damaged_file() -> None:
    """Whatever stands where the text is parted: numbers, words, escapes."""
    bodies = ["x" * size for size in (*range(7_400, 8_300, 7), 70_000)]
    values = [body for text in bodies for body in (text, [text, -1.5e10, True, None, "\n\\", "\ue000"])]
    records = [record(number, requestParameters={"body": value}) for number, value in enumerate(values)]
    found = read_bytes("file", delivery(*records)[:-1])
    assert len(found.rows) == len(records)


def test_much_damage_takes_no_long_time() -> None:
    data = LONG.replace(b'"sessionIssuer":{', b'"sessionIssuer":{{')
    start = perf_counter()
    found = read_bytes("file", data)
    assert found.problem is not None
    assert perf_counter() - start < 2


def test_all_events_are_counted() -> None:
    assert read_bytes("file", GZIP).count == len(THREE)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert read_path("gone", str(tmp_path / "gone")).problem == "cannot be read: No such file or directory"
    assert read_path("folder", str(tmp_path)).problem == "cannot be read: Is a directory"


def test_what_no_encoding_can_hold_is_replaced() -> None:
    data = PLAIN.replace(b"amazon.nova-pro-v1:0", b"\\ud800", 1)
    assert read_bytes("file", data).rows[0].model == "?"


@given(cut=st.integers(0, len(GZIP)), place=st.integers(0, len(GZIP) - 1), flip=st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_no_damage_is_silent(cut: int, place: int, flip: int) -> None:
    """Whatever is cut off or changed: never an exception, and never fewer events without a word."""
    data = bytearray(GZIP)
    data[place] ^= flip
    found = read_bytes("file", bytes(data[:cut]))
    assert found.problem is not None or [row.event_id for row in found.rows] == ["event-1", "event-2", "event-3"]


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_anything_at_all_is_read_without_an_exception(data: bytes) -> None:
    for form in (data, gzip.compress(data), b'{"Records":[' + data + b"]}"):
        read_bytes("file", form)
