"""The source that a text on the command line names."""

from __future__ import annotations

from scenarios.usage.sources.bucket import SCHEME, Bucket
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.delivery import Source
from scenarios.usage.sources.folder import Folder
from scenarios.usage.sources.live import Live, is_live
from scenarios.usage.wanted import Wanted


def opened(text: str, wanted: Wanted, cloud: Cloud) -> Source:
    """The source; nothing is read yet. What lies in AWS is listed by what is wanted."""
    if text.startswith(SCHEME):
        return Bucket(text, wanted, cloud)
    return Live(text, wanted, cloud) if is_live(text) else Folder(text)


def is_parquet(text: str) -> bool:
    """Whether a source is a Parquet file of rows that were read before."""
    return text.lower().endswith(".parquet")
