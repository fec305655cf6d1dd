"""The SQL of other engines, transpiled from Athena's."""

from __future__ import annotations

from scenarios.usage.needs import needed


def transpiled(sql: str, dialect: str) -> str:
    """One statement in another dialect. Raises InputError where sqlglot is not installed."""
    sqlglot = needed("sqlglot", "sql")
    (statement,) = sqlglot.transpile(sql, read="athena", write=dialect)
    return str(statement)
