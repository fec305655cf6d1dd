"""docs/fidelity.md, made of the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
STATUSES = ("api", "supplemented", "silent", "unmapped", "recorded")
_HEAD = """# What the emulated account shows of a template

Made by `make fidelity`; do not edit. For every type below a *telling* template, in which each property has a value
unlike any default, is deployed, and what was made is read back through boto3. Each property is one of:

- **api**: moto's own API shows it.
- **supplemented**: one of our supplements shows it (`src/scenarios/emulator/supplements`).
- **silent**: AWS's own API shows it nowhere: secrets, and what steers a deployment.
- **unmapped**: it is not shown, and the ledger says so for every resource that has it: a verdict that rests on it is
  *unknown*.
- **recorded**: the resource is in the ledger only; no API of the emulated account holds it.

What stands within a property has a row of its own where its status differs. The same table is read by the deployment:
`src/scenarios/deployment/fidelity.csv`.
"""


def page(rows: Sequence[tuple[str, str, str]]) -> str:
    """The page's text."""
    services: dict[str, list[tuple[str, str, str]]] = {}
    for kind, place, status in rows:
        services.setdefault(kind.split("::")[1], []).append((kind, place, status))
    return (
        "\n".join([_HEAD, *_totals(services), *(line for name in services for line in _service(name, services[name]))])
        + "\n"
    )


def _totals(services: dict[str, list[tuple[str, str, str]]]) -> list[str]:
    lines = [f"| service | types | {' | '.join(STATUSES)} |", "|---" * (len(STATUSES) + 2) + "|"]
    every = [row for rows in services.values() for row in rows]
    for name, rows in [*services.items(), ("**all**", every)]:
        counts = Counter(status for _, _, status in rows)
        cells = [str(counts[status] or "") for status in STATUSES]
        lines.append(f"| {name} | {len({kind for kind, _, _ in rows})} | {' | '.join(cells)} |")
    return ["## Totals", "", *lines]


def _service(name: str, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, place, status in rows:
        kinds.setdefault(kind, {}).setdefault(status, []).append(place)
    lines = ["", f"## {name}", "", "| type | status | properties |", "|---|---|---|"]
    for kind, found in kinds.items():
        for status in STATUSES:
            if status in found:
                places = ", ".join(f"`{place}`" for place in found[status])
                lines.append(f"| {kind.removeprefix('AWS::')} | {status} | {places} |")
    return lines
