"""Engines that count what `tally` counts, by SQL: DuckDB, Spark, Athena."""
