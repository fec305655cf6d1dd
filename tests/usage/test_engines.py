"""Every engine counts the same, in the same order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cloudtrail
import duckdb
import pyarrow
import pyarrow.parquet
import pytest
import sqlglot

from scenarios.cli.main import main
from scenarios.errors import InputError
from scenarios.usage.engines.athena import Place, answers_of, statements
from scenarios.usage.engines.duckdb import groups_of
from scenarios.usage.groupings import GROUPINGS, Group, Groups
from scenarios.usage.local import counted_by_duckdb, exported, tallied
from scenarios.usage.sql.dialect import transpiled
from scenarios.usage.sql.report import queries
from scenarios.usage.sql.table import FIELDS, TABLE
from scenarios.usage.sql.view import VIEW, create_view, select
from scenarios.usage.wanted import Wanted
from usage.support import odd_records, write_deliveries

FILTERS = [
    Wanted(),
    Wanted(since="2026-11-01T10:05:00Z", until="2026-11-01T10:20:00Z"),
    Wanted(principals=("user/ann", "it's")),
    Wanted(models=("nova", "'; DROP TABLE x; --")),
    Wanted(accounts=("111122223333",)),
    Wanted(regions=("eu-west-1", "it's")),
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_deliveries(tmp_path_factory.mktemp("odd"), odd_records())


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many") / "logs"
    cloudtrail.write(folder, 4_000, size=500, share=0.3)
    return folder


@pytest.fixture(params=["odd", "many"])
def logs(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


def same(groups: Groups, expected: Groups) -> None:
    for grouping in GROUPINGS:
        assert groups[grouping.name] == expected[grouping.name], grouping.name


@pytest.mark.parametrize("wanted", FILTERS)
def test_duckdb_counts_as_this_program_does(logs: Path, wanted: Wanted) -> None:
    counts, groups = tallied([str(logs)], wanted)
    duck_counts, duck_groups = counted_by_duckdb([str(logs)], wanted)
    same(duck_groups, groups)
    assert duck_counts == counts


def test_a_parquet_file_holds_what_was_read(logs: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "events.parquet")
    exported([str(logs)], Wanted(), path)
    _, groups = tallied([str(logs)], Wanted())
    same(tallied([path], Wanted())[1], groups)
    same(groups_of(path, Wanted()), groups)


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("event_time", pyarrow.array([5]), "column event_time is of type int64"),
        ("mfa", pyarrow.array(["x"]), "column mfa is of type string"),
        ("event_time", pyarrow.array([None], pyarrow.string()), "a row has no event_time"),
        ("api", None, "the file has no column api"),
    ],
)
def test_a_parquet_file_of_something_else_is_one_line(
    odd: Path, tmp_path: Path, column: str, values: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "events.parquet"
    exported([str(odd)], Wanted(), str(path))
    table = pyarrow.parquet.read_table(path).slice(0, 1).drop_columns([column])
    pyarrow.parquet.write_table(table if values is None else table.append_column(column, values), path)
    for engine in ("local", "duckdb"):
        assert main(["usage", str(path), "--engine", engine]) == 2
        assert said in capsys.readouterr().err


def test_nothing_half_written_is_left(odd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(rows: Iterator[Any]) -> Iterator[Any]:
        yield next(rows)
        raise KeyboardInterrupt

    monkeypatch.setattr("scenarios.usage.local._wanted", lambda rows, _: interrupted(rows))
    with pytest.raises(KeyboardInterrupt):
        exported([str(odd)], Wanted(), str(tmp_path / "events.parquet"))
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_all_processes_without_a_word(tmp_path: Path) -> None:
    """As a terminal sends it, to every process of the command, while rows lie on disk."""
    cloudtrail.write(tmp_path / "logs", 40_000, size=50, share=1.0)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "scenarios", "usage", str(tmp_path / "logs"), "--jobs", "2", "--engine", "duckdb"]
    done = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    while not any(temporary.rglob("*.rows")) and done.poll() is None:
        time.sleep(0.01)
    os.killpg(done.pid, signal.SIGINT)
    assert done.communicate(timeout=30)[1] == b""
    assert done.returncode == 130
    assert list(temporary.iterdir()) == []


def raw_database(logs: Path) -> Any:
    """DuckDB with the deliveries as Athena has them: a table of records, structures and texts of JSON."""
    database = duckdb.connect()
    record = ",".join(f"{name}:{kind}" for name, kind in FIELDS)
    statement = sqlglot.parse_one(f"CREATE TABLE t (r STRUCT<{record}>)", read="spark").sql("duckdb")
    kind = statement.partition("(r ")[2].rpartition(")")[0]
    files = str(logs / "**/*_CloudTrail_*.json.gz")
    database.execute(
        f"CREATE TABLE {TABLE} AS SELECT unnest(r, recursive := false) FROM (SELECT unnest(Records) AS r "
        f"FROM read_json('{files}', columns = {{'Records': '{kind}[]'}}, maximum_object_size = 100000000))"
    )
    return database


def test_the_view_says_what_reading_says(logs: Path) -> None:
    """The normalising view over raw records, in DuckDB's dialect."""
    database = raw_database(logs)
    database.execute(f"CREATE VIEW {VIEW} AS {transpiled(select(), 'duckdb')}")
    _, expected = tallied([str(logs)], Wanted())
    for name, query in queries(Wanted()).items():
        rows = database.execute(transpiled(query, "duckdb")).fetchall()
        assert [comparable(Group(row[:-3], *row[-3:])) for row in rows] == [*map(comparable, expected[name])], name


def comparable(group: Group) -> Group:
    """The group with its JSON decoded: engines write it with or without white space."""
    return group._replace(keys=tuple(decoded(key) for key in group.keys))


def decoded(key: Any) -> Any:
    return json.dumps(json.loads(key), sort_keys=True) if isinstance(key, str) and key.startswith("{") else key


def test_all_sql_is_athenas() -> None:
    place = Place("s3://logs/AWSLogs/", ("111122223333",), ("us-east-1",))
    texts = [*statements(place, Wanted(since="2026-11-01T00:00:00Z")), create_view(), *queries(FILTERS[3]).values()]
    for text in texts:
        assert not isinstance(sqlglot.parse_one(text, dialect="athena"), sqlglot.exp.Command), text


def test_the_table_names_its_partitions(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--ddl", "--account", "111122223333", "--log-region", "eu-west-1", "--since", "2026-11-05"]
    assert main(["usage", "s3://logs/AWSLogs/", *arguments]) == 0
    out = capsys.readouterr().out
    assert "'projection.day.range' = '2026/11/05,NOW'" in out
    assert "'storage.location.template' = 's3://logs/AWSLogs/${account}/CloudTrail/${region}/${day}'" in out
    assert "account IN ('111122223333') AND region IN ('eu-west-1') AND day >= '2026/11/05'" in out


def test_another_question_makes_another_table() -> None:
    """A table that is there already is left as it is, and shows no more than its own partitions."""
    place, other = (Place("s3://logs/AWSLogs/", ("111122223333",), (region,)) for region in ("us-east-1", "eu-west-1"))
    asked = [(place, Wanted()), (place, Wanted(since="2026-11-05T00:00:00Z")), (other, Wanted())]
    tables = [statements(*one)[0].split()[6] for one in asked]
    assert len(set(tables)) == len(tables)
    assert all(f"FROM {table}" in statements(*one)[1] for one, table in zip(asked, tables, strict=True))


DDL = ["s3://logs/AWSLogs/", "--ddl"]
ACCOUNT = ["--account", "111122223333"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["logs/", "--engine", "athena", "--account", "111122223333"], "Athena takes one SOURCE, as s3://"),
        (["s3://logs/AWSLogs/", "--engine", "athena"], "Athena takes --account ID"),
        (["s3://logs/AWSLogs/", "--ddl", "--account", "111122223333"], "Athena takes --log-region REGION"),
        (
            [*DDL, "--account", "1','2", "--log-region", "eu-west-1"],
            "--account 1','2: Athena's partitions have no such",
        ),
        ([*DDL, *ACCOUNT, "--log-region", "it's"], "--log-region it's: Athena's partitions have no such name"),
        (["s3://logs/it's", "--ddl", *ACCOUNT, "--log-region", "eu-west-1"], "Athena's table takes no quotes"),
        (["logs/", "--format", "parquet", "--engine", "spark"], "is what this program reads itself"),
        (["x.parquet"], "x.parquet: no Parquet file that can be read"),
        (["nowhere", "--format", "parquet"], "--format parquet needs --output FILE"),
        ([], "usage takes a SOURCE"),
    ],
)
def test_what_an_engine_needs_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["usage", *arguments]) == 2
    assert said in capsys.readouterr().err


class FakeAthena:
    """Athena as far as boto3 shows it: it answers each statement with the rows of a real engine."""

    def __init__(self, groups: Groups, fail: str = "") -> None:
        self.statements: list[str] = []
        self._groups = groups
        self._fail = fail

    def start_query_execution(self, **request: Any) -> dict[str, str]:
        self.statements.append(request["QueryString"])
        return {"QueryExecutionId": str(len(self.statements) - 1)}

    def get_query_execution(self, QueryExecutionId: str) -> dict[str, Any]:  # noqa: N803
        failed = self._fail and self._fail in self.statements[int(QueryExecutionId)]
        status = {"State": "FAILED", "StateChangeReason": "TABLE_NOT_FOUND"} if failed else {"State": "SUCCEEDED"}
        return {"QueryExecution": {"Status": status}}

    def get_paginator(self, name: str) -> FakeAthena:
        assert name == "get_query_results"
        return self

    def paginate(self, QueryExecutionId: str) -> Iterator[dict[str, Any]]:  # noqa: N803
        statement = self.statements[int(QueryExecutionId)]
        asked = queries(Wanted())
        name = next((name for name, query in asked.items() if query == statement), None)
        groups = self._groups[name] if name else []
        rows = [["head"]] if name else []
        rows += [[text(value) for value in (*group.keys, *group[1:])] for group in groups]
        data = [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in rows]
        for start in range(0, len(rows) or 1, 7):
            yield {"ResultSet": {"Rows": data[start : start + 7]}}


def text(value: Any) -> str | None:
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_athenas_texts_become_the_same_groups(odd: Path) -> None:
    _, groups = tallied([str(odd)], Wanted())
    place = Place("s3://logs/AWSLogs/", ("111122223333",), ("us-east-1",))
    counts, found = answers_of(place, Wanted(), FakeAthena(groups))
    same(found, groups)
    assert counts.usage == sum(group.total for group in groups["calls"])


def test_athenas_refusal_is_one_line(odd: Path) -> None:
    _, groups = tallied([str(odd)], Wanted())
    place = Place("s3://logs/AWSLogs/", ("111122223333",), ("us-east-1",))
    with pytest.raises(InputError, match="Athena: TABLE_NOT_FOUND"):
        answers_of(place, Wanted(), FakeAthena(groups, fail="CREATE EXTERNAL"))


def test_athenas_plumbing_runs_through_boto3(monkeypatch: pytest.MonkeyPatch) -> None:
    """Against moto, which executes no SQL: statements are started, waited for and fetched in order."""
    import boto3
    from moto import mock_aws

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    place = Place("s3://logs/AWSLogs/", ("111122223333",), ("us-east-1",), output="s3://results/")
    with mock_aws():
        client = boto3.client("athena", region_name="us-east-1")
        counts, groups = answers_of(place, Wanted(), client)
        started = client.list_query_executions()["QueryExecutionIds"]
    assert len(started) == 2 + len(GROUPINGS)
    assert counts.usage == 0
    assert all(found == [] for found in groups.values())


@pytest.mark.parametrize("name", ["odd", "many"])
def test_spark_counts_as_this_program_does(name: str, request: pytest.FixtureRequest) -> None:
    """For real, in local mode, over the files as they were delivered ('make test-spark' installs Spark)."""
    pytest.importorskip("pyspark")
    from scenarios.usage.engines import spark

    logs = request.getfixturevalue(name)
    counts, groups = tallied([str(logs)], Wanted())
    spark_counts, spark_groups = spark.answers_of([str(logs)], Wanted(), "local[2]")
    for grouping in GROUPINGS:
        found, expected = spark_groups[grouping.name], groups[grouping.name]
        assert [*map(comparable, found)] == [*map(comparable, expected)], grouping.name
    assert spark_counts == counts
