"""The table as a file, and the command that makes it and its page anew: `make fidelity`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_spec = find_spec("scenarios.deployment.fidelity")
assert _spec is not None
assert _spec.origin is not None
TABLE = Path(_spec.origin).with_suffix(".csv")


def text(table: Mapping[tuple[str, str], str]) -> str:
    """The file's text."""
    lines = [f"{kind},{place},{status}" for (kind, place), status in sorted(table.items())]
    return "\n".join(["type,property,status", *lines]) + "\n"


def main() -> None:
    """Measure, and write the table and the page; what is lost is taken down as unmapped."""
    from fidelity.measure import measured
    from fidelity.page import PAGE, page

    found = measured()
    for reason in found.failures.values():
        print("failed:", reason)
    table = {place: "unmapped" if status == "lost" else status for place, status in found.table.items()}
    TABLE.write_text(text(table), encoding="utf-8")
    PAGE.write_text(page([(*place, status) for place, status in sorted(table.items())]), encoding="utf-8")
    lost = sorted(place for place, status in found.table.items() if status == "lost")
    print(f"{len(table)} properties of {len({kind for kind, _ in table})} types")
    print("\n".join(["newly unmapped:", *(f"  {kind} {place}" for kind, place in lost)] if lost else ["nothing lost"]))


if __name__ == "__main__":
    main()
