"""DuckDB over the rows of a Parquet file."""

from __future__ import annotations

from scenarios.usage.groupings import Group, Groups
from scenarios.usage.needs import needed
from scenarios.usage.sql.dialect import transpiled
from scenarios.usage.sql.quote import quoted
from scenarios.usage.sql.report import queries
from scenarios.usage.sql.view import VIEW
from scenarios.usage.wanted import Wanted


def groups_of(path: str, wanted: Wanted) -> Groups:
    """The groups of all groupings. Raises InputError where DuckDB or sqlglot is not installed."""
    duckdb = needed("duckdb", "sql")
    with duckdb.connect(config={"enable_external_access": "true", "autoinstall_known_extensions": "false"}) as database:
        database.execute(f"CREATE VIEW {VIEW} AS SELECT * FROM read_parquet({quoted(path)})")  # noqa: S608 (a literal)
        return {
            name: [Group(row[:-3], *row[-3:]) for row in database.execute(transpiled(query, "duckdb")).fetchall()]
            for name, query in queries(wanted).items()
        }
