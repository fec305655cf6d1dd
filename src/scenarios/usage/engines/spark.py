"""Spark over the files as CloudTrail delivers them, on this machine or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scenarios.errors import InputError
from scenarios.usage.gather import Problem
from scenarios.usage.groupings import Group, Groups
from scenarios.usage.needs import needed
from scenarios.usage.sql.dialect import transpiled
from scenarios.usage.sql.report import queries
from scenarios.usage.sql.table import FIELDS, TABLE
from scenarios.usage.sql.view import VIEW, select
from scenarios.usage.usage import Counts
from scenarios.usage.wanted import Wanted

_CORRUPT = "_corrupt"


def answers_of(sources: Sequence[str], wanted: Wanted, master: str) -> tuple[Counts, Groups]:
    """What was read, and the groups of all groupings.

    Raises InputError where pyspark is not installed or Spark cannot read a source.
    """
    sql = needed("pyspark.sql", "spark")
    errors = needed("pyspark.errors", "spark")
    session = _session(sql, master)
    try:
        return _answers(session, sources, wanted)
    except errors.PySparkException as error:
        raise InputError(f"Spark: {str(error).strip().splitlines()[0]}", file=sources[0]) from error
    finally:
        session.stop()


def _answers(session: Any, sources: Sequence[str], wanted: Wanted) -> tuple[Counts, Groups]:
    files = _files(session, sources)
    files.cache()
    problems = [
        Problem(row["file"], "Spark cannot decode it; the engine of this machine salvages what it can", 0)
        for row in files.filter(f"{_CORRUPT} IS NOT NULL").select("file").sort("file").collect()
    ]
    files.selectExpr("explode(Records) AS record").select("record.*").createOrReplaceTempView(TABLE)
    session.sql(transpiled(select(), "spark")).createOrReplaceTempView(VIEW)
    session.table(VIEW).cache()
    groups = {name: _groups(session, query) for name, query in queries(wanted).items()}
    raw = session.sql(transpiled(select(distinct=False), "spark")).count()
    counts = Counts(
        files=files.count(),
        read=session.table(TABLE).count(),
        duplicates=raw - session.table(VIEW).count(),
        usage=sum(group.total for group in groups["calls"]),
        problems=tuple(problems),
    )
    return counts, groups


def _session(sql: Any, master: str) -> Any:
    builder = sql.SparkSession.builder.master(master).appName("scenarios usage")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "false",
        "spark.sql.parser.escapedStringLiterals": "false",
        "spark.sql.shuffle.partitions": "8",
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _files(session: Any, sources: Sequence[str]) -> Any:
    """One line a file: its records, its name, and its text where it is no JSON."""
    record = ",".join(f"{name}:{kind}" for name, kind in FIELDS)
    return (
        session.read.schema(f"Records ARRAY<STRUCT<{record}>>, {_CORRUPT} STRING")
        .option("multiLine", True)
        .option("columnNameOfCorruptRecord", _CORRUPT)
        .option("recursiveFileLookup", True)
        .option("pathGlobFilter", "*_CloudTrail_*")
        .json(list(sources))
        .selectExpr("Records", _CORRUPT, "_metadata.file_path AS file")
    )


def _groups(session: Any, query: str) -> list[Group]:
    return [Group(tuple(row)[:-3], *tuple(row)[-3:]) for row in session.sql(transpiled(query, "spark")).collect()]
