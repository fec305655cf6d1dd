"""A template file of a run, and what is known of it beside its text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scenarios.run.options import Options

_EXPORTS = re.compile(rb"Export\b")


@dataclass(frozen=True)
class Source:
    """A template file. Files below `root` may be read for it.

    `account_id`, `region` and `stack` are where, and under which name, a CDK assembly says that it is deployed.
    """

    file: str
    root: str | None = None
    account_id: str | None = None
    region: str | None = None
    stack: str | None = None


def adapted(options: Options, source: Source) -> Options:
    """The options for one template: its own account and region, where the user has not said others."""
    account_id = options.account_id if options.own_account else source.account_id or options.account_id
    region = options.region if options.own_region else source.region or options.region
    return replace(options, account_id=account_id, region=region)


def maybe_linked(sources: Iterable[Source]) -> list[Source]:
    """The templates that export or import a value, by a look at their texts; none where no two can be linked."""
    texts = {source: _content(source.file) for source in sources}
    importing = {source for source, text in texts.items() if b"ImportValue" in text}
    exporting = {source for source, text in texts.items() if _EXPORTS.search(text)}
    linked = importing | exporting
    return [source for source in texts if source in linked] if importing and exporting and len(linked) > 1 else []


def _content(path: str) -> bytes:
    try:
        if not os.path.isfile(path):
            return b""
        with open(path, "rb") as file:
            return file.read(2_000_000)
    except (OSError, ValueError):
        return b""
