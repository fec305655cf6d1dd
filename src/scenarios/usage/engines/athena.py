"""Athena over the log bucket, through boto3.

The bucket is never listed: partitions are worked out from the path, and every query names accounts, regions and days,
so that it scans no more than was asked for. Source: "StartQueryExecution",
https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from scenarios.errors import InputError
from scenarios.usage.groupings import GROUPINGS, Group, Grouping, Groups
from scenarios.usage.sources.layout import days
from scenarios.usage.sql.quote import listed, quoted
from scenarios.usage.sql.report import queries
from scenarios.usage.sql.table import TABLE, create_table
from scenarios.usage.sql.view import create_view
from scenarios.usage.usage import Counts
from scenarios.usage.wanted import Wanted

_FLAGS = frozenset({"mfa", "bearer_key"})
_DONE = "SUCCEEDED"
_OVER = frozenset({_DONE, "FAILED", "CANCELLED"})
_PAUSE = 0.5
_ACCOUNT = re.compile("[0-9]{12}")
_REGION = re.compile("[a-z0-9-]+")
_LOCATION = re.compile(r"s3://[^'\"\\$\x00-\x1f\x7f]+")
_FIRST_DAY = "2023/01/01"
"""No model could be called before."""


@dataclass(frozen=True)
class Place:
    """Where Athena finds the logs and leaves results.

    `location` is the path up to the accounts' folders, `output` where the results go (none: the workgroup's own).
    """

    location: str
    accounts: tuple[str, ...]
    regions: tuple[str, ...]
    database: str = "default"
    workgroup: str = "primary"
    output: str | None = None

    def __post_init__(self) -> None:
        """Raises InputError for what stands for something else in the table's DDL or its template of paths."""
        words = (("--account", _ACCOUNT, self.accounts), ("--log-region", _REGION, self.regions))
        for option, form, values in words:
            for value in values:
                if not form.fullmatch(value):
                    raise InputError(f"{option} {value}: Athena's partitions have no such name")
        if not _LOCATION.fullmatch(self.location):
            raise InputError("Athena's table takes no quotes, backslashes, $ or control characters", file=self.location)


def statements(place: Place, wanted: Wanted) -> tuple[str, str]:
    """The table and the view: what `--ddl` prints.

    The table's name hangs on what it says: one that was made for other days, regions or accounts would hide files.
    """
    since = days(wanted).first or _FIRST_DAY
    table = partial(create_table, place.location, place.accounts, place.regions, since)
    name = f"{TABLE}_{sha256(table().encode()).hexdigest()[:8]}"
    return table(name), create_view(_partitions(place, wanted), name)


def answers_of(
    place: Place, wanted: Wanted, client: Any, pause: Callable[[float], None] = time.sleep
) -> tuple[Counts, Groups]:
    """The groups of all groupings; Athena counts no files, and nothing but usage.

    Raises InputError with Athena's own words where a statement fails, or the credentials do not do.
    """
    runner = _Runner(place, client, pause)
    for statement in statements(place, wanted):
        list(runner.rows(statement))
    asked = queries(wanted)
    groups = {one.name: [_group(one, row) for row in runner.rows(asked[one.name])] for one in GROUPINGS}
    return Counts(usage=sum(group.total for group in groups["calls"])), groups


def _partitions(place: Place, wanted: Wanted) -> str:
    """The condition on the partitions. Times are left to the queries: what puts an event right may come after it."""
    found = [f"account IN ({listed(place.accounts)})", f"region IN ({listed(place.regions)})"]
    within = days(wanted)
    if within.first is not None:
        found.append(f"day >= {quoted(within.first)}")
    if within.last is not None:
        found.append(f"day <= {quoted(within.last)}")
    return " AND ".join(found)


class _Runner:
    """Runs one statement after the other."""

    def __init__(self, place: Place, client: Any, pause: Callable[[float], None]) -> None:
        self._place = place
        self._client = client
        self._pause = pause

    def rows(self, statement: str) -> Iterator[list[str | None]]:
        """The rows of the result without its head. Raises InputError where the statement fails."""
        identifier = self._started(statement)
        self._wait(identifier, statement)
        pages = self._client.get_paginator("get_query_results").paginate(QueryExecutionId=identifier)
        first = statement.lstrip().upper().startswith(("SELECT", "WITH"))
        for page in pages:
            for row in page["ResultSet"]["Rows"]:
                if first:  # the names of the columns
                    first = False
                    continue
                yield [cell.get("VarCharValue") for cell in row["Data"]]

    def _started(self, statement: str) -> str:
        output = {"ResultConfiguration": {"OutputLocation": self._place.output}} if self._place.output else {}
        answer = self._client.start_query_execution(
            QueryString=statement,
            QueryExecutionContext={"Database": self._place.database},
            WorkGroup=self._place.workgroup,
            **output,
        )
        return str(answer["QueryExecutionId"])

    def _wait(self, identifier: str, statement: str) -> None:
        while True:
            execution = self._client.get_query_execution(QueryExecutionId=identifier)["QueryExecution"]
            state = execution["Status"]["State"]
            if state in _OVER:
                break
            self._pause(_PAUSE)
        if state != _DONE:
            reason = execution["Status"].get("StateChangeReason", state)
            raise InputError(f"Athena: {reason} (in {statement.split(maxsplit=1)[0]} ...)", file=self._place.location)


def _group(grouping: Grouping, row: list[str | None]) -> Group:
    """Athena returns texts only."""
    *keys, total, first_seen, last_seen = row
    columns = [key.column for key in grouping.keys]
    values = tuple(_value(column, key) for column, key in zip(columns, keys, strict=True))
    return Group(values, int(total or 0), first_seen or "", last_seen or "")


def _value(column: str, text: str | None) -> str | bool | None:
    return text == "true" if column in _FLAGS and text is not None else text
