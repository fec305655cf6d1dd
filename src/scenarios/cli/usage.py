"""`scenarios usage`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from scenarios.cli.output import style, width, write
from scenarios.cli.parameters import deployment_options
from scenarios.errors import InputError
from scenarios.report.printable import printable
from scenarios.usage.gather import Progress
from scenarios.usage.groupings import Groups
from scenarios.usage.sources.bucket import SCHEME
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.live import is_live
from scenarios.usage.usage import Counts, Policy, Usage, answered
from scenarios.usage.wanted import Wanted, moment

if TYPE_CHECKING:
    from scenarios.usage.answers.coverage import Coverage
    from scenarios.usage.engines.athena import Place
    from scenarios.usage.integrity.found import Integrity


def run(options: argparse.Namespace) -> int:
    """Answer who called Bedrock; 2 for an unusable source, and with `--strict` where a file has a problem."""
    if options.ddl:
        write(_ddl(options), options)
        return 0
    if not options.source:
        raise InputError("usage takes a SOURCE: CloudTrail's log files (see scenarios usage --help)")
    if options.format == "parquet":
        if options.integrity:
            raise InputError("--format parquet writes events only; --integrity goes with the other formats")
        if options.engine != "local":
            raise InputError(f"--format parquet is what this program reads itself, and not --engine {options.engine}")
        return _ended(_exported(options), None, options)
    checked = integrity(options)
    counts, groups = _counted(options)
    usage = replace(answered(counts, groups, policy(options), coverage(options), wanted(options)), integrity=checked)
    write(_report(usage, options), options)
    return _ended(usage.counts, usage.integrity, options)


def _ended(counts: Counts, checked: Integrity | None, options: argparse.Namespace) -> int:
    for problem in counts.problems:
        print(printable(f"scenarios: {problem.file}: {problem.problem}"), file=sys.stderr)
    broken = checked is not None and checked.broken
    return 2 if options.strict and (counts.problems or broken) else 0


def _counted(options: argparse.Namespace) -> tuple[Counts, Groups]:
    """What the chosen engine counts. Raises InputError for an unusable source or an engine that is not installed."""
    asked = wanted(options)
    if options.engine == "spark":
        if any(map(is_live, options.source)):
            raise InputError("Spark reads log files; the event history of a live account is read without --engine")
        from scenarios.usage.engines.spark import answers_of

        return answers_of(options.source, asked, options.spark_master)
    if options.engine == "athena":
        return _by_athena(options, asked)
    from scenarios.usage.local import Means, counted_by_duckdb, tallied

    count = counted_by_duckdb if options.engine == "duckdb" else tallied
    with _progress(options) as progress:
        return count(options.source, asked, Means(options.jobs, Cloud(options.region), progress))


def _exported(options: argparse.Namespace) -> Counts:
    """Write the rows as Parquet, which is no text for a terminal. Raises InputError without --output."""
    from scenarios.usage.local import Means, exported

    if options.output is None:
        raise InputError("--format parquet needs --output FILE")
    with _progress(options) as progress:
        means = Means(options.jobs, Cloud(options.region), progress)
        counts, _ = exported(options.source, wanted(options), options.output, means)
    return counts


def _by_athena(options: argparse.Namespace, asked: Wanted) -> tuple[Counts, Groups]:
    from boto3 import Session
    from botocore.exceptions import BotoCoreError, ClientError

    from scenarios.usage.engines.athena import answers_of

    place = _place(options)
    try:
        return answers_of(place, asked, Session().client("athena", region_name=options.region))
    except (BotoCoreError, ClientError) as error:
        raise InputError(f"Athena: {error}", file=place.location) from error


def _ddl(options: argparse.Namespace) -> str:
    from scenarios.usage.engines.athena import statements

    return ";\n\n".join(statements(_place(options), wanted(options))) + ";\n"


def _place(options: argparse.Namespace) -> Place:
    """Where Athena finds the logs. Raises InputError where that is not said."""
    from scenarios.usage.engines.athena import Place

    if len(options.source) != 1 or not options.source[0].startswith(SCHEME):
        raise InputError("Athena takes one SOURCE, as s3://bucket/prefix/AWSLogs/ (with the organisation's id, if any)")
    for name, given in (("account ID", options.account), ("log-region REGION", options.log_region)):
        if not given:
            raise InputError(f"Athena takes --{name} for each one: partitions are worked out, and not searched for")
    accounts, regions = tuple(options.account), tuple(options.log_region)
    found = Place(options.source[0], accounts, regions, options.database, options.workgroup)
    return replace(found, output=options.athena_output)


def wanted(options: argparse.Namespace) -> Wanted:
    """The filters. Raises InputError for a time that is none, or an end that comes before the beginning."""
    since = None if options.since is None else moment(options.since, "--since")
    until = None if options.until is None else moment(options.until, "--until")
    if since is not None and until is not None and since >= until:
        raise InputError(f"--since {options.since} is not before --until {options.until}")
    return Wanted(
        since,
        until,
        tuple(options.principal),
        tuple(options.model),
        tuple(options.account),
        tuple(options.log_region),
    )


def policy(options: argparse.Namespace) -> Policy:
    """The endpoints and models that are allowed."""
    return Policy(tuple(options.allow_endpoint), tuple(options.allow_model))


def coverage(options: argparse.Namespace) -> list[Coverage] | None:
    """What the template's trails record, if one is given, or those of a live account.

    Raises InputError for an unusable one.
    """
    if options.template is None:
        return _observed(options)
    from scenarios.run.opened import opened
    from scenarios.run.trails import trails_of
    from scenarios.usage.answers.selected import by_trails

    return by_trails(*trails_of(*opened(options.template, deployment_options(options))))


def _observed(options: argparse.Namespace) -> list[Coverage] | None:
    live = next(filter(is_live, options.source), None)
    if live is None:
        return None
    from scenarios.usage.answers.observed import by_account

    return by_account(live, wanted(options), Cloud(options.region))


def integrity(options: argparse.Namespace) -> Integrity | None:
    """Whether the files are as CloudTrail delivered them, if that is asked. Raises InputError where it cannot be."""
    if not options.integrity:
        if options.keys_file:
            raise InputError("--keys-file goes with --integrity")
        return None
    from scenarios.usage.integrity.check import checked

    return checked(options.source, options.keys_file, jobs=options.jobs, cloud=Cloud(options.region))


def _report(usage: Usage, options: argparse.Namespace) -> str:
    if options.format == "json":
        from scenarios.report.usage.json import usage_json

        return usage_json(usage)
    if options.format == "markdown":
        from scenarios.report.usage.markdown import usage_markdown

        return usage_markdown(usage)
    if options.format == "html":
        from scenarios.report.usage.html import usage_html

        return usage_html(usage)
    from scenarios.report.usage.text import usage_text

    return usage_text(usage, style(options), width(options))


@contextmanager
def _progress(options: argparse.Namespace) -> Iterator[Progress | None]:
    """Says on a terminal how far the reading is; what it wrote is gone afterwards."""
    if not sys.stderr.isatty() or options.quiet:
        yield None
        return

    def show(files: int, events: int) -> None:
        print(f"\r{files:,} files, {events:,} events", end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
