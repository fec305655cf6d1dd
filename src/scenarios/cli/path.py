"""`scenarios path`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, width, write
from scenarios.cli.parameters import deployment_options
from scenarios.errors import InputError


def run(options: argparse.Namespace) -> int:
    """Trace one way, or all; 1 where --expect names another verdict."""
    from scenarios.report.path import path_json, path_mermaid, path_text, verdict
    from scenarios.run.opened import opened
    from scenarios.run.path import trace_template

    if options.expect and not (options.source and options.to):
        raise InputError("--expect needs both --from and --to")
    chosen = deployment_options(options)
    template, chosen = opened(options.template, chosen)
    ways = trace_template(template, options.source, options.to, chosen)
    if options.format == "json":
        write(path_json(ways), options)
    elif options.format == "mermaid":
        write(path_mermaid(ways), options)
    else:
        write(path_text(ways, style=style(options), width=width(options)), options)
    return int(options.expect is not None and options.expect != verdict(ways.flows[0].trace))
