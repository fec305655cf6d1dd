"""`scenarios usage`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scenarios.cli.output import style, width, write
from scenarios.cli.parameters import deployment_options
from scenarios.usage.gather import Progress
from scenarios.usage.usage import Known, Policy, Usage
from scenarios.usage.wanted import Wanted, moment


def run(options: argparse.Namespace) -> int:
    """Answer who called Bedrock; 2 with `--strict` where a file has a problem, and for an unusable source."""
    from scenarios.usage.local import answer_here

    with _progress(options) as progress:
        usage = answer_here(
            options.source, wanted(options), policy(options), known(options), jobs=options.jobs, progress=progress
        )
    write(_report(usage, options), options)
    for problem in usage.counts.problems:
        print(f"scenarios: {problem.file}: {problem.problem}", file=sys.stderr)
    return 2 if options.strict and usage.counts.problems else 0


def wanted(options: argparse.Namespace) -> Wanted:
    """The filters. Raises InputError for a time that is none."""
    return Wanted(
        moment(options.since, "--since") if options.since else None,
        moment(options.until, "--until") if options.until else None,
        tuple(options.principal),
        tuple(options.model),
        tuple(options.account),
    )


def policy(options: argparse.Namespace) -> Policy:
    """The endpoints and models that are allowed."""
    return Policy(tuple(options.allow_endpoint), tuple(options.allow_model))


def known(options: argparse.Namespace) -> Known | None:
    """The trails of the template, if one is given. Raises InputError for an unusable one."""
    if options.template is None:
        return None
    from scenarios.run.opened import opened
    from scenarios.run.trails import trails_of

    return Known(*trails_of(*opened(options.template, deployment_options(options))))


def _report(usage: Usage, options: argparse.Namespace) -> str:
    if options.format == "json":
        from scenarios.report.usage.json import usage_json

        return usage_json(usage)
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
