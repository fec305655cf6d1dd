"""docs/network-needs.md, made from the table. Run this file to write it anew."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from scenarios.network.needed.calls import SPLIT, WHOLE
from scenarios.network.needed.table import AWS, NOTHING, ROWS, Row

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "network-needs.md"

_HEAD = """\
# What workloads need of the network

Which AWS services a declared workload has to reach from its VPC. This page is made from
`src/scenarios/network/needed/table.py` and `calls.py` by `tests/network/page.py`.

Services have the short names of VPC endpoint services: `sagemaker.api` is `com.amazonaws.REGION.sagemaker.api`,
`studio` is `aws.sagemaker.REGION.studio`. *Required* means that the workload cannot do without, as AWS's page says, as
long as its VPC has no other way out; the rule `endpoint-missing` reports these alone. Two are demanded besides, since
scenarios ask for them: S3 for a notebook's data, and Bedrock for what may invoke models. *Possible* means that it needs
the service for some of what it can do.
"""

_CALLS = """\
## Which endpoint serves a call

What a role allows is read from the actions of its Allow statements; `*` says nothing. Most IAM prefixes have the one
endpoint that is called as they are:
"""


def render() -> str:
    """The page's text."""
    parts = [_HEAD]
    for kind, rows in groupby(ROWS, key=lambda row: row.kind):
        parts += [f"## {kind}\n", "| service | | when | why |", "|---|---|---|---|", *_lines(list(rows)), ""]
    parts += ["## Needs nothing of a VPC\n", "| what | why |", "|---|---|"]
    parts += [f"| {what} | {_linked(why, page)} |" for what, why, page in NOTHING]
    same = ", ".join(f"`{prefix}`" for prefix, service in sorted(WHOLE.items()) if prefix == service)
    parts += ["", _CALLS, f"{same}.", "", "The others:\n", "| actions | endpoint |", "|---|---|"]
    parts += [f"| `{prefix}:*` | `{service}` |" for prefix, service in sorted(WHOLE.items()) if prefix != service]
    for prefix, split in sorted(SPLIT.items()):
        for service, names in split.operations.items():
            parts.append(f"| {_few(prefix, list(names.values()))} | `{service}` |")
        if split.rest:
            parts.append(f"| any other `{prefix}:*` | `{split.rest}` |")
    return "\n".join(parts) + "\n"


def _lines(rows: list[Row]) -> list[str]:
    grouped = groupby(rows, key=lambda row: (row.required, row.when, row.page, row.why))
    return [
        f"| {', '.join(_service(row.service) for row in same)} | {'required' if required else 'possible'} | {when} | "
        f"{_linked(why, page)} |"
        for (required, when, page, why), same in grouped
    ]


def _service(name: str) -> str:
    return name.strip("()") if name.startswith("(") else f"`{name}`"


def _linked(why: str, page: str | None) -> str:
    return f"{why} ([page]({AWS}{page}))" if page else f"{why} (no page of AWS's says so)"


def _few(prefix: str, names: list[str]) -> str:
    shown = ", ".join(f"`{prefix}:{name}`" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


if __name__ == "__main__":
    PAGE.write_text(render())
