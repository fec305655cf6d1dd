"""Rows as a Parquet file: read once, asked often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from scenarios.errors import InputError
from scenarios.usage.events.row import COLUMNS, Row
from scenarios.usage.needs import needed

EXTRA = "parquet"
_BATCH = 20_000
_FLAGS = frozenset({"mfa", "bearer_key"})


def write_rows(rows: Iterable[Row], path: str) -> int:
    """Write the rows to a file; returns how many there were.

    Raises InputError where the file cannot be written or pyarrow is not installed.
    """
    arrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    schema = arrow.schema([(name, arrow.bool_() if name in _FLAGS else arrow.string()) for name in COLUMNS])
    count = 0
    try:
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            rows = iter(rows)
            while batch := list(islice(rows, _BATCH)):
                columns = [
                    arrow.array(column, schema.field(place).type)
                    for place, column in enumerate(zip(*batch, strict=True))
                ]
                writer.write_table(arrow.Table.from_arrays(columns, schema=schema))
                count += len(batch)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=path) from error
    return count


def read_rows(path: str) -> Iterator[list[Row]]:
    """The rows of a file that `write_rows` wrote, some thousand at a time.

    Raises InputError for any other file, and where pyarrow is not installed.
    """
    arrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    try:
        with parquet.ParquetFile(path) as file:
            missing = set(COLUMNS) - set(file.schema_arrow.names)
            if missing:
                raise InputError(f"the file has no column {', '.join(sorted(missing))}", file=path)
            for batch in file.iter_batches(_BATCH, columns=list(COLUMNS)):
                yield _rows(batch)
    except (OSError, arrow.ArrowInvalid) as error:
        raise InputError(f"no Parquet file that can be read: {str(error).splitlines()[0]}", file=path) from error


def _rows(batch: Any) -> list[Row]:
    columns = [batch.column(name).to_pylist() for name in COLUMNS]
    return [Row(*values) for values in zip(*columns, strict=True)]
