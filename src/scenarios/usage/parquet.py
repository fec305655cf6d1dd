"""Rows as a Parquet file: read once, asked often."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, get_args, get_type_hints

from scenarios.errors import InputError
from scenarios.usage.events.row import COLUMNS, Row
from scenarios.usage.needs import needed

EXTRA = "parquet"
_BATCH = 20_000
_FLAGS = frozenset({"mfa", "bearer_key"})
_BOOLEANS, _TEXTS = frozenset({"bool"}), frozenset({"string", "large_string", "string_view"})
_ALWAYS_THERE = tuple(name for name, kind in get_type_hints(Row).items() if type(None) not in get_args(kind))


def write_rows(rows: Iterable[Row], path: str) -> int:
    """Write the rows to a file; returns how many there were. Nothing half-written is left.

    Raises InputError where the file cannot be written or pyarrow is not installed.
    """
    arrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    schema = arrow.schema([(name, arrow.bool_() if name in _FLAGS else arrow.string()) for name in COLUMNS])
    count, whole = 0, False
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
        whole = True
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror or error}", file=path) from error
    finally:
        if not whole and os.path.isfile(path):
            os.unlink(path)
    return count


def read_rows(path: str) -> Iterator[list[Row]]:
    """The rows of a file that `write_rows` wrote, some thousand at a time.

    Raises InputError for any other file, and where pyarrow is not installed.
    """
    arrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    try:
        with parquet.ParquetFile(path) as file:
            _check(file.schema_arrow, path)
            for batch in file.iter_batches(_BATCH, columns=list(COLUMNS)):
                empty = next((name for name in _ALWAYS_THERE if batch.column(name).null_count), None)
                if empty is not None:
                    raise InputError(f"a row has no {empty}", file=path)
                yield _rows(batch)
    except (OSError, arrow.ArrowInvalid) as error:
        raise InputError(f"no Parquet file that can be read: {str(error).splitlines()[0]}", file=path) from error


def _check(schema: Any, path: str) -> None:
    """Raises InputError where a column is missing or holds something else."""
    missing = set(COLUMNS) - set(schema.names)
    if missing:
        raise InputError(f"the file has no column {', '.join(sorted(missing))}", file=path)
    for name in COLUMNS:
        kind = str(schema.field(name).type)
        if kind not in (_BOOLEANS if name in _FLAGS else _TEXTS):
            raise InputError(f"column {name} is of type {kind}", file=path)


def _rows(batch: Any) -> list[Row]:
    columns = [batch.column(name).to_pylist() for name in COLUMNS]
    return [Row(*values) for values in zip(*columns, strict=True)]
