"""`scenarios usage` beside decompression alone, `zcat | jq`, and DuckDB over the raw files: speed and memory.

Run with `make bench-usage`. Every way is a whole command with two processes or threads, run several times in turn; its
fastest run counts. Memory is the most that all processes of a command take together (their proportional share, so that
nothing shared counts twice). The events are made up (`cloudtrail.py`), with the truth beside them; each way but
decompression has to find that truth.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cloudtrail

_GZIP = 31
_PAUSE = 0.02

_DECOMPRESS = """
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from isal import isal_zlib

def size(path):
    return len(isal_zlib.decompress(path.read_bytes(), 31))

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        print(sum(pool.map(size, sorted(Path(sys.argv[1]).rglob("*.json.gz")), chunksize=4)))
"""
_DUCKDB = """
import sys
import duckdb

database = duckdb.connect(config={"threads": 2})
database.execute("SET enable_progress_bar = false")
print(database.execute(
    "SELECT count(*) FROM (SELECT unnest(json_extract_string(json, '$.Records[*].eventSource')) AS source, "
    "unnest(json_extract_string(json, '$.Records[*].eventName')) AS name "
    "FROM read_json_objects(?, maximum_object_size = 400000000)) "
    "WHERE source LIKE 'bedrock%' OR (source LIKE 'sagemaker%' AND name LIKE 'InvokeEndpoint%')",
    [sys.argv[1] + "/**/*.json.gz"]).fetchone()[0])
"""
"""The fastest of the four forms that were tried."""
_SELECTED = (
    '[.Records[] | select((.eventSource | startswith("bedrock")) or (.eventSource == "sagemaker.amazonaws.com" '
    'and (.eventName | startswith("InvokeEndpoint"))))] | length'
)
_JQ = "find \"$0\" -name '*.json.gz' -print0 | xargs -0 zcat | jq -c \"$SELECTED\" | awk '{ n += $1 } END { print n }'"


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds on the clock, most megabytes, and what it printed."""

    seconds: float
    megabytes: float
    said: str


def measured(command: Sequence[str]) -> Run:
    """Run a command and watch the memory of all its processes."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, env={**os.environ, "SELECTED": _SELECTED})
        most = 0.0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(_PAUSE)
        seconds = time.perf_counter() - start
        out.seek(0)
        said = out.read()
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)[:100]}")
    return Run(seconds, most / 1024, said)


def _memory(pid: int) -> float:
    """Kilobytes of a process and its children."""
    total = 0.0
    for one in _tree(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                found += map(int, Path(f"/proc/{one}/task/{task}/children").read_text().split())
        except OSError:
            continue
    return found


def ways(folder: Path, report: Path) -> dict[str, list[str]]:
    """The commands by their names."""
    usage = [sys.executable, "-m", "scenarios", "usage", str(folder), "--format", "json", "--output", str(report)]
    found = {
        "scenarios usage": [*usage, "--jobs", "2", "--quiet"],
        "decompression": [sys.executable, "-c", _DECOMPRESS, str(folder)],
        "zcat | jq": ["sh", "-c", _JQ, str(folder)],
        "DuckDB, raw files": [sys.executable, "-c", _DUCKDB, str(folder)],
    }
    return {name: command for name, command in found.items() if name != "zcat | jq" or shutil.which("jq")}


def compare(folder: Path, truth: dict[str, dict[str, int]], rounds: int) -> None:
    """Print the table for one set of files."""
    report = folder.with_suffix(".report.json")
    best: dict[str, Run] = {}
    for _ in range(rounds):
        for name, command in ways(folder, report).items():
            run = measured(command)
            _check(name, run, report, truth)
            best[name] = min(best.get(name, run), run, key=lambda one: one.seconds)
    events, own = truth["events"]["read"], best["scenarios usage"].seconds
    print(f"{events:,} events, {truth['events']['usage']:,} of Bedrock")
    print(f"{'way':>20} {'s':>7} {'events/s':>10} {'MB':>6} {'usage is':>9}")
    for name, run in best.items():
        rate, ratio = events / run.seconds, run.seconds / own
        print(f"{name:>20} {run.seconds:7.2f} {rate:10,.0f} {run.megabytes:6.0f} {ratio:8.2f}x")


def _check(name: str, run: Run, report: Path, truth: dict[str, dict[str, int]]) -> None:
    """A way that finds something else than the truth is no comparison."""
    if name == "scenarios usage":
        found = json.loads(report.read_text())["events"]
        if found != truth["events"]:
            raise SystemExit(f"usage found {found}, and the truth is {truth['events']}")
    elif name != "decompression" and int(run.said) != truth["events"]["usage"]:
        raise SystemExit(f"{name} found {run.said.strip()}, and the truth is {truth['events']['usage']}")


def main() -> None:
    """One table for the asked number of events, and one for twice as many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", action="store_true", help="not for twice as many events as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for times in (1,) if options.once else (1, 2):
            folder = Path(scratch) / f"logs-{times}"
            compare(folder, cloudtrail.write(folder, times * options.events), options.rounds)


if __name__ == "__main__":
    main()
