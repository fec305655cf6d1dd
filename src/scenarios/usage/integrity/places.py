"""Names of files and keys of objects: which is a copy of which, and what its name says.

Sources: "CloudTrail digest file structure" (the location of digests and backfill digests),
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html;
"CloudTrail log file names",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

_ROOT = "AWSLogs/"
_DIGEST = re.compile(r"(?P<chain>.+_CloudTrail-Digest_.+)_(?P<time>\d{8}T\d{6}Z)(?P<backfill>_backfill)?\.json\.gz")
_OWNER = re.compile(r"(\d{12})_CloudTrail-Digest_([a-z0-9-]+)_")
_LOG = re.compile(r"(?P<account>\d{12})_CloudTrail_(?P<region>[a-z0-9-]+)_(?P<time>\d{8}T\d{4}Z)_.+\.json\.gz")


class DigestName(NamedTuple):
    """What a digest's name says: its chain (account, region and trail; backfills are one of their own), its end."""

    chain: str
    time: str


class LogName(NamedTuple):
    """What a log file's name says: its account, its region, and when it was made (`20261101T1000Z`)."""

    account: str
    region: str
    time: str


def digest_name(name: str) -> DigestName | None:
    """None for the name of any other file."""
    found = _DIGEST.fullmatch(base(name))
    return DigestName(f"{found['chain']}{found['backfill'] or ''}", found["time"]) if found else None


def log_name(name: str) -> LogName | None:
    """None for the name of any other file; digests, Insights and invocation logs are no log files."""
    found = _LOG.fullmatch(base(name))
    return LogName(found["account"], found["region"], found["time"]) if found else None


def region_of(name: str) -> tuple[str, str] | None:
    """The account and the region of a digest by its name."""
    found = _OWNER.match(base(name))
    return (found[1], found[2]) if found else None


def spelled(time: str) -> str:
    """A digest's time in a name, as CloudTrail writes it within files: `2026-11-01T10:00:00Z`."""
    return f"{time[:4]}-{time[4:6]}-{time[6:11]}:{time[11:13]}:{time[13:]}"


def shortened(time: str) -> str:
    """A time within a digest, as a log file's name has it: `20261101T1000Z`."""
    plain = time.replace("-", "").replace(":", "")
    return f"{plain[:13]}Z"


def base(name: str) -> str:
    """The last part of a name."""
    return name.rpartition("/")[2]


def is_copy(name: str, key: str) -> bool:
    """Whether a file of this name can be the object of this key, copied from its bucket's root or from further down.

    What stands before `AWSLogs/` may differ: the copy may lie in a folder, and the bucket may have a prefix.
    """
    short, long = sorted((_tail(name), _tail(key)), key=len)
    return long == short or long.endswith(f"/{short}")


def _tail(path: str) -> str:
    _, found, after = f"/{path}".rpartition(f"/{_ROOT}")
    return f"{_ROOT}{after}" if found else path.lstrip("/")
