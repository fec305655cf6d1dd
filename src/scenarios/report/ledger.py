"""What became of a template's resources, as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry, Status
from scenarios.report.json import dump, ledger_row
from scenarios.report.printable import printable
from scenarios.report.style import Style

_COLOURS = {
    Status.DEPLOYED: "green",
    Status.RECORDED: "cyan",
    Status.PARTIAL: "yellow",
    Status.UNSUPPORTED: "yellow",
    Status.FAILED: "red",
    Status.SKIPPED: "dim",
}


def deployment_text(deployment: Deployment, style: Style) -> str:
    """The ledger as a table, then the outputs."""
    entries = deployment.ledger
    widths = [
        max((len(printable(cell)) for cell in column), default=0) for column in zip(*map(_cells, entries), strict=True)
    ]
    lines = [_line(entry, widths, style) for entry in entries] or ["no resources"]
    lines += [f"no value given for parameter {printable(name)}: a placeholder" for name in deployment.placeholders]
    if deployment.outputs:
        lines += ["", style.paint("outputs", "bold")]
        lines += [f"  {printable(name)} = {printable(_shown(value))}" for name, value in deployment.outputs.items()]
    return "\n".join(lines) + "\n"


def deployment_json(deployment: Deployment) -> str:
    """`scenarios/deploy/1`: the ledger, the outputs and the resolved properties by logical id."""
    return dump(
        {
            "schema": "scenarios/deploy/1",
            "file": deployment.template.file,
            "ledger": [ledger_row(entry, _line_of(deployment, entry)) for entry in deployment.ledger],
            "outputs": deployment.outputs,
            "resolved": deployment.resolved,
            "placeholders": list(deployment.placeholders),
        }
    )


def _line_of(deployment: Deployment, entry: Entry) -> int:
    return deployment.line(entry.logical_id)


def _cells(entry: Entry) -> tuple[str, str, str]:
    return entry.status.value, entry.logical_id, entry.type


def _line(entry: Entry, widths: list[int], style: Style) -> str:
    status, logical_id, kind = (printable(cell).ljust(width) for cell, width in zip(_cells(entry), widths, strict=True))
    notes = [printable(entry.physical_id)] if entry.physical_id else []
    if entry.unmapped:
        notes.append("not shown: " + ", ".join(printable(path) for path in entry.unmapped))
    if entry.reason:
        notes.append(printable(entry.reason))
    return f"{style.paint(status, _COLOURS[entry.status])}  {logical_id}  {kind}  {'  '.join(notes)}".rstrip()


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
