"""The source that a text on the command line names."""

from __future__ import annotations

from scenarios.usage.sources.delivery import Source
from scenarios.usage.sources.folder import Folder
from scenarios.usage.wanted import Wanted


def opened(text: str, wanted: Wanted) -> Source:  # noqa: ARG001 (a bucket is listed by what is wanted)
    """The source; nothing is read yet."""
    return Folder(text)


def is_parquet(text: str) -> bool:
    """Whether a source is a Parquet file of rows that were read before."""
    return text.lower().endswith(".parquet")
