"""Logs in a bucket: which are read, what is listed to find them, and what is said of what cannot be had."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws

from scenarios.cli.main import main
from scenarios.errors import InputError
from scenarios.usage.gather import Problem
from scenarios.usage.local import Means, tallied
from scenarios.usage.sources.bucket import Bucket
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.layout import KINDS, days, past_bodies, place_of, takes
from scenarios.usage.wanted import Wanted
from usage.records import delivery, packed, record

ONE, TWO, THREE = "111122223333", "444455556666", "777788889999"
BUCKET = "audit-logs"


def trail(account: str, region: str, day: str, base: str = "AWSLogs/") -> str:
    """The key of a delivery; `day` as 11/05."""
    stamp = f"2026{day.replace('/', '')}T1000Z"
    return f"{base}{account}/CloudTrail/{region}/2026/{day}/{account}_CloudTrail_{region}_{stamp}_abc.json.gz"


def invocations(hour: str, base: str = "AWSLogs/") -> str:
    return f"{base}{ONE}/BedrockModelInvocationLogs/us-east-1/2026/{hour}/x.json.gz"


@dataclass
class Place:
    """A bucket in an emulated S3, what was asked of it, and what it refuses."""

    client: Any
    asked: list[dict[str, Any]] = field(default_factory=list)
    refused: tuple[str, ...] = ()
    code: str = "AccessDenied"

    def put(self, *keys: str, bucket: str = BUCKET) -> None:
        for key in keys:
            self.client.put_object(Bucket=bucket, Key=key, Body=packed(delivery(record(1, eventID=key))))

    def cloud(self) -> Cloud:
        return Cloud("us-east-1", self._session)

    def _session(self, profile: str | None, region: str | None) -> boto3.Session:
        session = boto3.Session(profile_name=profile, region_name=region)
        session.events.register("provide-client-params.s3", self._met)
        return session

    def _met(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.asked.append(params)
        place = params.get("Key", params.get("Prefix", ""))
        if any(place.startswith(one) for one in self.refused):
            raise ClientError({"Error": {"Code": self.code, "Message": "no\nway"}}, model.name)

    def read(self, text: str = "", **wanted: Any) -> list[str]:
        source = Bucket(f"s3://{BUCKET}/{text}", Wanted(**wanted), self.cloud())
        return [one.name.removeprefix(f"s3://{BUCKET}/") for one in source.deliveries()]

    @property
    def prefixes(self) -> list[str]:
        return [params["Prefix"] for params in self.asked if "Prefix" in params]


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        yield Place(client)


D1, D2, D5, D6, D7 = (trail(ONE, "us-east-1", f"11/{day}") for day in ("01", "02", "05", "06", "07"))
EU = trail(ONE, "eu-west-1", "11/05")
OTHER = trail(TWO, "us-east-1", "11/05")
ORGANISATION = trail(THREE, "us-east-1", "11/05", "AWSLogs/o-a1b2c3d4e5/")
MANAGED = trail(THREE, "us-east-1", "11/05", "o-a1b2c3d4e5/AWSLogs/o-a1b2c3d4e5/")
DEEP = trail(ONE, "us-east-1", "11/05", "a/b/c/d/e/AWSLogs/")
CALLS, APART = invocations("11/05/10"), invocations("11/05/11", "invocations/AWSLogs/")
LOOSE = "exports/some.json"
ALL = (D1, D2, D5, D6, D7, EU, OTHER, ORGANISATION, MANAGED, DEEP, CALLS, APART, LOOSE)
NEVER = (
    f"AWSLogs/{ONE}/CloudTrail-Digest/us-east-1/2026/11/05/x.json.gz",
    f"AWSLogs/{ONE}/CloudTrail-Insight/us-east-1/2026/11/05/x.json.gz",
    f"AWSLogs/{ONE}/Config/us-east-1/2026/11/5/x.json.gz",
    f"AWSLogs/{ONE}/BedrockModelInvocationLogs/amazon-bedrock-logs-permission-check",
    f"AWSLogs/{ONE}/BedrockModelInvocationLogs/us-east-1/2026/11/05/10/data/big.json.gz",
    "exports/CloudTrail-Digest/x.json.gz",
    "exports/picture.png",
    "AWSLogs/",
)

FOUND: list[tuple[str, dict[str, Any], set[str]]] = [
    ("", {}, set(ALL)),
    ("AWSLogs", {}, {D1, D2, D5, D6, D7, EU, OTHER, ORGANISATION, CALLS}),
    ("AWSLogs/o-a1b2c3d4e5/", {}, {ORGANISATION}),
    ("o-a1b2c3d4e5", {}, {MANAGED}),
    (f"AWSLogs/{ONE}", {}, {D1, D2, D5, D6, D7, EU, CALLS}),
    (f"AWSLogs/{ONE}/CloudTrail/", {}, {D1, D2, D5, D6, D7, EU}),
    (f"AWSLogs/{ONE}/CloudTrail/us-east-1/", {}, {D1, D2, D5, D6, D7}),
    (f"AWSLogs/{ONE}/CloudTrail/us-east-1/2026/11/05", {}, {D5}),
    (D5, {}, {D5}),
    ("exports", {}, {LOOSE}),
    ("a/b/c/d", {}, {DEEP}),
    ("", {"accounts": (TWO,)}, {OTHER, LOOSE}),
    ("AWSLogs", {"accounts": (THREE,)}, {ORGANISATION}),
    ("AWSLogs", {"regions": ("eu-west-1",)}, {EU}),
    ("", {"regions": ("eu-west-1",)}, {EU, LOOSE}),
    ("AWSLogs", {"since": "2026-11-06T00:00:00Z"}, {D6, D7}),
    ("AWSLogs", {"until": "2026-11-01T10:00:00Z"}, {D1, D2}),
    ("AWSLogs", {"until": "2026-11-02T00:00:00Z"}, {D1, D2}),
    ("AWSLogs", {"until": "2026-11-01T00:00:00Z"}, {D1}),
    (
        "AWSLogs",
        {"since": "2026-11-02T23:00:00Z", "until": "2026-11-05T00:00:01Z", "accounts": (ONE,)},
        {D2, D5, D6, EU, CALLS},
    ),
    (f"AWSLogs/{ONE}/CloudTrail/us-east-1/2026/11", {"since": "2026-11-06T00:00:00Z"}, {D6, D7}),
    ("invocations", {"since": "2026-11-05T12:00:00Z", "until": "9999-12-31T23:59:59Z"}, {APART}),
]


@pytest.mark.parametrize(("text", "wanted", "expected"), FOUND)
def test_the_logs_that_are_wanted_are_found(
    place: Place, text: str, wanted: dict[str, Any], expected: set[str]
) -> None:
    place.put(*ALL, *NEVER)
    found = place.read(text, **wanted)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_no_more_is_listed_than_is_asked_for(place: Place) -> None:
    place.put(*ALL, *NEVER)
    wanted = {"since": "2026-11-05T00:00:00Z", "until": "2026-11-06T00:00:00Z"}
    assert place.read(f"AWSLogs/{ONE}/", regions=("us-east-1",), **wanted) == [CALLS, D5, D6]
    assert place.prefixes == [
        f"AWSLogs/{ONE}/BedrockModelInvocationLogs/us-east-1/2026/11/0",
        f"AWSLogs/{ONE}/CloudTrail/us-east-1/2026/11/0",
    ]
    assert [params["StartAfter"][-10:] for params in place.asked] == ["2026/11/05", "2026/11/05"]


@pytest.mark.parametrize("wanted", [{"accounts": (TWO,)}, {"regions": ("eu-west-1",)}])
def test_a_part_that_is_not_wanted_is_not_listed(place: Place, wanted: dict[str, Any]) -> None:
    place.put(*ALL)
    with pytest.raises(InputError, match="of the accounts, regions and days asked for"):
        place.read(f"AWSLogs/{ONE}/CloudTrail/us-east-1/", **wanted)
    assert place.prefixes == []


def test_large_bodies_are_passed_over_in_the_listing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    hours = [invocations(f"11/05/{hour}") for hour in ("10", "11")]
    bodies = [f"{hours[0].rpartition('/')[0]}/data/{number:03d}.json.gz" for number in range(40)]
    place.put(*hours, *bodies)
    pages = place.client.list_objects_v2

    def small(**asked: Any) -> Any:
        place.asked.append(asked)
        return pages(**{**asked, "MaxKeys": 5})

    monkeypatch.setattr(place.client, "list_objects_v2", small)
    source = Bucket(f"s3://{BUCKET}/AWSLogs/{ONE}", Wanted(), Cloud(make=lambda *_: _Given(place.client)))
    assert [one.name.rpartition(f"{BUCKET}/")[2] for one in source.deliveries()] == hours
    assert len(place.asked) <= 5


class _Given:
    """A session that has one client."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def client(self, *_: Any, **__: Any) -> Any:
        return self._client


def test_many_pages_are_followed(place: Place) -> None:
    keys = [D5.replace("abc", f"{number:05d}") for number in range(1005)]
    for key in keys:
        place.client.put_object(Bucket=BUCKET, Key=key, Body=b"")
    assert place.read("AWSLogs") == keys
    assert place.read(since="2026-11-05T00:00:00Z", until="2026-11-05T00:00:00Z") == keys


HOSTILE = ["../../etc/x.json", "a/../../b.json", "/x.json", "a\x1b[2J\n.json", "ü/%2e%2e/\u202ex.json", "//.json"]


def test_hostile_keys_are_names_and_nothing_else(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    place.put(*HOSTILE)
    assert set(place.read()) == set(HOSTILE)
    counts, _ = tallied([f"s3://{BUCKET}"], Wanted(), Means(cloud=place.cloud()))
    assert (counts.files, counts.read, counts.problems) == (len(HOSTILE), len(HOSTILE), ())
    place.client.put_object(Bucket=BUCKET, Key=HOSTILE[3], Body=b"no log")
    assert main(["usage", f"s3://{BUCKET}", "--jobs", "1"]) == 0
    out, err = capsys.readouterr()
    assert "\\x1b" in err
    assert "\x1b" not in out + err


REFUSED: list[tuple[str, tuple[str, ...], set[str], set[str]]] = [
    # what is refused, by which beginnings; the files that are read all the same; what is named
    ("an account", (f"AWSLogs/{TWO}/",), {D5, EU}, {f"AWSLogs/{TWO}/{kind}/" for kind in KINDS}),
    ("a region", (f"AWSLogs/{ONE}/CloudTrail/eu-west-1/",), {D5, OTHER}, {f"AWSLogs/{ONE}/CloudTrail/eu-west-1/"}),
    ("an object", (EU,), {D5, OTHER}, {EU}),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_refused_is_named_and_the_rest_is_read(place: Place, row: Any) -> None:
    _, place.refused, read, named = row
    place.put(D5, EU, OTHER)
    if EU in place.refused:
        place.refused = (EU,)
    counts, _ = tallied([f"s3://{BUCKET}"], Wanted(), Means(cloud=place.cloud()))
    expected = {Problem(f"s3://{BUCKET}/{one}", "cannot be read: AccessDenied: no way", 0) for one in named}
    assert set(counts.problems) == expected
    assert counts.read == len(read)


def test_accounts_that_are_named_need_no_listing_of_all(place: Place) -> None:
    place.put(D5)

    def met(params: dict[str, Any], model: Any, **_: Any) -> None:
        if params.get("Prefix") == "AWSLogs/":
            raise ClientError({"Error": {"Code": "AccessDenied"}}, model.name)

    def session(profile: str | None, region: str | None) -> boto3.Session:
        made = boto3.Session(region_name=region)
        made.events.register("provide-client-params.s3", met)
        return made

    wanted = Wanted(accounts=(ONE,))
    found = [one.name for one in Bucket(f"s3://{BUCKET}/AWSLogs", wanted, Cloud(make=session)).deliveries()]
    assert found == [f"s3://{BUCKET}/{D5}", f"s3://{BUCKET}/AWSLogs/"]


@pytest.mark.parametrize("code", ["ExpiredToken", "AccessDenied", "SlowDown"])
def test_a_bucket_that_is_refused_as_a_whole_is_one_line(place: Place, code: str) -> None:
    place.put(D5)
    place.refused, place.code = ("",), code
    with pytest.raises(InputError, match=f"{code}: no way"):
        place.read()


BAD: list[tuple[list[str], str]] = [
    (["s3://not-there"], "NoSuchBucket: The specified bucket does not exist"),
    (["s3://"], "names no bucket"),
    (["s3:///x"], "names no bucket"),
    (["s3://No_Such/x"], "s3://No_Such"),
    (["s3://a b!"], "Invalid bucket name"),
    ([f"s3://{BUCKET}"], "holds no log files"),
    ([f"s3://{BUCKET}/\x1b"], "holds no log files"),
    ([f"s3://{BUCKET}", "--since", "2026-11-01"], "of the accounts, regions and days asked for"),
    ([f"s3://{BUCKET}", "--region", "us east"], "us east"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD)
def test_bad_input_is_one_line(
    place: Place, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["usage", *arguments, "--jobs", "1"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(("name", "value"), [("AWS_PROFILE", "nobody"), ("AWS_ENDPOINT_URL", "nowhere")])
def test_a_broken_setup_is_one_line(
    place: Place, name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["usage", f"s3://{BUCKET}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_credentials_it_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert main(["usage", f"s3://{BUCKET}"]) == 2
    assert "Unable to locate credentials" in capsys.readouterr().err


class _Breaking:
    """A body that breaks off some times before it comes."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self, **_: Any) -> dict[str, Any]:
        return {"Body": self}

    def read(self) -> bytes:
        self.left -= 1
        if self.left >= 0:
            raise ReadTimeoutError(endpoint_url="https://s3")
        return packed(delivery(record(1)))


@pytest.mark.parametrize(("times", "read"), [(2, 1), (3, 0)])
def test_an_object_that_breaks_off_is_asked_for_again(
    place: Place, times: int, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.put(D5)
    monkeypatch.setattr(place.client, "get_object", _Breaking(times))
    counts, _ = tallied([f"s3://{BUCKET}"], Wanted(), Means(cloud=Cloud(make=lambda *_: _Given(place.client))))
    said = [one.problem.partition(" on ")[0] for one in counts.problems]
    assert (counts.read, said) == (read, [] if read else ["cannot be read: Read timeout"])


def test_the_command_reads_a_bucket_and_its_log_of_invocations(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.put(D5)
    log = {"schemaType": "ModelInvocationLog", "requestId": "request-1"}
    log |= {"output": {"outputTokenCount": 5, "outputBodyJson": {"stopReason": "guardrail_intervened"}}}
    place.client.put_object(Bucket=BUCKET, Key=CALLS, Body=packed(json.dumps(log).encode()))
    for jobs in ("1", "2"):
        assert main(["usage", f"s3://{BUCKET}", "--format", "json", "--region", "us-east-1", "--jobs", jobs]) == 0
        assert [one["outcome"] for one in json.loads(capsys.readouterr().out)["calls"]] == ["blocked"]


PLACES: list[tuple[str, tuple[Any, ...] | None]] = [
    ("AWSLogs/", ("AWSLogs/", None, None, None, None, None)),
    ("p/q/AWSLogs/", ("p/q/AWSLogs/", None, None, None, None, None)),
    ("AWSLogs/o-abcdefghij/", ("AWSLogs/", "o-abcdefghij", None, None, None, None)),
    (f"AWSLogs/{ONE}/", ("AWSLogs/", None, ONE, None, None, None)),
    (f"AWSLogs/{ONE}/CloudTrail/", ("AWSLogs/", None, ONE, "CloudTrail", None, None)),
    (f"AWSLogs/{ONE}/CloudTrail/x/", ("AWSLogs/", None, ONE, "CloudTrail", "x", "")),
    (D5, ("AWSLogs/", None, ONE, "CloudTrail", "us-east-1", D5.partition("us-east-1/")[2])),
    (f"AWSLogs/{ONE}/CloudTrail-Digest/", None),
    ("MyAWSLogs/", None),
    ("AWSLogs", None),
    ("AWSLogs/1/", None),
    ("AWSLogs/١١١١٢٢٢٢٣٣٣٣/", None),
]


@pytest.mark.parametrize(("path", "expected"), PLACES)
def test_places_are_told_by_their_path(path: str, expected: tuple[Any, ...] | None) -> None:
    found = place_of(path)
    assert (tuple(vars(found).values()) if found else None) == expected


def test_a_listing_goes_on_after_the_bodies() -> None:
    hour = f"AWSLogs/{ONE}/BedrockModelInvocationLogs/us-east-1/2026/11/05/10"
    assert past_bodies(f"{hour}/data/x/y.json.gz") == f"{hour}/data0"
    assert past_bodies(f"{hour}/x.json.gz") == f"{hour}/x.json.gz"
    assert past_bodies("data/x") == "data/x"


DAYS: list[tuple[dict[str, str], tuple[str | None, str | None], str]] = [
    ({}, (None, None), ""),
    ({"since": "2026-11-05T10:00:00Z"}, ("2026/11/05", None), ""),
    ({"until": "2026-11-05T00:00:00Z"}, (None, "2026/11/05"), ""),
    ({"until": "2026-11-05T00:00:01Z"}, (None, "2026/11/06"), ""),
    ({"since": "2026-11-30T00:00:00Z", "until": "2026-12-01T00:00:00Z"}, ("2026/11/30", "2026/12/01"), "2026/1"),
    ({"until": "9999-12-31T23:00:00Z"}, (None, None), ""),
    ({"until": "0001-01-01T00:00:00Z"}, (None, None), ""),
]


@pytest.mark.parametrize(("wanted", "expected", "shared"), DAYS)
def test_a_day_more_is_listed_at_the_end(
    wanted: dict[str, str], expected: tuple[str | None, str | None], shared: str
) -> None:
    found = days(Wanted(**wanted))
    assert (found.first, found.last, found.shared) == (*expected, shared)


def test_what_lies_elsewhere_may_hold_anything() -> None:
    wanted = Wanted(accounts=(TWO,), regions=("eu-west-1",))
    check: Callable[[str], bool] = lambda key: takes(key, wanted, days(wanted))  # noqa: E731
    assert [check(key) for key in (LOOSE, D5, trail(TWO, "eu-west-1", "11/05"), OTHER)] == [True, False, True, False]
