"""How long `scenarios check` takes beside `cfn-lint` on the same files: whole processes, in turn, medians.

Run with `make bench`. It reports ratios, since machines differ; goals are 1.3 for one reference template and 2 for all
four in one call.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
RUNS = 7


def main() -> None:
    templates = sorted(str(path) for path in (ROOT / "templates").glob("*/template.yaml"))
    print(f"{'what':44} {'scenarios':>10} {'cfn-lint':>10} {'ratio':>7}")
    version = statistics.median(seconds([str(BIN / "scenarios"), "--version"]) for _ in range(RUNS))
    print(f"{'--version':44} {version:9.2f}s {'':>10} {'':>7}")
    for template in templates:
        report(Path(template).parent.name, [template])
    report("all four in one call", templates)


def report(name: str, templates: list[str]) -> None:
    """One row: both commands run in turn, so that a drifting machine disturbs both alike."""
    ours, theirs = [], []
    for _ in range(RUNS + 1):  # the first run of each warms the disk cache and is not counted
        ours.append(seconds([str(BIN / "scenarios"), "check", *templates]))
        theirs.append(seconds([str(BIN / "cfn-lint"), *templates]))
    one, other = statistics.median(ours[1:]), statistics.median(theirs[1:])
    print(f"{name:44} {one:9.2f}s {other:9.2f}s {one / other:7.2f}")


def seconds(command: list[str]) -> float:
    """Wall time of one whole process; its exit code is not judged here."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
