"""One template for a command that takes one."""

from __future__ import annotations

from scenarios.run.collect import source_of
from scenarios.run.options import Options
from scenarios.run.source import adapted
from scenarios.template import Template, load


def opened(path: str, options: Options) -> tuple[Template, Options]:
    """The template in a file, and the options with the account and region of the CDK assembly that it lies in.

    Raises InputError for an unusable file.
    """
    source = source_of(path)
    return load(path, source.root), adapted(options, source)
